import { getIntrospectionQuery } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { hostile, repeat } from '../support/hostile-documents.ts';
import { processorMs } from '../support/measure.ts';
import { app, graphql, newCustomer, type TestCustomer } from '../support/world.ts';

let customer: TestCustomer;
beforeAll(async () => {
  customer = await newCustomer();
  await customer.graphql('{ viewer { scopes } }');
});

describe.each(Object.entries(hostile))('%s', (_, { query, variables }) => {
  test('is refused before anything of it is executed', async () => {
    const { status, body } = await customer.graphql(query, variables);
    expect(status).toBeLessThan(500);
    expect(body.data ?? null).toBeNull();
    expect(body.errors?.length).toBeGreaterThan(0);
    for (const { extensions } of body.errors ?? []) {
      expect(extensions.code).toMatch(/^(BAD_USER_INPUT|GRAPHQL_PARSE_FAILED|GRAPHQL_VALIDATION_FAILED)$/);
    }
  });

  test('is refused within 50 ms of work, with and without a token', async () => {
    for (const token of [customer.token, null]) {
      const times = [];
      for (let at = 0; at < 4; at++) {
        // A comment of its own, so that nothing is remembered of the document before.
        const fresh = `# ${token} ${at}\n${query}`;
        times.push(await processorMs(() => graphql(fresh, variables, { token })));
      }
      expect(Math.min(...times)).toBeLessThan(50);
    }
  });
});

test('a batch of documents is refused', async () => {
  const response = await app.fetch(
    new Request('http://test.local/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${customer.token}` },
      body: JSON.stringify(Array.from({ length: 10 }, () => ({ query: '{ viewer { scopes } }' }))),
    }),
  );
  const body = await response.json();
  expect(response.status).toBe(400);
  expect(JSON.stringify(body)).not.toContain('"client"');
});

test('a body that is too large is refused by its size', async () => {
  const { status, body } = await customer.graphql(`# ${'x'.repeat(1280 * 1024)}\n{ viewer { scopes } }`);
  expect({ status, body }).toEqual({
    status: 413,
    body: { errors: [{ message: 'The body is too large.', extensions: { code: 'BAD_USER_INPUT' } }] },
  });
});

test.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'])(
  'a body of type %s is refused, so that no web page can send one',
  async (type) => {
    const response = await app.fetch(
      new Request('http://test.local/graphql', {
        method: 'POST',
        headers: { 'content-type': type, authorization: `Bearer ${customer.token}` },
        body: 'query=mutation{createContact(input:{lastName:"x"}){created}}',
      }),
    );
    expect(response.status).toBe(415);
  },
);

test('a mutation cannot be sent as an address', async () => {
  const query = encodeURIComponent('mutation { createContact(input: { lastName: "x" }) { created } }');
  const response = await app.fetch(
    new Request(`http://test.local/graphql?query=${query}`, { headers: { authorization: `Bearer ${customer.token}` } }),
  );
  expect(response.status).toBe(405);
  expect((await customer.graphql('{ contactSearch(phone: "x") { match { candidates } } }')).status).toBe(200);
});

