import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { expect, test } from 'vitest';
import { createAuthenticator } from '../../src/auth/authenticate.ts';
import { revokeContextToken } from '../../src/auth/context-token.ts';
import { logCalls, paths, refusedFields, report, savedContext, statusAndBody } from '../support/rest.ts';
import { graphql, newCustomer, rest, serve, store, type TestCustomer } from '../support/world.ts';

const body = {
  direction: 'inbound',
  number_from: '0612345678',
  start_time_utc: '2026-03-01T08:00:00Z',
  context_data: [{ key: 'reason', value: 'offer' }],
};
const notFound = { status: 404, body: { message: 'Not Found.', error: 'not_found' } };

const pathOf = ({ token, tokenSecret }: { token: string; tokenSecret: string }) =>
  `/api/crm/phone-calls-context/${token}/${tokenSecret}`;

const save = (path: string, more = {}) => rest('POST', path, { body, ...more });

test('the two secrets of the path save a context like a bearer token does, for their own customer', async () => {
  const customer = await newCustomer();
  const answer = await save(pathOf(await customer.contextToken()));
  expect(statusAndBody(answer)).toEqual({ status: 201, body: savedContext });
  const again = await customer.rest('POST', paths.context, { body });
  expect(again.body).toEqual(answer.body);
  await logCalls(customer, {});
  const { data } = (await customer.rest('GET', paths.calls)).body;
  expect([data[0].call_context_id, data[0].context_data]).toEqual([answer.body.call_context_id, { reason: 'offer' }]);
});

test('a form is taken too', async () => {
  const path = pathOf(await (await newCustomer()).contextToken());
  const form = 'direction=inbound&number_from=%2B33612345678&context_data[reason]=offer';
  expect(statusAndBody(await save(path, { body: form }))).toEqual({ status: 201, body: savedContext });
});

test('an Authorization header is not looked at, good or bad', async () => {
  const customer = await newCustomer();
  const path = pathOf(await customer.contextToken());
  for (const token of ['crm_bad', (await newCustomer()).token, 'a, Bearer b']) {
    expect(statusAndBody(await save(path, { token }))).toEqual({ status: 201, body: savedContext });
  }
  expect(await store.operator.callContext.count({ where: { customerId: customer.id } })).toBeGreaterThan(0);
});

test.each<[string, (customer: TestCustomer) => Promise<string>]>([
  ['token is unknown', async (customer) => pathOf({ ...(await customer.contextToken()), token: randomUUID() })],
  ['token is no UUID', async (customer) => pathOf({ ...(await customer.contextToken()), token: 'token' })],
  [
    'secret is unknown',
    async (customer) => pathOf({ ...(await customer.contextToken()), tokenSecret: 'crmctx_secret' }),
  ],
  [
    'secret belongs to another token',
    async (customer) =>
      pathOf({
        token: (await customer.contextToken()).token,
        tokenSecret: (await customer.contextToken()).tokenSecret,
      }),
  ],
  [
    'secret belongs to another customer',
    async (customer) =>
      pathOf({
        token: (await customer.contextToken()).token,
        tokenSecret: (await (await newCustomer()).contextToken()).tokenSecret,
      }),
  ],
  [
    'secret is a bearer token',
    async (customer) => pathOf({ token: (await customer.contextToken()).token, tokenSecret: customer.token }),
  ],
  ['token has expired', async (customer) => pathOf(await customer.contextToken(new Date(Date.now() - 1)))],
  [
    'token was revoked',
    async (customer) => {
      const pair = await customer.contextToken();
      await revokeContextToken(store, pair.token, new Date());
      return pathOf(pair);
    },
  ],
  ['secret is missing', async (customer) => `/api/crm/phone-calls-context/${(await customer.contextToken()).token}`],
  ['path goes on', async (customer) => `${pathOf(await customer.contextToken())}/more`],
  ['path is no text', async () => '/api/crm/phone-calls-context/%ff/%00'],
])('where the %s, the answer is one and the same 404, and nothing is stored', async (_, pathFor) => {
  const customer = await newCustomer();
  const path = await pathFor(customer);
  expect(statusAndBody(await save(path))).toEqual(notFound);
  expect(statusAndBody(await save(path, { body: { direction: 'x' } }))).toEqual(notFound);
  expect(await store.operator.callContext.count({ where: { customerId: customer.id } })).toBe(0);
});

