import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openSharedRateLimits } from '../../src/shared-rate-limit.ts';
import { newRedis, type Redis } from '../support/redis.ts';
import { paths } from '../support/rest.ts';
import { newCustomer, serve } from '../support/world.ts';

const perMinute = 20;

/** What one of several server processes has of the limits that they share. */
function newProcess({ url }: Redis) {
  const limits = openSharedRateLimits(url);
  onTestFinished(() => limits.close());
  return limits;
}

const newLimit = (redis: Redis) => newProcess(redis).rateLimit('test', perMinute);

type Limit = ReturnType<typeof newLimit>;

/** Asks until it is refused, slowly enough that others can be heard of; answers how often it was let through. */
async function untilRefused(limit: Limit, key: string): Promise<number> {
  for (let admitted = 0; ; admitted++) {
    if (await limit.exceeded(key)) return admitted;
    await sleep(150);
  }
}

/** Asks so often at once; answers how often it was refused, and how long that took. */
async function ask(limit: Limit, key: string, times: number) {
  const began = performance.now();
  const answers = await Promise.all(Array.from({ length: times }, () => limit.exceeded(key)));
  return { refused: answers.filter((headers) => headers !== null).length, ms: performance.now() - began };
}

test('processes share one limit, for each key; who is past it is told when to come back, and can be forgiven', async () => {
  const redis = await newRedis();
  await redis.start();
  const [one, other] = [newLimit(redis), newLimit(redis)];
  // Until both are connected, each counts by itself.
  await expect
    .poll(
      async () => {
        const key = `probe ${Math.random()}`;
        await ask(one, key, perMinute);
        await sleep(200);
        return untilRefused(other, key);
      },
      { timeout: 20_000 },
    )
    .toBeLessThan(perMinute);
  expect(await ask(one, 'alice', perMinute - 5)).toMatchObject({ refused: 0 });
  await sleep(300);
  const admitted = await untilRefused(other, 'alice');
  expect(admitted).toBeGreaterThanOrEqual(5);
  expect(admitted).toBeLessThan(perMinute - 5);
  const headers = await other.exceeded('alice');
  expect(headers).toMatchObject({ 'X-RateLimit-Limit': '20', 'X-RateLimit-Remaining': '0' });
  expect(Number(headers?.['Retry-After'])).toBeGreaterThan(30);
  expect(Number(headers?.['Retry-After'])).toBeLessThanOrEqual(60);
  expect(await other.exceeded('bob')).toBeNull();
  await other.forgive('alice');
  expect(await other.exceeded('alice')).toBeNull();
});

test('while Redis is away or hangs nobody waits for it, and each process goes by its own count', async () => {
  const redis = await newRedis();
  const limit = newLimit(redis);
  expect((await ask(limit, 'before it came', perMinute + 1)).refused).toBe(1);
  await redis.start();
  for (const [state, disturb] of [
    ['hangs', () => redis.signal('SIGSTOP')],
    ['is well again', () => redis.signal('SIGCONT')],
    ['is gone', () => redis.kill()],
  ] as const) {
    await disturb();
    const { refused, ms } = await ask(limit, state, perMinute + 1);
    expect(refused, state).toBe(1);
    expect(ms, state).toBeLessThan(1000);
    await sleep(300);
  }
});

test('what was counted while Redis hung is not put on anybody’s later count', async () => {
  const redis = await newRedis();
  await redis.start();
  const limit = newLimit(redis);
  const other = newLimit(redis);
  await ask(limit, 'first', 1);
  await sleep(300);
  redis.signal('SIGSTOP');
  await ask(limit, 'carol', 1);
  await sleep(300);
  expect((await ask(limit, 'carol', perMinute - 2)).refused).toBe(0);
  await sleep(1500);
  redis.signal('SIGCONT');
  await sleep(500);
  expect((await ask(other, 'carol', 10)).refused).toBe(0);
  await sleep(300);
  expect(await other.exceeded('carol')).toBeNull();
});

test('two servers refuse a customer that is past its quota at both together', async () => {
  const redis = await newRedis();
  await redis.start();
  const [one, other] = [newProcess(redis), newProcess(redis)].map(({ rateLimit }) =>
    serve({ rateLimit, requestsPerCustomer: perMinute }),
  );
  const [customer, neighbour] = await Promise.all([newCustomer(), newCustomer()]);
  const search = (app: typeof one, { token } = customer) =>
    customer.rest('GET', `${paths.search}?phone=0612345678`, { token, ...(app && { app }) });
  for (let count = 0; count < perMinute; count++) await search(one);
  await expect.poll(async () => (await search(other)).status, { interval: 100 }).toBe(429);
  expect((await search(one)).status).toBe(429);
  expect((await search(other, neighbour)).status).toBe(200);
});
