import { expect, test } from 'vitest';
import { anyId, anyTime, call, logCalls, paths, report } from '../support/rest.ts';
import { newCustomer, publicUrl, type TestCustomer } from '../support/world.ts';

/** The subjects of the calls that a query answers, in its order. */
async function subjects(customer: TestCustomer, query: string): Promise<string[]> {
  const { status, body } = await customer.rest('GET', `${paths.calls}?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.data.map(({ subject }: { subject: string }) => subject);
}

test('the list is Laravel’s flat paginator over whole calls, newest first', async () => {
  const customer = await newCustomer();
  const ids = await logCalls(customer, { subject: 'first' }, { subject: 'second', duration: 60 });
  const { status, body } = await customer.rest('GET', paths.calls);
  expect(status).toBe(200);
  expect(body).toEqual({
    current_page: 1,
    data: [
      call({ id: ids[1], start_time: '2026-03-01T09:00:00Z', subject: 'second', duration: 60 }),
      call({ id: ids[0], start_time: '2026-03-01T08:00:00Z', subject: 'first' }),
    ],
    first_page_url: `${publicUrl}${paths.calls}?page=1`,
    from: 1,
    last_page: 1,
    last_page_url: `${publicUrl}${paths.calls}?page=1`,
    links: [
      { url: null, label: '&laquo; Previous', active: false },
      { url: `${publicUrl}${paths.calls}?page=1`, label: '1', active: true },
      { url: null, label: 'Next &raquo;', active: false },
    ],
    next_page_url: null,
    path: `${publicUrl}${paths.calls}`,
    per_page: 20,
    prev_page_url: null,
    to: 2,
    total: 2,
  });
});

const segment = {
  id: anyId,
  order: 1,
  dn_type: 'call_queue',
  dn: '800',
  display_name: null,
  answered: true,
  start_time: '2026-03-01T08:00:05Z',
  answer_time: null,
  end_time: '2026-03-01T08:03:00Z',
};
const log = {
  id: anyId,
  integration: 'native',
  state: 'delivered',
  attempts: 1,
  message: 'Stored; nobody is known by this number.',
  remote_id: null,
  remote_url: null,
  created_at: anyTime,
  updated_at: anyTime,
};

test.each([
  ['include=segments', { segments: [segment] }],
  ['include=logs', { logs: [log] }],
  ['include=segments,logs', { segments: [segment], logs: [log] }],
  ['include=logs,%20segments', { segments: [segment], logs: [log] }],
  ['include=', {}],
  ['include=[Include]', {}],
])('%s adds exactly that to every call', async (query, included) => {
  const customer = await newCustomer();
  const context = {
    direction: 'inbound',
    number_from: '0612345678',
    number_to: '800',
    start_time_utc: '2026-03-01T08:00:05Z',
    start_time_reference: 'segment',
    segment_dn_type: 'call_queue',
    context_data: { reason: 'offer' },
  };
  await customer.rest('POST', paths.context, { body: context });
  const [id] = await logCalls(customer, { end_time_utc: '2026-03-01T08:03:00Z' });
  const { body } = await customer.rest('GET', `${paths.calls}?${query}`);
  expect(body.data).toEqual([
    call({
      id,
      start_time: '2026-03-01T08:00:00Z',
      end_time: '2026-03-01T08:03:00Z',
      duration: 180,
      number_did: '800',
      context_data: { reason: 'offer' },
      ...included,
    }),
  ]);
});

/** Four calls, one an hour from 08:00 of 1 March 2026 on, but for the last, which is a day later. */
const history = [
  { subject: 'a: Offer', status: 'completed', agent_email: 'Marc@Example.com', number_did: '0142685300' },
  { subject: 'b: 100% sure', status: 'Missed', number_from: '', agent_email: 'lea@example.com' },
  { subject: 'c: offer', direction: 'outbound', status: 'no-answer', number_from: '102', number_to: '0698765432' },
  {
    subject: 'd: Ärger',
    status: 'busy',
    answered: true,
    number_to: '102',
    start_time_utc: '2026-03-02T11:00:00Z',
    end_time_utc: '2026-03-02T11:05:00Z',
  },
];

test.each([
  ['filter[direction]=inbound', 'dba'],
  ['filter[direction]=OutBound', 'c'],
  ['filter[direction]=inbound,outbound', 'dcba'],
  ['filter[status]=completed', 'a'],
  ['filter[status]=missed', 'b'],
  ['filter[status]=NO-ANSWER,%20Busy', 'dc'],
  ['filter[answered]=true', 'da'],
  ['filter[answered]=False', 'cb'],
  ['filter[answered]=1,0', 'dcba'],
  ['filter[number_from]=0612345678', 'da'],
  ['filter[number_from]=%2B33612345678', 'da'],
  ['filter[number_from]=+33 6 12 34 56 78', 'da'],
  ['filter[number_from]=0033612345678,102', 'dca'],
  ['filter[number_from]=anonymous', 'b'],
  ['filter[number_from]=0611111111', ''],
  ['filter[number_to]=102', 'd'],
  ['filter[number_to]=%2B33698765432,101', 'cba'],
  ['filter[number_did]=%2B33142685300', 'a'],
  ['filter[agent_email]=marc@EXAMPLE.com', 'a'],
  ['filter[agent_email]=marc', ''],
  ['filter[agent_email]=lea@example.com,marc@example.com', 'ba'],
  ['filter[subject]=OFFER', 'ca'],
  ['filter[subject]=100%25', 'b'],
  ['filter[subject]=_', ''],
  ['filter[subject]=sure,Ärger', 'db'],
  ['filter[direction]=inbound&filter[answered]=1&filter[number_to]=101', 'a'],
  ['filter[direction]=[CallDirection]&filter[subject]=', 'dcba'],
  ['filter[start_time]=2026-03-01T09:00:00Z', 'b'],
  ['filter[start_time]=2026-03-01T10:00:00%2B01:00', 'b'],
  ['filter[start_time]=2026-03-01', 'cba'],
  ['filter[start_time]=2026-03-02', 'd'],
  ['filter[start_time]=2026-03-01T08:00:00Z,2026-03-01T09:00:00Z', 'ba'],
  ['filter[start_time]=2026-03-01T08:00:01Z,2026-03-01T10:00:00Z', 'cb'],
  ['filter[start_time]=2026-03-01,2026-03-02', 'dcba'],
  ['filter[start_time]=,2026-03-01', 'cba'],
  ['filter[start_time]=2026-03-02,', 'd'],
  ['filter[start_time]=>=2026-03-01T09:00:00Z', 'dcb'],
  ['filter[start_time]=>2026-03-01T09:00:00Z', 'dc'],
  ['filter[start_time]=<=2026-03-01T09:00:00Z', 'ba'],
  ['filter[start_time]=<2026-03-01T09:00:00Z', 'a'],
  ['filter[start_time]=>2026-03-01', 'd'],
  ['filter[start_time]=>=2026-03-02', 'd'],
  ['filter[start_time]=<=2026-03-01', 'cba'],
  ['filter[start_time]=<2026-03-02', 'cba'],
  ['filter[start_time]=1772355600000', 'b'],
  ['filter[start_time]=1772355600999', 'b'],
  ['filter[start_time]=1772355600000,1772359200000', 'cb'],
  ['filter[start_time]=2026-03-01,1772355600000', 'ba'],
  ['filter[start_time]=>=1772355600000', 'dcb'],
  ['filter[start_time]=<1772355600000', 'a'],
  ['filter[end_time]=2026-03-02', 'd'],
  ['filter[end_time]=<2026-03-02T11:05:00Z', ''],
])('%s finds the calls "%s"', async (query, found) => {
  const customer = await newCustomer();
  await logCalls(customer, ...history);
  expect((await subjects(customer, query)).map((subject) => subject[0]).join('')).toBe(found);
});

test('a raw plus of an offset in a filter is repaired', async () => {
  const customer = await newCustomer();
  await logCalls(customer, ...history);
  expect(await subjects(customer, 'filter[start_time]=2026-03-01T10:00:00+01:00')).toEqual(['b: 100% sure']);
});

/** Starts rise with the letters, but for c and d, which start together; ends fall with them. */
const ordered = [
  { subject: 'a', start_time_utc: '2026-03-01T08:00:00Z', end_time_utc: '2026-03-01T12:00:00Z' },
  { subject: 'b', start_time_utc: '2026-03-01T09:00:00Z', end_time_utc: '2026-03-01T11:00:00Z' },
  { subject: 'c', start_time_utc: '2026-03-01T10:00:00Z', end_time_utc: '2026-03-01T10:30:00Z' },
  { subject: 'd', start_time_utc: '2026-03-01T10:00:00Z', end_time_utc: '2026-03-01T10:20:00Z', number_to: '102' },
];

test.each([
  ['sort=start_time,end_time', 'abdc'],
  ['sort=start_time,-end_time', 'abcd'],
  ['sort=-start_time,end_time', 'dcba'],
  ['sort=-start_time,-end_time', 'cdba'],
  ['sort=start_time,end_time,-start_time,end_time,created_at,updated_at', 'abdc'],
  ['sort=end_time', 'dcba'],
  ['sort=-end_time', 'abcd'],
  ['sort=created_at', 'abcd'],
  ['sort=-created_at', 'dcba'],
  ['sort=updated_at', 'bcda'],
  ['sort=-updated_at,start_time', 'adcb'],
  ['sort=[Sort]', 'dcba'],
  ['', 'dcba'],
])('%s gives the order %s', async (query, order) => {
  const customer = await newCustomer();
  await logCalls(customer, ...ordered);
  const [first] = ordered;
  await customer.rest('POST', paths.calls, { body: { ...report, ...first, source: 'later' } });
  expect((await subjects(customer, query)).join('')).toBe(order);
});

test('another customer’s calls are not in the list, whatever is asked', async () => {
  const [owner, stranger] = [await newCustomer(), await newCustomer()];
  const [id] = await logCalls(owner, ...history);
  for (const query of ['', 'filter[number_from]=0612345678', 'page=2&per_page=1', `filter[subject]=${id}`]) {
    const { body } = await stranger.rest('GET', `${paths.calls}?${query}`);
    expect([body.data, body.total]).toEqual([[], 0]);
  }
});