test('a context token that is revoked while it is in use ends within one second', async () => {
  const pair = await (await newCustomer()).contextToken();
  expect((await save(pathOf(pair))).status).toBe(201);
  await revokeContextToken(store, pair.token, new Date());
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(statusAndBody(await save(pathOf(pair)))).toEqual(notFound);
});

test('a context token expires at its moment', async () => {
  const expiresAt = new Date(Date.now() + 60_000);
  const path = pathOf(await (await newCustomer()).contextToken(expiresAt));
  expect((await save(path)).status).toBe(201);
  expect(statusAndBody(await save(path, { app: serve({ now: () => expiresAt }) }))).toEqual(notFound);
});

test('a context token may save a call context and nothing else', async () => {
  const { token, tokenSecret } = await (await newCustomer()).contextToken();
  const unauthenticated = { status: 401, body: { message: 'Unauthenticated.', error: 'unauthenticated' } };
  for (const credential of [tokenSecret, token, `${token}/${tokenSecret}`]) {
    for (const answer of [
      await rest('GET', `${paths.search}?phone=0612345678`, { token: credential }),
      await rest('POST', paths.contacts, { token: credential, body: { last_name: 'Durand' } }),
      await rest('GET', paths.calls, { token: credential }),
      await rest('POST', paths.calls, { token: credential, body: report }),
      await rest('POST', paths.context, { token: credential, body }),
      await rest('POST', paths.chats, { token: credential, body: { email: 'anne@example.com' } }),
    ]) {
      expect(statusAndBody(answer)).toEqual(unauthenticated);
    }
    expect((await graphql('{ viewer { scopes } }', {}, { token: credential })).status).toBe(401);
  }
});

test('a context token has one scope, so that not even a mistake of a route could let it do more', async () => {
  const { token, tokenSecret } = await (await newCustomer()).contextToken();
  const principal = await createAuthenticator(store, () => new Date()).contextToken(token, tokenSecret);
  expect(principal?.scopes).toEqual(['context']);
});

test('the body is checked as on the other route', async () => {
  const path = pathOf(await (await newCustomer()).contextToken());
  expect(statusAndBody(await save(path, { body: { direction: 'outbound' } }))).toEqual({
    status: 400,
    body: refusedFields({ number_to: 'The number to field is required when direction is outbound.' }),
  });
});

test('another method is refused without repeating the path', async () => {
  const path = pathOf(await (await newCustomer()).contextToken());
  const answer = await rest('GET', path);
  expect(statusAndBody(answer)).toEqual({
    status: 405,
    body: {
      message: 'The GET method is not supported for this route. Supported methods: POST.',
      error: 'method_not_allowed',
    },
  });
  expect(answer.headers.get('allow')).toBe('POST');
});

test('neither secret is ever logged, whether they are good, bad or misused', async () => {
  const lines: string[] = [];
  const app = serve({ log: pino({ level: 'trace' }, { write: (line: string) => lines.push(line) }) });
  const pair = await (await newCustomer()).contextToken();
  const path = pathOf(pair);
  const answers = [
    await save(path, { app }),
    await save(`${path}x`, { app }),
    await save(`${path}/`, { app }),
    await save(`${path}/more`, { app }),
    await save(path.replace(pair.token, randomUUID()), { app }),
    await rest('GET', path, { app }),
    await save(path, { app, body: '{', headers: { 'content-type': 'application/json' } }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 404, 201, 404, 404, 405, 400]);
  expect(lines.length).toBeGreaterThanOrEqual(answers.length);
  for (const text of [...lines, ...answers.map((answer) => JSON.stringify([answer.body, ...answer.headers]))]) {
    expect(text).not.toContain(pair.token);
    expect(text).not.toContain(pair.tokenSecret);
  }
});
