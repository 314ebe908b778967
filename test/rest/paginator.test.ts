import { beforeAll, expect, test } from 'vitest';
import { logCalls, paths } from '../support/rest.ts';
import { newCustomer, publicUrl, type TestCustomer } from '../support/world.ts';

const path = `${publicUrl}${paths.calls}`;

async function withCalls(count: number): Promise<TestCustomer> {
  const customer = await newCustomer();
  await logCalls(customer, ...Array.from({ length: count }, (_, index) => ({ subject: String(index + 1) })));
  return customer;
}

async function page(customer: TestCustomer, query: string) {
  const { status, body } = await customer.rest('GET', `${paths.calls}?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  const { data, ...paginator } = body;
  return { subjects: data.map(({ subject }: { subject: string }) => subject), ...paginator };
}

const numbered = (url: (page: number) => string, pages: number, active?: number) =>
  Array.from({ length: pages }, (_, index) => ({
    url: url(index + 1),
    label: String(index + 1),
    active: index + 1 === active,
  }));
const previous = (url: string | null) => ({ url, label: '&laquo; Previous', active: false });
const next = (url: string | null) => ({ url, label: 'Next &raquo;', active: false });

/** What every page of five calls, two a page, has in common. */
const url = (number: number) => `${path}?sort=start_time&per_page=2&page=${number}`;
const common = { first_page_url: url(1), last_page: 3, last_page_url: url(3), path, per_page: 2, total: 5 };

test('the first page leads to the next', async () => {
  expect(await page(await withCalls(5), 'sort=start_time&per_page=2')).toEqual({
    ...common,
    subjects: ['1', '2'],
    current_page: 1,
    from: 1,
    to: 2,
    prev_page_url: null,
    next_page_url: url(2),
    links: [previous(null), ...numbered(url, 3, 1), next(url(2))],
  });
});

test('a page in the middle leads both ways', async () => {
  expect(await page(await withCalls(5), 'sort=start_time&page=2&per_page=2')).toEqual({
    ...common,
    subjects: ['3', '4'],
    current_page: 2,
    from: 3,
    to: 4,
    prev_page_url: url(1),
    next_page_url: url(3),
    links: [previous(url(1)), ...numbered(url, 3, 2), next(url(3))],
  });
});

test('the last page has no next one', async () => {
  expect(await page(await withCalls(5), 'sort=start_time&per_page=2&page=3')).toEqual({
    ...common,
    subjects: ['5'],
    current_page: 3,
    from: 5,
    to: 5,
    prev_page_url: url(2),
    next_page_url: null,
    links: [previous(url(2)), ...numbered(url, 3, 3), next(null)],
  });
});

test('a page beyond the end is empty, and no error', async () => {
  expect(await page(await withCalls(5), 'sort=start_time&per_page=2&page=9')).toEqual({
    ...common,
    subjects: [],
    current_page: 9,
    from: null,
    to: null,
    prev_page_url: url(8),
    next_page_url: null,
    links: [previous(url(8)), ...numbered(url, 3), next(null)],
  });
});

test('a list without calls has one empty page', async () => {
  const only = (number: number) => `${path}?page=${number}`;
  expect(await page(await newCustomer(), '')).toEqual({
    subjects: [],
    current_page: 1,
    first_page_url: only(1),
    from: null,
    last_page: 1,
    last_page_url: only(1),
    links: [previous(null), ...numbered(only, 1, 1), next(null)],
    next_page_url: null,
    path,
    per_page: 20,
    prev_page_url: null,
    to: null,
    total: 0,
  });
});

test('following next_page_url sees every call of the filter once and stops on the last page', async () => {
  const customer = await withCalls(5);
  await logCalls(customer, { subject: 'other', number_from: '0698765432' });
  let address: string | null = `${path}?filter[number_from]=+33612345678&sort=start_time&per_page=2&include=logs`;
  const seen: string[] = [];
  for (let pages = 0; address && pages < 10; pages += 1) {
    const { body } = await customer.rest('GET', address.replace(publicUrl, ''));
    seen.push(...body.data.map((call: { subject: string; logs: object[] }) => `${call.subject}/${call.logs.length}`));
    expect(body.next_page_url === null).toBe(body.last_page === body.current_page);
    address = body.next_page_url;
  }
  expect(seen).toEqual(['1/1', '2/1', '3/1', '4/1', '5/1']);
});

test.each([
  ['per_page=1', 1],
  ['per_page=100', 100],
  ['per_page=100&include=segments,logs', 100],
  ['per_page=101', 100],
  ['per_page=1000000', 100],
  ['per_page=0', 20],
  ['per_page=-5', 20],
  ['per_page=2.5', 20],
  ['per_page=ten', 20],
  ['per_page=', 20],
  ['per_page=[PerPage]', 20],
  ['per_page[]=5', 20],
])('%s means pages of %i', async (query, size) => {
  const { per_page, current_page } = await page(await newCustomer(), query);
  expect({ per_page, current_page }).toEqual({ per_page: size, current_page: 1 });
});

test.each(['0', '-1', '1.5', 'two', '', '[Page]', '99999999999999999999', '٢'])(
  'page=%s means the first page',
  async (number) => {
    const { current_page, subjects } = await page(await withCalls(1), `page=${encodeURIComponent(number)}`);
    expect({ current_page, subjects }).toEqual({ current_page: 1, subjects: ['1'] });
  },
);

test('a page far beyond anything is empty', async () => {
  const { current_page, subjects, total } = await page(await withCalls(1), 'page=999999999999999');
  expect({ current_page, subjects, total }).toEqual({ current_page: 999_999_999_999_999, subjects: [], total: 1 });
});

let many: TestCustomer;
beforeAll(async () => {
  many = await withCalls(20);
});

test.each([
  [1, '1 2 3 4 5 6 7 8 9 10 ... 19 20'],
  [7, '1 2 3 4 5 6 7 8 9 10 ... 19 20'],
  [8, '1 2 ... 5 6 7 8 9 10 11 ... 19 20'],
  [13, '1 2 ... 10 11 12 13 14 15 16 ... 19 20'],
  [14, '1 2 ... 11 12 13 14 15 16 17 18 19 20'],
  [20, '1 2 ... 11 12 13 14 15 16 17 18 19 20'],
])('page %i of twenty links to the pages around it and to both ends', async (number, labels) => {
  const { links } = await page(many, `per_page=1&page=${number}`);
  const between = links.slice(1, -1) as { url: string | null; label: string; active: boolean }[];
  expect(between.map(({ label }) => label).join(' ')).toBe(labels);
  expect(between.filter(({ active }) => active).map(({ label }) => label)).toEqual([String(number)]);
  expect(between.map(({ url }) => url)).toEqual(
    between.map(({ label }) => (label === '...' ? null : `${path}?per_page=1&page=${label}`)),
  );
});
