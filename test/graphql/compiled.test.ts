import { parse } from 'graphql';
import { expect, test, vi } from 'vitest';
import type { Context } from '../../src/context.ts';
import { isPlain } from '../../src/graphql/compiled.ts';
import type * as yoga from '../../src/graphql/yoga.ts';
import { app, graphql, newCustomer, type TestCustomer } from '../support/world.ts';

/** How often Yoga was asked. */
const yogaAsked = vi.hoisted(() => vi.fn());

vi.mock('../../src/graphql/yoga.ts', async (original) => {
  const { createGraphql } = await original<typeof yoga>();
  return {
    createGraphql: (...setup: Parameters<typeof createGraphql>) => {
      const graphql = createGraphql(...setup);
      const fetch = (request: Request, context: Context) => {
        yogaAsked();
        return graphql.fetch(request, context);
      };
      return { fetch };
    },
  };
});

/** What the compiler writes into its code as it stands, were it ever given a text of a caller. */
const hole = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74dglobalThis.escaped = true';

const often = async (customer: TestCustomer, query: string, variables: object) => {
  const answers = [];
  for (let time = 0; time < 6; time++) answers.push(await customer.graphql(query, variables));
  return answers.map(({ status, body, headers }) => {
    // The length is told on the wire in any case.
    const { 'x-request-id': id, 'content-length': _, ...others } = Object.fromEntries(new Headers([...headers]));
    return { status, body, headers: { ...others, named: id?.length } };
  });
};

test.each([
  ['a text', `{ contactSearch(phone: "${hole}") { match { kind } } }`],
  ['a text as a default', `query ($phone: String = "${hole}") { contactSearch(phone: $phone) { match { kind } } }`],
  ['a block text', `{ contactSearch(phone: """${hole}""") { match { kind } } }`],
])('%s in a document never becomes code, however often it comes', async (_, query) => {
  expect(isPlain(parse(query))).toBe(false);
  const answers = await often(await newCustomer(), query, {});
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(globalThis).not.toHaveProperty('escaped');
});

test('a known document is not found under the name of an operation that its text begins with', async () => {
  const { token, graphql } = await newCustomer();
  const rest = '{ viewer { customer { id } } }';
  const misnamed = async () => {
    const body = JSON.stringify({ query: rest, operationName: 'query' });
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const response = await app.fetch(new Request('http://test.local/graphql', { method: 'POST', body, headers }));
    return response.json();
  };
  const unknown = await misnamed();
  expect(unknown.errors).toHaveLength(1);
  for (let time = 0; time < 6; time++) await graphql(`query ${rest}`);
  expect(await misnamed()).toEqual(unknown);
});

const rows =
  'nodes { contact { phoneCalls(first: $n) { nodes { contact { phoneCalls(first: 99) { nodes { id } } } } } } }';

test.each([
  ['what one number asks for', `query ($n: Int) { phoneCalls(first: $n) { ${rows} } }`, { n: 1 }, { n: 100 }],
  ['what a document asks for by itself', `{ phoneCalls(first: 99) { ${rows.replace('$n', '99')} } }`, {}, {}],
])('%s is weighed, however well the document is known', async (_, query, before, heavy) => {
  const customer = await newCustomer();
  await often(customer, query, before);
  const answers = await often(customer, query, heavy);
  for (const { body } of answers) expect(body.errors?.[0]?.message).toMatch('more than one answer may hold');
});

test.each([
  ['an answer', '{ viewer { customer { id } } }', {}],
  ['a list', 'query ($first: Int) { phoneCalls(first: $first) { totalCount nodes { id startTime } } }', { first: 3 }],
  ['a recursive filter', 'query ($filter: PhoneCallFilter) { phoneCalls(filter: $filter) { totalCount } }', {}],
  ['a value that is refused', 'query ($phone: String) { contactSearch(phone: $phone) { match { kind } } }', {}],
  ['a variable of a wrong type', 'query ($first: Int) { phoneCalls(first: $first) { totalCount } }', { first: 'x' }],
  ['a variable that is missing', 'query ($id: ID!) { contact(id: $id) { id } }', {}],
  ['what is left out', 'query ($on: Boolean!) { viewer { customer { id @include(if: $on) name } } }', { on: false }],
])('%s is the same the first time and the sixth, when the document is known', async (_, query, variables) => {
  const [first, ...others] = await often(await newCustomer(), query, variables);
  expect(first?.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', named: 36 });
  for (const other of others) expect(other).toEqual(first);
});

test('of two operations of a known document, the one that is named is executed', async () => {
  const { id, token } = await newCustomer();
  const query = 'query A { viewer { customer { id } } } query B { viewer { scopes } }';
  const ask = async (operationName?: string) => (await graphql(query, {}, { token, operationName })).body;
  for (let time = 0; time < 6; time++) {
    expect(await ask('A')).toEqual({ data: { viewer: { customer: { id } } } });
    expect(await ask('B')).toEqual({ data: { viewer: { scopes: ['client', 'crm'] } } });
    for (const name of [undefined, 'C'])
      expect((await ask(name)).errors?.[0]?.message).toBe('Could not determine what operation to execute.');
  }
});

test.each([
  [undefined, 3],
  ['*/*', 3],
  ['application/json', 3],
  ['application/json, text/plain;q=0.5', 3],
  ['application/graphql-response+json', 6],
])('a document that came three times and accepts %s is Yoga’s %i times of six', async (accept, times) => {
  const customer = await newCustomer();
  yogaAsked.mockClear();
  const query = `{ viewer { customer { id } scopes } mark${times}${(accept ?? '').length}: __typename }`;
  for (let time = 0; time < 6; time++) {
    const { body } = await graphql(query, {}, { token: customer.token, headers: accept ? { accept } : {} });
    expect(body.data.viewer.customer.id).toBe(customer.id);
  }
  expect(yogaAsked).toHaveBeenCalledTimes(times);
});
