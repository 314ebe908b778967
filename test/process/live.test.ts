import { expect, test } from 'vitest';
import { limits } from '../../src/limits.ts';
import { utc } from '../support/clock.ts';
import { ownDatabase } from '../support/own-database.ts';
import { type RunningServer, startServer, temporaryFolder } from '../support/process.ts';
import { newRedis } from '../support/redis.ts';
import { postCall } from '../support/rest.ts';
import { type SseClient, subscribe } from '../support/sse.ts';

const query = 'subscription { phoneCallLogged { id } }';

let calls = 0;

const logCall = ({ url }: RunningServer, token: string) =>
  postCall({ url, token }, { start_time_utc: utc(Date.parse('2026-03-01T00:00:00Z') + calls++ * 60_000) });

const idOf = async (stream: SseClient) => (await stream.next())?.data.data.phoneCallLogged.id as string;

/** Waits for it; what came shortly before a cut may come again before. */
async function hears(stream: SseClient, id: string) {
  while ((await idOf(stream)) !== id);
}

test('readers that are gone leave nothing behind; a server that ends lets its streams go, and they go on when it is back', async () => {
  const DATA_DIR = temporaryFolder();
  const server = await startServer({ DATA_DIR });
  const { token, url } = server;
  // More than may be open at once, so that it fails unless each is noticed to be gone.
  for (let at = 0; at <= limits.streamsPerCustomer; at++) {
    const stream = await subscribe({ token, query, url });
    await stream.block();
    await stream.cut();
  }
  const streams = await Promise.all(Array.from({ length: 20 }, () => subscribe({ token, query, url })));
  const first = await logCall(server, token);
  for (const stream of streams) expect(await idOf(stream)).toBe(first);
  server.signal('SIGTERM');
  for (const stream of streams) expect(await stream.next()).toBeNull();
  expect(await server.ended).toMatchObject({ code: 0, signal: null });
  const again = await startServer({ DATA_DIR });
  const missed = await logCall(again, token);
  const resumed = await subscribe({ token, query, url: again.url, lastEventId: streams[0]?.lastEventId() });
  await hears(resumed, missed);
}, 120_000);

test.runIf(process.env.TEST_DATABASE_URL)(
  'two servers on one PostgreSQL and one Redis are one: also when Redis or one of them is killed',
  async () => {
    const redis = await newRedis();
    await redis.start();
    const settings = { ...(await ownDatabase()), REDIS_URL: redis.url };
    const one = await startServer(settings);
    const { token } = one;
    const other = await startServer(settings);
    const far = await subscribe({ token, query, url: other.url });
    await far.block();
    const first = await logCall(one, token);
    expect(await idOf(far)).toBe(first);

    await redis.kill();
    const without = [await logCall(one, token), await logCall(one, token), await logCall(one, token)];
    await redis.start();
    const caught = [await idOf(far), await idOf(far), await idOf(far)];
    expect(caught.toSorted()).toEqual(without.toSorted());
    const live = await logCall(one, token);
    expect(await idOf(far)).toBe(live);

    other.signal('SIGKILL');
    await expect(far.next()).rejects.toThrow();
    const missed = await logCall(one, token);
    const resumed = await subscribe({ token, query, url: one.url, lastEventId: far.lastEventId() });
    await hears(resumed, missed);
  },
  120_000,
);
