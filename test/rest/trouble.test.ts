import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import pino from 'pino';
import { expect, test } from 'vitest';
import { openCustomerStore } from '../../src/store/customer-store.ts';
import { openLines } from '../../src/store/lines.ts';
import type { Store } from '../../src/store/open.ts';
import { openSeals } from '../../src/store/seal.ts';
import { paths, report, statusAndBody } from '../support/rest.ts';
import { newCustomer, rest, serve, store } from '../support/world.ts';

// What the caller hears when something is wrong that is not the request: too many of them, no database, a bug.

const refused = async () => {
  throw Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
};

const away = { connect: refused, query: refused };

/** A database that went away after the token was read. */
const awayAfterToken: Store = {
  ...store,
  forCustomer: (customerId) =>
    openCustomerStore(customerId, {
      pool: away as unknown as Pool,
      ask: { usual: refused, quick: refused, report: refused },
      prisma: store.operator,
      lines: openLines(),
      namedStatements: false,
      seals: openSeals([]),
    }),
};

const awayBeforeToken: Store = { ...store, operatorRows: refused };

test.each([
  ['before the token is read', awayBeforeToken],
  ['after the token was read', awayAfterToken],
])('a database that is away %s is told as 503, and when to come back', async (_, away) => {
  const { token } = await newCustomer();
  const app = serve({ store: away });
  for (const answer of [
    await rest('GET', `${paths.search}?phone=0612345678`, { app, token }),
    await rest('POST', paths.contacts, { app, token, body: { last_name: 'Durand' } }),
    await rest('GET', paths.calls, { app, token }),
    await rest('POST', paths.calls, { app, token, body: report }),
    await rest('POST', paths.context, { app, token, body: { direction: 'inbound', number_from: '0612345678' } }),
    await rest('POST', paths.chats, { app, token, body: { email: 'anne@example.com' } }),
  ]) {
    expect(statusAndBody(answer)).toEqual({
      status: 503,
      body: { message: 'Service Unavailable.', error: 'service_unavailable' },
    });
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  }
});

test('a database that takes longer to know a token than it is trusted afterwards, still lets it in', async () => {
  const { token } = await newCustomer();
  const slow: Store = {
    ...store,
    operatorRows: async (...asked) => {
      await sleep(900);
      return store.operatorRows(...asked);
    },
  };
  expect((await rest('GET', paths.calls, { app: serve({ store: slow }), token })).status).toBe(200);
});

test('a bug is masked; its details stand once in the log, with the request id of the answer', async () => {
  const { token } = await newCustomer();
  const lines: Record<string, any>[] = [];
  const broken: Store = {
    ...store,
    forCustomer: (customerId) => ({
      ...store.forCustomer(customerId),
      transaction: async () => {
        throw new TypeError('the intimate details');
      },
    }),
  };
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const answer = await rest('POST', paths.calls, { app: serve({ store: broken, log }), token, body: report });
  expect(statusAndBody(answer)).toEqual({ status: 500, body: { message: 'Server Error', error: 'server_error' } });
  const told = lines.filter((line) => JSON.stringify(line).includes('the intimate details'));
  expect(told).toHaveLength(1);
  expect(told[0]?.requestId).toBe(answer.headers.get('x-request-id'));
});

test('a bad credential too many from one address is told when to come back', async () => {
  const { token } = await newCustomer();
  const app = serve({ failuresPerAddress: 2 });
  const bad = () => rest('GET', paths.calls, { app, token: 'crm_bad' });
  expect([(await bad()).status, (await bad()).status]).toEqual([401, 401]);
  const answer = await bad();
  expect(statusAndBody(answer)).toEqual({
    status: 429,
    body: { message: 'Too Many Attempts.', error: 'too_many_requests' },
  });
  expectLimit(answer.headers, '2');
  expect((await rest('GET', paths.calls, { app, token })).status).toBe(200);
});

test('guesses at context tokens count as bad credentials', async () => {
  const app = serve({ failuresPerAddress: 1 });
  const guess = () => rest('POST', '/api/crm/phone-calls-context/a/b', { app, body: {} });
  expect((await guess()).status).toBe(404);
  const answer = await guess();
  expect(statusAndBody(answer)).toEqual({
    status: 429,
    body: { message: 'Too Many Attempts.', error: 'too_many_requests' },
  });
});

test('a customer past its quota is told when to come back, and no other customer is held up', async () => {
  const [noisy, quiet] = [await newCustomer(), await newCustomer()];
  const app = serve({ requestsPerCustomer: 2 });
  const ask = ({ token }: { token: string }) => rest('GET', paths.calls, { app, token });
  expect([(await ask(noisy)).status, (await ask(noisy)).status]).toEqual([200, 200]);
  const answer = await ask(noisy);
  expect(statusAndBody(answer)).toEqual({
    status: 429,
    body: { message: 'Too Many Attempts.', error: 'too_many_requests' },
  });
  expectLimit(answer.headers, '2');
  expect((await ask(quiet)).status).toBe(200);
});

function expectLimit(headers: Headers, limit: string) {
  const seconds = Number(headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(headers.get('x-ratelimit-limit')).toBe(limit);
  expect(headers.get('x-ratelimit-remaining')).toBe('0');
  expect(Math.abs(Number(headers.get('x-ratelimit-reset')) - Date.now() / 1000 - seconds)).toBeLessThanOrEqual(2);
}
