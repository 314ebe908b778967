import { expect, test } from 'vitest';
import { logCalls } from '../support/rest.ts';
import { newCustomer, type TestCustomer } from '../support/world.ts';

const list = 'query ($filter: PhoneCallFilter) { phoneCalls(filter: $filter) { nodes { source } totalCount } }';

/** The sources of the calls that a filter finds, newest first. */
async function found(customer: TestCustomer, filter: object): Promise<string> {
  const { body } = await customer.graphql(list, { filter });
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  return body.data.phoneCalls.nodes.map(({ source }: { source: string }) => source).join('');
}

const history = [
  { source: 'a', subject: 'Order-1042 for ACME', body: 'Wants a refund by Friday.' },
  { source: 'b', subject: 'Bestellung für die Ära', transcription: 'hello, is anybody there? refunds@example.com' },
  { source: 'c', body: "It's 100% sure; C:\\temp and 'quotes'", transcription: 'ÇA VA, Élodie' },
  { source: 'd' },
];

test.each([
  ['order', 'a'],
  ['ORDER', 'a'],
  ['ord', 'a'],
  ['or', ''],
  ['1042', 'a'],
  ['order-1042', 'a'],
  ['refund', 'ba'],
  ['refund friday', 'a'],
  ['  friday\t acme ', 'a'],
  ['FÜR ära', 'b'],
  ['refunds@example.com', 'b'],
  ['example', 'b'],
  ['refund@example.com', 'b'],
  ['“refund”', 'ba'],
  ['… acme', 'a'],
  ['…', ''],
  ["it's", 'c'],
  ['c:\\temp', 'c'],
  ["'quotes'", 'c'],
  ['élod', 'c'],
  ['order | refund', 'a'],
  ['!order', 'a'],
  ['acme & !refund', 'a'],
  ['or:*', ''],
  ['<->', ''],
  ['--', ''],
  ["'", ''],
  ['\\', ''],
  ["\\' | 'acme':*", 'a'],
  ['acme friday nobody', ''],
])('the words "%s" find "%s"', async (search, sources) => {
  const customer = await newCustomer();
  await logCalls(customer, ...history);
  expect(await found(customer, { search })).toBe(sources);
});

test('words compose with every other filter', async () => {
  const customer = await newCustomer();
  await logCalls(customer, ...history);
  expect(await found(customer, { or: [{ search: 'acme' }, { search: 'sure' }] })).toBe('ca');
  expect(await found(customer, { not: { search: 'refund' } })).toBe('dc');
  expect(await found(customer, { search: 'refund', and: [{ subject: 'order' }] })).toBe('a');
});

test('a search must hold something', async () => {
  const customer = await newCustomer();
  const { body } = await customer.graphql(list, { filter: { search: ' ' } });
  expect(body.errors?.[0]?.extensions).toEqual({
    code: 'BAD_USER_INPUT',
    issues: [{ path: ['filter', 'search'], message: 'Must not be blank.' }],
  });
});

test('the longest texts, of as many different words as they have room for, are stored and found', async () => {
  const customer = await newCustomer();
  const letters = Array.from({ length: 16_000 }, (_, at) => String.fromCodePoint(0x20000 + at));
  const text = letters
    .map((letter) => `${letter}a`)
    .join(' ')
    .slice(0, 63_999);
  const word = 'x'.repeat(16_000);
  await logCalls(customer, { source: 'a', body: text, transcription: text.replaceAll('a', 'b') });
  await logCalls(customer, { source: 'b', body: `${word} ${word}y last`, number_to: '102' });
  expect(await found(customer, { search: `${letters[9000]}b` })).toBe('a');
  expect(await found(customer, { search: 'last' })).toBe('b');
});

test('a filter may be made of 500 filters, at whatever depth, and of no more', async () => {
  const customer = await newCustomer();
  await logCalls(customer, ...history);
  const of = (parts: number) => ({
    or: Array.from({ length: 5 }, (_, branch) => ({
      and: Array.from({ length: parts / 5 - (branch === 0 ? 2 : 1) }, () => ({ answered: true })),
    })),
  });
  expect(await found(customer, of(500))).toBe('dcba');
  const { body } = await customer.graphql(list, { filter: { not: of(500) } });
  expect(body.errors?.[0]).toMatchObject({
    message: 'A filter must not be made of more than 500 filters.',
    extensions: { code: 'BAD_USER_INPUT' },
  });
});
