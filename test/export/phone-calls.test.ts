import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { download, parseCsv } from '../support/download.ts';
import { fillHistory } from '../support/history.ts';
import { call, logCalls, paths, refusedQuery } from '../support/rest.ts';
import { newCustomer, type TestCustomer } from '../support/world.ts';

const csv = '/export/phone-calls.csv';
const ndjson = '/export/phone-calls.ndjson';

const objects = async (customer: TestCustomer, query = '') =>
  (await (await download(customer, `${ndjson}${query}`)).text())
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

const columns = Object.keys(call({}));

test('a CSV file has one row a call, under a header with every field of the call object', async () => {
  const customer = await newCustomer();
  const [id] = await logCalls(customer, {
    subject: 'Offer, "final"',
    body: 'Ärger\nagain',
    duration: 200,
    agent_email: 'lea@example.com',
  });
  const response = await download(customer, csv);
  expect(Object.fromEntries(response.headers)).toEqual({
    'cache-control': 'no-store',
    'content-disposition': 'attachment; filename="phone-calls.csv"',
    'content-type': 'text/csv; charset=utf-8; header=present',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-request-id': expect.any(String),
  });
  const text = await response.text();
  const { created_at: created } = (await objects(customer))[0];
  const number = "'+33612345678";
  expect(text).toBe(
    `${columns.join(',')}\r\n${id},inbound,completed,true,${number},101,${number},101,,,200,2026-03-01T08:00:00Z,,` +
      `"Offer, ""final""","Ärger\nagain",,,,,,,lea@example.com,,,,,,,${created},${created}\r\n`,
  );
});

test('an NDJSON file has one call object a line, as the REST face answers it', async () => {
  const customer = await newCustomer();
  const context = { direction: 'inbound', number_from: '0612345678', start_time_utc: '2026-03-01T08:00:00Z' };
  await customer.rest('POST', paths.context, { body: { ...context, context_data: { order: [1042, null] } } });
  await logCalls(customer, { subject: '=1+1' }, { status: 'Notanswered', number_from: '' });
  const response = await download(customer, ndjson);
  expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="phone-calls.ndjson"');
  const listed = await customer.rest('GET', paths.calls);
  expect(listed.body.data).toHaveLength(2);
  const text = await response.text();
  expect(text).toBe(listed.body.data.map((row: object) => `${JSON.stringify(row)}\n`).join(''));
});

test.each([
  '',
  '?filter[direction]=outbound',
  '?filter[status]=missed,busy&sort=start_time',
  '?filter[answered]=0&sort=-created_at,start_time',
  '?filter[number_from]=0600000007,0600000010',
  '?filter[start_time]=>=2026-03-01T09:40:00Z&sort=end_time',
  '?filter[start_time]=,1772358600000',
  '?filter[subject]=3',
])('an export takes the filters and the order of the REST face: %s', async (query) => {
  const customer = await newCustomer();
  await fillHistory(customer.id, 60);
  const { body } = await customer.rest('GET', `${paths.calls}${query}${query ? '&' : '?'}per_page=100`);
  expect(body.total).toBeGreaterThan(0);
  expect(await objects(customer, query)).toEqual(body.data);
  const rows = parseCsv(await (await download(customer, `${csv}${query}`)).text()).slice(1);
  expect(rows.map(([id]) => id)).toEqual(body.data.map(({ id }: { id: string }) => id));
});

test('an export has every call exactly once, however many batches it takes', async () => {
  const customer = await newCustomer();
  await fillHistory(customer.id, 1501);
  const found = await objects(customer);
  const [timed, timeless] = [0, 1].map((part) => found.filter(({ start_time: start }) => (start === null) === !!part));
  const numbers = (rows: { subject: string }[]) => rows.map(({ subject }) => Number(subject));
  const all = Array.from({ length: 1501 }, (_, index) => 1501 - index);
  expect(numbers(timed as never)).toEqual(all.filter((number) => number % 10 > 0));
  expect(numbers(timeless as never).toSorted((a, b) => b - a)).toEqual(all.filter((number) => number % 10 === 0));
  expect(found.slice(-150)).toEqual(timeless);
});

