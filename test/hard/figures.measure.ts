import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { measure } from '../support/measure.ts';
import { newCustomer, type TestCustomer } from '../support/world.ts';
import { insertCalls, million } from './many-calls.ts';

// A customer with a million calls within a year, and a neighbour with a tenth of that.
const month = { from: '2025-06-01T22:00:00Z', to: '2025-07-01T21:59:59Z' };

const database = new pg.Client(inject('database').databaseUrl);
let customer: TestCustomer;

beforeAll(async () => {
  await database.connect();
  const neighbour = await newCustomer();
  customer = await newCustomer();
  await database.query(insertCalls, [neighbour.id, million / 10]);
  await database.query(insertCalls, [customer.id, million]);
  await database.query('VACUUM (ANALYZE) phone_calls');
});
afterAll(() => database.end());

async function ask(query: string, variables: object) {
  const { body } = await customer.graphql(query, variables);
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  return body.data;
}

const told = (name: string, found: Record<string, number>) =>
  process.stdout.write(
    `${name}: ${Object.entries(found)
      .map(([what, ms]) => `${what} ${ms.toFixed(1)} ms`)
      .join(', ')}\n`,
  );

const cheap = `count(*)::int AS calls, count(*) FILTER (WHERE answered)::int AS answered,
  count(*) FILTER (WHERE direction = 'INBOUND' AND NOT answered)::int AS missed, sum(duration_seconds) FILTER (WHERE answered)::int AS seconds`;
const dear = `${cheap}, count(DISTINCT number_external)::int AS callers,
  percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY duration_seconds) FILTER (WHERE answered) AS percentiles`;
const hours = {
  truncated: `date_trunc('hour', start_time, 'Europe/Paris')`,
  binned: `date_bin('1 hour', start_time, timestamptz '2000-01-01T00:00:00Z')`,
  epoch: `floor(extract(epoch FROM start_time) / 3600)`,
};

const byHand = (hour: string, wanted: string) => () =>
  database.query(
    `SELECT ${hour} AS hour, ${wanted} FROM phone_calls
     WHERE customer_id = $1 AND start_time >= $2 AND start_time <= $3 GROUP BY 1 ORDER BY 1`,
    [customer.id, month.from, month.to],
  );

const figures = (measures: string) => () =>
  ask(
    `query ($filter: PhoneCallFilter) { callStats(filter: $filter, bucket: HOUR) { rows { time measures { ${measures} } } } }`,
    { filter: { startTime: month } },
  );

test.each([
  ['counts and talk time', cheap, 'calls answered missed talkSeconds'],
  [
    'callers and percentiles as well',
    dear,
    'calls answered missed talkSeconds callers medianTalkSeconds p90TalkSeconds',
  ],
])('hourly figures of 30 days cost at most half as much again as the best SQL: %s', async (name, sql, measures) => {
  const found = await measure(
    {
      figures: figures(measures),
      truncated: byHand(hours.truncated, sql),
      binned: byHand(hours.binned, sql),
      epoch: byHand(hours.epoch, sql),
    },
    15,
  );
  told(name, found);
  expect(found.figures).toBeLessThan(1.5 * Math.min(found.truncated, found.binned, found.epoch));
});

const list = `query ($after: String, $orderBy: [PhoneCallOrder!], $offset: Int, $first: Int = 20) {
  phoneCalls(first: $first, after: $after, orderBy: $orderBy, offset: $offset) { nodes { id subject } pageInfo { endCursor } } }`;

test.each(
  ['START_TIME', 'END_TIME', 'CREATED_AT', 'UPDATED_AT'].flatMap((field) => [
    { field, direction: 'ASC' },
    { field, direction: 'DESC' },
  ]),
)('page 20,000 by cursor costs at most twice the first page: $field $direction', async (order) => {
  const orderBy = [order];
  const before = await ask(list, { orderBy, offset: 19_999 * 20 - 1, first: 1 });
  const after = before.phoneCalls.pageInfo.endCursor;
  const found = await measure({ first: () => ask(list, { orderBy }), deep: () => ask(list, { orderBy, after }) }, 40);
  told(`${order.field} ${order.direction}`, found);
  expect(found.deep).toBeLessThan(2 * found.first);
});

test('page 20,000 of the legacy list by cursor costs at most twice the first', async () => {
  const path = '/api/crm/lookup/phone-calls';
  const get = async (query: string) => {
    const answer = await customer.rest('GET', `${path}?${query}`);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return answer;
  };
  const cursor = (await get('page=19999')).headers.get('x-next-cursor');
  const found = await measure({ first: () => get('cursor='), deep: () => get(`cursor=${cursor}`) }, 40);
  told('REST', found);
  expect(found.deep).toBeLessThan(2 * found.first);
});

test('the one call that holds a word is found as fast as ten pages are read', async () => {
  const found = await measure(
    {
      page: () => ask(list, {}),
      search: () => ask('{ phoneCalls(filter: { search: "order 777777" }) { nodes { subject } } }', {}),
    },
    20,
  );
  told('search', found);
  expect(found.search).toBeLessThan(10 * found.page);
});
