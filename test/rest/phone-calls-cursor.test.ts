import { expect, test } from 'vitest';
import { call, logCalls, paths, refusedFields, refusedQuery, statusAndBody } from '../support/rest.ts';
import { newCustomer, publicUrl, type TestCustomer } from '../support/world.ts';

const link = `${publicUrl}${paths.calls}`;

/** Follows `next_page_url` until it is null, as the vendor's clients do; answers the pages. */
async function walk(customer: TestCustomer, query: string) {
  const pages = [];
  for (let url: string | null = `${link}?${query}`; url; ) {
    const { status, headers, body } = await customer.rest('GET', url.slice(publicUrl.length));
    expect(status, JSON.stringify(body)).toBe(200);
    expect(headers.get('x-next-cursor')).toBe(body.next_cursor);
    pages.push(body);
    url = body.next_page_url;
  }
  return pages;
}

const reports = Array.from({ length: 5 }, (_, at) => ({ subject: `call ${at}` }));

test('an empty cursor begins a list whose pages tell where the next one begins', async () => {
  const customer = await newCustomer();
  const [id] = await logCalls(customer, ...reports);
  const [first, second, third, ...more] = await walk(customer, 'per_page=2&filter[subject]=call&cursor=');
  expect([first, second, third].map((page) => page.data.map(({ subject }: { subject: string }) => subject))).toEqual([
    ['call 4', 'call 3'],
    ['call 2', 'call 1'],
    ['call 0'],
  ]);
  const rest = new URLSearchParams({ per_page: '2', 'filter[subject]': 'call', cursor: first.next_cursor });
  expect(first).toEqual({
    data: first.data,
    path: link,
    per_page: 2,
    next_cursor: expect.stringMatching(/^[\w-]+$/),
    next_page_url: `${link}?${rest}`,
  });
  expect(third).toEqual({
    data: [call({ id, subject: 'call 0', start_time: '2026-03-01T08:00:00Z' })],
    path: link,
    per_page: 2,
    next_cursor: null,
    next_page_url: null,
  });
  expect(more).toEqual([]);
});

test('the pages keep the order, and show every call once while others are added', async () => {
  const customer = await newCustomer();
  await logCalls(customer, ...reports);
  const first = await customer.rest('GET', `${paths.calls}?sort=start_time&per_page=3&cursor=`);
  await logCalls(customer, { subject: 'earlier', start_time_utc: '2026-02-01T08:00:00Z' });
  const second = await customer.rest('GET', first.body.next_page_url.slice(publicUrl.length));
  const subjects = [...first.body.data, ...second.body.data].map(({ subject }) => subject);
  expect(subjects).toEqual(['call 0', 'call 1', 'call 2', 'call 3', 'call 4']);
});

test('a numbered page is what it was, and tells in a header where a cursor would go on', async () => {
  const customer = await newCustomer();
  await logCalls(customer, ...reports);
  const numbered = await customer.rest('GET', `${paths.calls}?per_page=2&page=2`);
  expect(numbered.body).toMatchObject({ current_page: 2, total: 5, last_page: 3, from: 3, to: 4 });
  const cursor = numbered.headers.get('x-next-cursor');
  const { body } = await customer.rest('GET', `${paths.calls}?per_page=2&page=7&cursor=${cursor}`);
  expect(body.data.map(({ subject }: { subject: string }) => subject)).toEqual(['call 0']);
  const last = await customer.rest('GET', `${paths.calls}?per_page=2&page=3`);
  expect(last.headers.has('x-next-cursor')).toBe(false);
});

test('a cursor of another order, or of nobody, is refused', async () => {
  const customer = await newCustomer();
  await logCalls(customer, ...reports);
  const { body } = await customer.rest('GET', `${paths.calls}?per_page=2&cursor=`);
  const foreign = {
    status: 400,
    body: refusedFields({
      cursor: 'The cursor field is invalid: The cursor does not belong to this list and order.',
    }),
  };
  for (const query of [`cursor=${body.next_cursor}&sort=end_time`, 'cursor=nonsense']) {
    expect(statusAndBody(await customer.rest('GET', `${paths.calls}?${query}`))).toEqual(foreign);
  }
  const listed = { status: 400, body: refusedQuery('The cursor is invalid.') };
  expect(statusAndBody(await customer.rest('GET', `${paths.calls}?cursor[]=x`))).toEqual(listed);
});
