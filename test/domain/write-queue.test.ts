import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openWriteQueue } from '../../src/domain/write-queue.ts';
import { timeLeft, withDeadline } from '../../src/store/deadline.ts';
import type { Store } from '../../src/store/open.ts';
import { paths, report, savedCall, savedChat, savedContext, statusAndBody } from '../support/rest.ts';
import { newCustomer, serve, store } from '../support/world.ts';

const short = { inWork: 1, waiting: 1, patienceMs: 60_000, refusalMs: 400 };

/** A server whose transactions wait until they are let through, and with room for one in work and one that waits. */
function heldServer() {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const held: Store = {
    ...store,
    operator: store.operator,
    forCustomer: (id) => {
      const mine = store.forCustomer(id);
      const transaction: typeof mine.transaction = (locks, work, begin = (run) => run()) =>
        mine.transaction(locks, work, (run) => begin(() => released.then(run)));
      return Object.create(mine, { transaction: { value: transaction } });
    },
  };
  return { app: serve({ store: held, writeLimits: short }), release };
}

const unavailable = { status: 503, body: { message: 'Service Unavailable.', error: 'service_unavailable' } };
const logCall = `mutation ($input: LogPhoneCallInput!) { logPhoneCall(input: $input) { replayed } }`;
const input = { direction: 'INBOUND', status: 'COMPLETED', numberFrom: '0612345678', numberTo: '102' };
const chat = { email: 'camille.martin@example.com', start_time_utc: '2026-03-01T10:00:00Z' };
const context = { direction: 'inbound', number_from: '0612345678' };

test('with all room taken every face refuses every write after a pause, keeps nothing of it, and still answers lookups', async () => {
  const { app, release } = heldServer();
  const customer = await newCustomer({ app });
  // Of other numbers: reports of one number wait for each other before they need room.
  const taken = ['0611111111', '0622222222'].map((number_from) =>
    customer.rest('POST', paths.calls, { body: { ...report, number_from } }),
  );
  // Both are at the gate before anybody else comes.
  await sleep(300);
  const headers = { 'idempotency-key': 'once' };
  const again = () => customer.rest('POST', paths.calls, { body: report, headers });
  const began = performance.now();
  const refused = await Promise.all([
    again(),
    customer.rest('POST', paths.chats, { body: chat }),
    customer.rest('POST', paths.context, { body: context }),
    customer.rest('POST', paths.contacts, { body: { last_name: 'Durand' } }),
  ]);
  expect(performance.now() - began).toBeGreaterThan(short.refusalMs / 2);
  expect(refused.map(statusAndBody)).toEqual(Array(4).fill(unavailable));
  expect(refused.map((answer) => answer.headers.get('retry-after'))).toEqual(Array(4).fill('1'));
  const mutation = await customer.graphql(logCall, { input });
  expect(mutation.status).toBe(503);
  expect(mutation.headers.get('retry-after')).toBe('1');
  expect(mutation.body.errors?.[0]?.extensions).toEqual({ code: 'SERVICE_UNAVAILABLE' });

  // What only reads is not held up, and what is wrong is told at once.
  expect((await customer.rest('GET', `${paths.search}?phone=0612345678`)).status).toBe(200);
  expect((await customer.rest('GET', paths.calls)).body.total).toBe(0);
  expect((await customer.graphql('{ phoneCalls { totalCount } }')).body.data.phoneCalls.totalCount).toBe(0);
  expect((await customer.rest('POST', paths.calls, { body: {} })).status).toBe(400);

  release();
  expect((await Promise.all(taken)).map(({ status }) => status)).toEqual([201, 201]);
  const kept = await again();
  expect(statusAndBody(kept)).toEqual({ status: 201, body: savedCall() });
  expect(kept.headers.get('idempotency-replayed')).toBeNull();
  expect((await customer.rest('POST', paths.chats, { body: chat })).body).toMatchObject({ ...savedChat(), chat: {} });
  expect((await customer.rest('POST', paths.context, { body: context })).body).toEqual(savedContext);
  expect((await customer.rest('POST', paths.contacts, { body: { last_name: 'Durand' } })).status).toBe(201);
});

test('so many are in work at once, the others come in their order, and a failure makes room as well', async () => {
  const write = openWriteQueue({ inWork: 2, waiting: 10, patienceMs: 60_000, refusalMs: 0 });
  let [inWork, most] = [0, 0];
  const began: number[] = [];
  const all = Array.from({ length: 12 }, (_, index) =>
    write(async () => {
      began.push(index);
      most = Math.max(most, ++inWork);
      await sleep(5);
      inWork--;
      if (index % 3 === 0) throw new Error(`number ${index}`);
      return index;
    }),
  );
  const settled = await Promise.allSettled(all);
  expect(most).toBe(2);
  expect(began).toEqual(began.toSorted((a, b) => a - b));
  expect(settled.map((end) => (end.status === 'fulfilled' ? end.value : end.reason.message))).toEqual(
    Array.from({ length: 12 }, (_, index) => (index % 3 === 0 ? `number ${index}` : index)),
  );
});

test('one that waits too long is refused, is never begun, and holds up nobody behind it', async () => {
  const write = openWriteQueue({ inWork: 1, waiting: 2, patienceMs: 50, refusalMs: 0 });
  const { promise: hanging, resolve: end } = Promise.withResolvers<void>();
  const first = write(() => hanging);
  let begun = false;
  const late = write(async () => {
    begun = true;
  });
  await expect(late).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  const next = write(async () => 'next');
  end();
  await first;
  expect(await next).toBe('next');
  expect(begun).toBe(false);
});

test('one that waited is held to its own time with the database, not to that of whoever made room for it', async () => {
  const write = openWriteQueue({ inWork: 1, waiting: 2, patienceMs: 60_000, refusalMs: 0 });
  const { promise: hanging, resolve: end } = Promise.withResolvers<void>();
  const first = withDeadline(60_000, () => write(() => hanging));
  const second = withDeadline(1000, () => write(async () => timeLeft()));
  end();
  await first;
  expect(await second).toBeLessThanOrEqual(1000);
});