test('a customer without calls gets a header row, or nothing', async () => {
  const customer = await newCustomer();
  expect(await (await download(customer, csv)).text()).toBe(`${columns.join(',')}\r\n`);
  expect(await (await download(customer, ndjson)).text()).toBe('');
});

test('an export holds no call of another customer', async () => {
  const [owner, stranger] = [await newCustomer(), await newCustomer()];
  await fillHistory(owner.id, 20);
  const [id] = await logCalls(stranger, {});
  expect((await objects(stranger)).map((row) => row.id)).toEqual([id]);
});

test('no cell can be taken for a formula, and every text comes back otherwise as it was', async () => {
  const customer = await newCustomer();
  const dangerous = fc.constantFrom(
    '=',
    '+',
    '-',
    '@',
    '\t',
    '\r',
    '＝',
    '＋',
    '－',
    '＠',
    ' =',
    "'",
    '"',
    ',',
    '\n',
    '\r\n',
  );
  const texts = fc
    .array(fc.oneof(dangerous, fc.string({ maxLength: 3 }), fc.constantFrom('1', 'cmd|', 'Ä', '🙂')), {
      minLength: 1,
      maxLength: 4,
    })
    .map((parts) => parts.join('').replaceAll('\0', ''))
    .filter((text) => text.trim() !== '');
  const sample = fc.sample(texts, { numRuns: 200, seed: 20261128 });
  const document = 'mutation ($input: LogPhoneCallInput!) { logPhoneCall(input: $input) { call { id } } }';
  for (const [index, body] of sample.entries()) {
    const startTime = new Date(Date.UTC(2026, 2, 1, 8, 0, index)).toISOString();
    const pair = { numberFrom: '0612345678', numberTo: '101' };
    const input = { direction: 'INBOUND', status: 'COMPLETED', ...pair, startTime, body, source: body.slice(0, 9) };
    expect((await customer.graphql(document, { input })).body.errors).toBeUndefined();
  }
  const response = await download(customer, `${csv}?sort=start_time`);
  const [header, ...rows] = parseCsv(await response.text());
  expect(rows.flat().filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
  const bodies = rows.map((row) => row[header?.indexOf('body') ?? -1]);
  const unescaped = (text: string) => (/^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text);
  expect(bodies).toEqual(sample.map(unescaped));
});

describe.each([csv, ndjson])('%s', (path) => {
  test('answers HEAD with the headers of GET', async () => {
    const customer = await newCustomer();
    const [head, get] = [await download(customer, path, { method: 'HEAD' }), await download(customer, path)];
    const comparable = ({ status, headers }: Response) => ({
      status,
      headers: { ...Object.fromEntries(headers), 'x-request-id': '' },
    });
    expect(comparable(head)).toEqual(comparable(get));
    expect(await head.text()).toBe('');
  });

  test('refuses as the REST face does', async () => {
    const customer = await newCustomer();
    const refusal = async (response: Response) => [response.status, await response.json()];
    expect(await refusal(await download({ token: 'nonsense' }, path))).toEqual([
      401,
      { message: 'Unauthenticated.', error: 'unauthenticated' },
    ]);
    expect(await refusal(await download({ token: await customer.tokenWith(['client']) }, `${path}?sort=x`))).toEqual([
      403,
      { message: 'Invalid scope(s) provided.', error: 'missing_scope' },
    ]);
    const allowed = 'start_time, end_time, created_at, updated_at';
    const sentence = `Requested sort(s) \`x\` is not allowed. Allowed sort(s) are \`${allowed}\`.`;
    expect(await refusal(await download(customer, `${path}?sort=x`))).toEqual([400, refusedQuery(sentence)]);
    const posted = await download(customer, path, { method: 'POST' });
    expect(posted.headers.get('allow')).toBe('GET, HEAD');
    expect(await refusal(posted)).toEqual([
      405,
      {
        message: `The POST method is not supported for route ${path.slice(1)}. Supported methods: GET, HEAD.`,
        error: 'method_not_allowed',
      },
    ]);
  });
});
