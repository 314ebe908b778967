import { createClient } from '@redis/client';
import { expect, onTestFinished, test } from 'vitest';
import { createRedisEventBus } from '../../src/events/redis-event-bus.ts';
import { utc } from '../support/clock.ts';
import { newRedis, type Redis } from '../support/redis.ts';
import { paths } from '../support/rest.ts';
import { type SseClient, subscribe } from '../support/sse.ts';
import { newCustomer, rest, serve, type TestCustomer } from '../support/world.ts';

const query = 'subscription { phoneCallLogged { id } }';

/** One of several servers that share a database and a Redis, and what its bus has told of its connection. */
function newServer({ url }: Redis) {
  const states: string[] = [];
  const events = createRedisEventBus({ url, onChange: (state) => states.push(state) });
  onTestFinished(() => events.close());
  return { app: serve({ events }), states };
}

let calls = 0;

const logCall = async (customer: TestCustomer, { app }: ReturnType<typeof newServer>) => {
  const { status, body } = await rest('POST', paths.calls, {
    app,
    token: customer.token,
    body: {
      direction: 'inbound',
      status: 'completed',
      number_external: '0612345678',
      number_internal: '101',
      start_time_utc: utc(Date.parse('2026-03-01T00:00:00Z') + calls++ * 60_000),
    },
  });
  expect(status).toBe(201);
  return body.call.id as string;
};

const idOf = async (stream: SseClient) => (await stream.next())?.data.data.phoneCallLogged.id as string;

/** The next so many events, sorted. */
const nextIds = async (stream: SseClient, count: number) => {
  const ids: string[] = [];
  while (ids.length < count) ids.push(await idOf(stream));
  return ids.toSorted();
};

test('what is written through one server arrives at the subscribers of another, and at no other customer’s', async () => {
  const redis = await newRedis();
  await redis.start();
  const [one, other] = [newServer(redis), newServer(redis)];
  const [customer, stranger] = await Promise.all([newCustomer(), newCustomer()]);
  const stream = await subscribe({ token: customer.token, query, app: other.app });
  await logCall(stranger, one);
  const ids = [await logCall(customer, one), await logCall(customer, other), await logCall(customer, one)];
  expect(await nextIds(stream, 3)).toEqual(ids.toSorted());
});

test('Redis is told a customer, a kind and a row, and nothing of what was said', async () => {
  const redis = await newRedis();
  await redis.start();
  const spy = await createClient({ url: redis.url }).connect();
  onTestFinished(() => spy.destroy());
  const heard: [string, string][] = [];
  await spy.pSubscribe('*', (message, channel) => void heard.push([channel, message]));
  const server = newServer(redis);
  const customer = await newCustomer();
  const id = await logCall(customer, server);
  // The bus may not have been connected when the call was logged.
  while (!heard.some(([channel]) => channel.includes(customer.id))) await logCall(customer, server);
  const told = heard.filter(([channel]) => channel !== 'crm-lookup:events-lost');
  for (const [channel, message] of told) {
    expect(channel).toBe(`crm-lookup:events:${customer.id}`);
    expect(JSON.parse(message)).toEqual({
      from: expect.any(String),
      notices: [{ kind: 'phoneCallLogged', id: expect.any(String) }],
    });
  }
  expect(id).not.toBe('');
});

test('a Redis that is killed loses nothing: calls are logged as before, and subscribers catch up when it is back', async () => {
  const redis = await newRedis();
  await redis.start();
  const [one, other] = [newServer(redis), newServer(redis)];
  const customer = await newCustomer();
  const far = await subscribe({ token: customer.token, query, app: other.app });
  const near = await subscribe({ token: customer.token, query, app: one.app });
  const first = await logCall(customer, one);
  expect([await idOf(far), await idOf(near)]).toEqual([first, first]);

  const timed = async (count: number) => {
    const began = performance.now();
    const ids: string[] = [];
    for (let at = 0; at < count; at++) ids.push(await logCall(customer, one));
    return { ids, ms: performance.now() - began };
  };
  const before = await timed(30);
  expect(await nextIds(far, 30)).toEqual(before.ids.toSorted());
  await redis.kill();
  const without = await timed(30);
  expect(without.ms).toBeLessThan(5 * before.ms + 1000);
  expect(await nextIds(near, 60)).toEqual([...before.ids, ...without.ids].toSorted());
  await expect.poll(() => [one.states, other.states]).toEqual([['lost'], ['lost']]);

  await redis.start();
  expect(await nextIds(far, 30)).toEqual(without.ids.toSorted());
  await expect
    .poll(() => [one.states, other.states])
    .toEqual([
      ['lost', 'back'],
      ['lost', 'back'],
    ]);
  const live = await logCall(customer, one);
  expect(await idOf(far)).toBe(live);
});

test('a server starts without Redis, and joins the others when it comes', async () => {
  const redis = await newRedis();
  const [one, other] = [newServer(redis), newServer(redis)];
  const customer = await newCustomer();
  const far = await subscribe({ token: customer.token, query, app: other.app });
  const ids = [await logCall(customer, one), await logCall(customer, one)];
  await redis.start();
  expect(await nextIds(far, 2)).toEqual(ids.toSorted());
});

test('a Redis that hangs holds up no call', async () => {
  const redis = await newRedis();
  await redis.start();
  const [one, other] = [newServer(redis), newServer(redis)];
  const customer = await newCustomer();
  const far = await subscribe({ token: customer.token, query, app: other.app });
  const first = await logCall(customer, one);
  expect(await idOf(far)).toBe(first);
  redis.signal('SIGSTOP');
  const ids = await Promise.all(Array.from({ length: 10 }, () => logCall(customer, one)));
  redis.signal('SIGCONT');
  expect(await nextIds(far, 10)).toEqual(ids.toSorted());
});