describe('what may be nested', () => {
  const within = (depth: number) => `${'{"not":'.repeat(depth)}{"answered":true}${'}'.repeat(depth)}`;
  const inline = (depth: number) => within(depth).replaceAll('"', '');
  const query = 'query ($filter: PhoneCallFilter) { phoneCalls(filter: $filter) { totalCount } }';
  // As text: what is nested this deeply cannot be made into JSON by the usual means.
  const send = async (body: string) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${customer.token}` };
    const request = new Request('http://test.local/graphql', { method: 'POST', headers, body });
    return (await app.fetch(request)).json();
  };
  const none = { data: { phoneCalls: { totalCount: 0 } } };

  test('filters, five deep', async () => {
    expect(await send(`{"query":"${query}","variables":{"filter":${within(5)}}}`)).toEqual(none);
    expect((await customer.graphql(`{ phoneCalls(filter: ${inline(5)}) { totalCount } }`)).body).toEqual(none);
  });

  test.each([6, 30, 100, 5000, 100_000])('and nothing %i deep', async (depth) => {
    for (const body of [
      await send(`{"query":"${query}","variables":{"filter":${within(depth)}}}`),
      await send(`{"query":"${query}","variables":{"filter":${'['.repeat(depth)}${']'.repeat(depth)}}}`),
      (await customer.graphql(`{ phoneCalls(filter: ${inline(Math.min(depth, 490))}) { totalCount } }`)).body,
    ]) {
      expect(body.data ?? null).toBeNull();
      expect(body.errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code)).toContain(
        'BAD_USER_INPUT',
      );
    }
  });

  test('the data of a context, 32 deep', async () => {
    const save = 'mutation ($input: UpsertCallContextInput!) { upsertCallContext(input: $input) { created } }';
    const report = (depth: number) =>
      `{"query":"${save}","variables":{"input":{"direction":"INBOUND","numberFrom":"0612345678",
        "contextData":[{"key":"k","value":${'['.repeat(depth)}${']'.repeat(depth)}}]}}}`;
    expect(await send(report(32))).toEqual({ data: { upsertCallContext: { created: true } } });
    for (const depth of [33, 50_000]) {
      const { errors } = await send(report(depth));
      expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
    }
  });
});

test('the complexity of a document is weighed as a whole', async () => {
  const list =
    'phoneCalls(first: 100) { nodes { segments { id dn } logs { id state } contact { phoneCalls { totalCount } } } }';
  expect((await customer.graphql(`{ ${list} }`)).body.errors).toBeUndefined();
  const { body } = await customer.graphql(`{ ${repeat(20, (at) => `a${at}: ${list}`)} }`);
  expect(body.data).toBeNull();
  expect(body.errors?.[0]).toMatchObject({
    message: 'The query asks for more than one answer may hold; ask for fewer or shorter lists.',
    extensions: { code: 'BAD_USER_INPUT' },
  });
});

test('what GraphiQL asks for, and the largest page of either face, is within every limit', async () => {
  const introspection = getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true });
  expect((await customer.graphql(introspection)).body.errors).toBeUndefined();
  const path = '/api/crm/lookup/phone-calls?include=segments,logs&per_page=100';
  expect((await customer.rest('GET', path)).status).toBe(200);
  const { body } = await customer.graphql(`{
    phoneCalls(first: 100) {
      totalCount
      edges { cursor node { id subject contact { id lastName } context { contextData { key value } } segments { id dn } logs { id state } } }
      pageInfo { hasNextPage endCursor }
    }
  }`);
  expect(body.errors).toBeUndefined();
});

test('variables are counted before they are read, and a mistake in them is told once', async () => {
  const log = 'mutation ($input: LogPhoneCallInput!) { logPhoneCall(input: $input) { replayed } }';
  const report = { direction: 'INBOUND', status: 'MISSED', numberFrom: '0612345678', numberTo: '101' };
  const unknown = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`x${at}`, at]));
  const list = 'query ($filter: PhoneCallFilter) { phoneCalls(filter: $filter) { totalCount } }';
  const tooMany = 'The variables must not hold more than 5000 values.';
  for (const [query, variables, message] of [
    [log, { input: { ...report, ...unknown } }, 'Field "x0" is not defined by type "LogPhoneCallInput".'],
    [list, { filter: { source: Array(5000).fill('a') } }, tooMany],
    [list, { filter: { or: Array(2501).fill({ answered: true }) } }, tooMany],
  ] as const) {
    const { body } = await customer.graphql(query, variables);
    expect(body).toEqual({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] });
  }
});

test('a word of a document that is too long is not repeated in what is said of it', async () => {
  for (const query of [`{ ${'a'.repeat(300_000)} }`, `{ phoneCalls(first: ${'9'.repeat(300_000)}) { totalCount } }`]) {
    const { body } = await customer.graphql(query);
    expect(body.errors?.map(({ message }) => message)).toEqual(['The document holds too long a word.']);
  }
});
