import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createAccessToken, revokeAccessToken } from '../../src/auth/access-token.ts';
import { createAuthenticator } from '../../src/auth/authenticate.ts';
import type { Store } from '../../src/store/open.ts';
import { paths, report, statusAndBody } from '../support/rest.ts';
import { newCustomer, type RestOptions, rest, serve, store } from '../support/world.ts';

const unauthenticated = { message: 'Unauthenticated.', error: 'unauthenticated' };
const missingScope = { message: 'Invalid scope(s) provided.', error: 'missing_scope' };

const operations: [string, string, object | undefined, number][] = [
  ['GET', `${paths.search}?phone=0612345678`, undefined, 200],
  ['POST', paths.contacts, { last_name: 'Durand' }, 201],
  ['GET', paths.calls, undefined, 200],
  ['POST', paths.calls, report, 201],
  ['POST', paths.context, { direction: 'inbound', number_from: '0612345678' }, 201],
  ['POST', paths.chats, { email: 'anne@example.com' }, 201],
];

async function expiringToken(milliseconds: number): Promise<string> {
  const { tokenWith } = await newCustomer();
  return tokenWith(['client', 'crm'], new Date(Date.now() + milliseconds));
}

async function revokedToken(): Promise<string> {
  const { id: customerId } = await newCustomer();
  const { id, token } = await createAccessToken(store, { customerId, scopes: ['client', 'crm'], expiresAt: null });
  await revokeAccessToken(store, id, new Date());
  return token;
}

async function mistypedToken(): Promise<string> {
  const { token } = await newCustomer();
  return token.slice(0, -1) + (token.endsWith('A') ? 'Q' : 'A');
}

describe.each(operations)('%s %s', (method, path, body, status) => {
  const send = (token: string | null, options: RestOptions = {}) => rest(method, path, { body, token, ...options });

  test('answers a token with both scopes, whatever else it may do', async () => {
    const { token, tokenWith } = await newCustomer();
    expect((await send(token)).status).toBe(status);
    expect((await send(await tokenWith(['crm', 'client', 'other']))).status).toBe(status);
  });

  test('asks for a token', async () => {
    const answer = await send(null);
    expect(statusAndBody(answer)).toEqual({ status: 401, body: unauthenticated });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="crm"');
  });

  test.each([
    ['unknown', async () => 'crm_unknown'],
    ['mistyped', mistypedToken],
    ['expired', () => expiringToken(-1)],
    ['revoked', revokedToken],
    ['context', async () => (await (await newCustomer()).contextToken()).tokenSecret],
  ])('refuses a token that is: %s', async (_, mint) => {
    const answer = await send(await mint());
    expect(statusAndBody(answer)).toEqual({ status: 401, body: unauthenticated });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="crm", error="invalid_token"');
  });

  test.each([[['client']], [['crm']], [[]], [['Client', 'CRM']], [['client crm']]])(
    'refuses the scopes %j, before it looks at anything else',
    async (scopes) => {
      const { tokenWith } = await newCustomer();
      const token = await tokenWith(scopes);
      for (const options of [{}, method === 'POST' ? { body: {} } : {}]) {
        const answer = await send(token, options);
        expect(statusAndBody(answer)).toEqual({ status: 403, body: missingScope });
        expect(answer.headers.get('www-authenticate')).toBe(
          'Bearer realm="crm", error="insufficient_scope", scope="client crm"',
        );
      }
    },
  );
});

test.each(['bearer', 'BEARER', 'Bearer', 'bEaReR'])('the scheme may be written %s', async (scheme) => {
  const { token } = await newCustomer();
  const { status } = await rest('GET', paths.calls, { headers: { authorization: `${scheme} ${token}` } });
  expect(status).toBe(200);
});

test('a token in the query or in the body is ignored', async () => {
  const { token } = await newCustomer();
  const query = `access_token=${token}&token=${token}&api_token=${token}`;
  const body = { ...report, access_token: token, token, api_token: token };
  for (const answer of [
    await rest('GET', `${paths.calls}?${query}`),
    await rest('POST', `${paths.calls}?${query}`, { body }),
  ]) {
    expect(statusAndBody(answer)).toEqual({ status: 401, body: unauthenticated });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="crm"');
  }
});

test('another scheme is no token', async () => {
  const { token } = await newCustomer();
  const answer = await rest('GET', paths.calls, { headers: { authorization: `Basic ${token}` } });
  expect(statusAndBody(answer)).toEqual({ status: 401, body: unauthenticated });
});

test('a token expires at its moment, and not before', async () => {
  const { tokenWith } = await newCustomer();
  const expiresAt = new Date(Date.now() + 60_000);
  const token = await tokenWith(['client', 'crm'], expiresAt);
  expect((await rest('GET', paths.calls, { token })).status).toBe(200);
  const later = serve({ now: () => expiresAt });
  expect((await rest('GET', paths.calls, { token, app: later })).status).toBe(401);
});

test('a token that is revoked while it is in use ends within one second', async () => {
  const { id: customerId } = await newCustomer();
  const { id, token } = await createAccessToken(store, { customerId, scopes: ['client', 'crm'], expiresAt: null });
  expect((await rest('GET', paths.calls, { token })).status).toBe(200);
  await revokeAccessToken(store, id, new Date());
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect((await rest('GET', paths.calls, { token })).status).toBe(401);
});

test('a token that is revoked while nobody uses it is bad when it comes back a second later', async () => {
  const { id: customerId } = await newCustomer();
  const { id, token } = await createAccessToken(store, { customerId, scopes: ['client', 'crm'], expiresAt: null });
  expect((await rest('GET', paths.calls, { token })).status).toBe(200);
  // Those in use are looked up again meanwhile; this one then counts as out of use.
  await new Promise((resolve) => setTimeout(resolve, 600));
  await revokeAccessToken(store, id, new Date());
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect((await rest('GET', paths.calls, { token })).status).toBe(401);
});

test('a good token stays good while another of the same moment is read, and its own customer changes', async () => {
  const [known, unknown] = [await newCustomer(), await newCustomer()];
  const reading = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  let readings = 0;
  const slow: Store = {
    ...store,
    operatorRows: async (statement, ...values) => {
      const found = await store.operatorRows<never>(statement, ...values);
      if (statement.name !== 'tokens' || ++readings !== 2) return found;
      reading.resolve();
      await go.promise;
      return found;
    },
  };
  const { accessToken, goodTokens } = createAuthenticator(slow, () => new Date());
  await accessToken(known.token);
  // Until it is trusted no more.
  await sleep(1300);
  const both = Promise.all([accessToken(known.token), accessToken(unknown.token)]);
  await reading.promise;
  await store.operator.customer.update({ where: { id: known.id }, data: { name: 'Renamed' } });
  expect((await goodTokens([known.token])).get(known.token)?.customer.name).toBe('Renamed');
  go.resolve();
  expect((await both).map((principal) => principal?.customer.id)).toEqual([known.id, unknown.id]);
});
