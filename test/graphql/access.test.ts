import { describe, expect, test } from 'vitest';
import { revokeAccessToken } from '../../src/auth/access-token.ts';
import { schema } from '../../src/schema/index.ts';
import { operations } from '../support/operations.ts';
import { graphql, newCustomer, rest, serve, store } from '../support/world.ts';

const unauthenticated = { errors: [{ message: 'Unauthenticated.', extensions: { code: 'UNAUTHENTICATED' } }] };

const nullable = new Set(['contact', 'phoneCall']);

const forbidden = (name: string) => ({
  data: nullable.has(name) ? { [name]: null } : null,
  errors: [
    {
      message: 'Invalid scope(s) provided.',
      path: [name],
      locations: [{ line: 1, column: expect.any(Number) }],
      extensions: { code: 'FORBIDDEN' },
    },
  ],
});

test('every operation of the schema is tried here', () => {
  const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}),
  );
  expect(fields.toSorted()).toEqual(Object.keys(operations).toSorted());
});

describe.each(Object.entries(operations))('%s', (name, { document, right, wrong = right, answer, scopes }) => {
  test('is refused without a token, before its arguments are looked at', async () => {
    for (const variables of [right, wrong, { input: 'nonsense', id: {}, filter: 7 }]) {
      const { status, headers, body } = await graphql(document, variables);
      expect({ status, body }).toEqual({ status: 401, body: unauthenticated });
      expect(headers.get('www-authenticate')).toBe('Bearer realm="crm"');
    }
  });

  test('is refused with a token that nobody was given, and with one that is over', async () => {
    const customer = await newCustomer();
    const expired = await customer.tokenWith(scopes, new Date(Date.now() - 1000));
    const forged = `${customer.token.slice(0, -1)}${customer.token.endsWith('A') ? 'B' : 'A'}`;
    for (const token of ['nonsense', forged, expired]) {
      const { status, body } = await graphql(document, right, { token });
      expect({ status, body }).toEqual({ status: 401, body: unauthenticated });
    }
  });

  test('needs every one of its scopes, and says so before its arguments are looked at', async () => {
    const customer = await newCustomer();
    const others = ['client', 'crm', 'admin'].filter((scope) => !scopes.includes(scope));
    for (const missing of scopes) {
      const token = await customer.tokenWith([...others, ...scopes.filter((scope) => scope !== missing)]);
      for (const variables of [right, wrong]) {
        const { status, body } = await graphql(document, variables, { token });
        expect({ status, body }).toEqual({ status: 200, body: forbidden(name) });
      }
    }
  });

  test('cannot be reached with the secret of a context token', async () => {
    const customer = await newCustomer();
    const { token, tokenSecret } = await customer.contextToken();
    for (const bearer of [token, tokenSecret]) {
      const { status, body } = await graphql(document, right, { token: bearer });
      expect({ status, body }).toEqual({ status: 401, body: unauthenticated });
    }
  });

  test('answers a token that has its scopes', async () => {
    const customer = await newCustomer();
    const { status, body } = await graphql(document, right, { token: await customer.tokenWith(scopes) });
    expect({ status, body }).toEqual({ status: 200, body: answer });
  });
});

test('two operations in one document are refused one by one', async () => {
  const customer = await newCustomer();
  const { body } = await graphql(
    '{ phoneCall(id: "x") { id } contact(id: "x") { id } }',
    {},
    { token: await customer.tokenWith(['crm']) },
  );
  expect(body.data).toEqual({ phoneCall: null, contact: null });
  expect(body.errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
    [['phoneCall'], 'FORBIDDEN'],
    [['contact'], 'FORBIDDEN'],
  ]);
});

test('a token that was revoked opens nothing within a second', async () => {
  const customer = await newCustomer();
  const token = await customer.tokenWith(['client', 'crm']);
  const row = await store.operator.accessToken.findFirstOrThrow({
    where: { customerId: customer.id },
    orderBy: { id: 'desc' },
  });
  expect((await graphql('{ viewer { scopes } }', {}, { token })).status).toBe(200);
  await revokeAccessToken(store, row.id, new Date());
  await new Promise((later) => setTimeout(later, 1000));
  expect((await graphql('{ viewer { scopes } }', {}, { token })).body).toEqual(unauthenticated);
});

test('two Authorization headers are refused rather than one of them chosen', async () => {
  const customer = await newCustomer();
  const headers = { authorization: `Bearer ${customer.token}, Bearer ${customer.token}` };
  const { status, body } = await graphql('{ viewer { scopes } }', {}, { headers });
  expect({ status, body }).toEqual({
    status: 400,
    body: {
      errors: [
        {
          message: 'Only one Authorization header may be sent.',
          extensions: { code: 'BAD_USER_INPUT', reason: 'SEVERAL_CREDENTIALS' },
        },
      ],
    },
  });
});

describe('in production', () => {
  const production = serve({ openSchema: false, graphiql: false });
  const introspection = '{ __schema { queryType { name } } }';

  test('the schema is read with a token only', async () => {
    const customer = await newCustomer();
    for (const query of [introspection, '{ __typename }', 'not a document']) {
      const { status, body } = await graphql(query, {}, { app: production });
      expect({ status, body }).toEqual({ status: 401, body: unauthenticated });
    }
    const { body } = await graphql(introspection, {}, { app: production, token: customer.token });
    expect(body).toEqual({ data: { __schema: { queryType: { name: 'Query' } } } });
  });

  test('browsers get no GraphiQL', async () => {
    const page = await production.fetch(new Request('http://test.local/graphql', { headers: { accept: 'text/html' } }));
    expect(page.status).toBe(401);
    expect(page.headers.get('content-type')).toMatch(/^application\//);
  });
});

test('outside production a stranger may read the schema and nothing else', async () => {
  const { body } = await graphql('{ __schema { queryType { name } } __typename }');
  expect(body).toEqual({ data: { __schema: { queryType: { name: 'Query' } }, __typename: 'Query' } });
  for (const query of [
    '{ __typename viewer { scopes } }',
    '{ ...All } fragment All on Query { viewer { scopes } }',
    '{ ... on Query { ... { viewer { scopes } } } }',
    'query A { __typename } query B { viewer { scopes } }',
  ]) {
    const response = await graphql(query);
    expect(response.body.data ?? null).toBeNull();
    expect(JSON.stringify(response.body)).not.toContain('"client"');
  }
});

test('a limit on requests counts each customer apart', async () => {
  const limited = serve({ requestsPerCustomer: 2 });
  const [one, other] = [await newCustomer({ app: limited }), await newCustomer({ app: limited })];
  const ask = () => one.graphql('{ viewer { scopes } }');
  expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
  const third = await ask();
  expect({ status: third.status, body: third.body }).toEqual({
    status: 429,
    body: { errors: [{ message: 'Too Many Attempts.', extensions: { code: 'TOO_MANY_REQUESTS' } }] },
  });
  expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await rest('GET', '/api/crm/lookup/phone-calls', { token: one.token, app: limited })).status).toBe(429);
  expect((await other.graphql('{ viewer { scopes } }')).status).toBe(200);
});
