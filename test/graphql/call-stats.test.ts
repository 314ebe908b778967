import { expect, test } from 'vitest';
import { logCalls } from '../support/rest.ts';
import { newCustomer } from '../support/world.ts';

const figures = `query ($filter: PhoneCallFilter, $compareTo: StatsComparison) {
  callStats(filter: $filter, bucket: DAY, groupBy: [DIRECTION], compareTo: $compareTo) {
    timeZone
    rows { time key { dimension value } measures { calls answered missed answerRate talkSeconds } drillDown }
    total { calls unansweredOutbound averageTalkSeconds medianTalkSeconds p90TalkSeconds callers }
    previous { calls }
  }
}`;

test('figures are cut into days of the customer’s clock, with empty ones, a total and a comparison', async () => {
  const customer = await newCustomer();
  await logCalls(
    customer,
    { start_time_utc: '2026-02-27T12:00:00Z' },
    { start_time_utc: '2026-02-28T23:30:00Z', duration: 60 },
    { start_time_utc: '2026-03-01T12:00:00Z', duration: 90, number_from: '0698765432' },
    { start_time_utc: '2026-03-01T13:00:00Z', status: 'missed' },
  );
  const filter = { startTime: { from: '2026-02-28T23:00:00Z', to: '2026-03-02T22:59:59Z' } };
  const { body } = await customer.graphql(figures, { filter, compareTo: 'PREVIOUS_PERIOD' });
  const key = [{ dimension: 'DIRECTION', value: 'INBOUND' }];
  const day = (from: string, to: string) => ({ startTime: { from, to }, direction: ['INBOUND'] });
  expect(body).toEqual({
    data: {
      callStats: {
        timeZone: 'Europe/Paris',
        rows: [
          {
            time: '2026-02-28T23:00:00.000Z',
            key,
            measures: { calls: 3, answered: 2, missed: 1, answerRate: 2 / 3, talkSeconds: 150 },
            drillDown: day('2026-02-28T23:00:00.000Z', '2026-03-01T22:59:59.000Z'),
          },
          {
            time: '2026-03-01T23:00:00.000Z',
            key,
            measures: { calls: 0, answered: 0, missed: 0, answerRate: null, talkSeconds: 0 },
            drillDown: day('2026-03-01T23:00:00.000Z', '2026-03-02T22:59:59.000Z'),
          },
        ],
        total: {
          calls: 3,
          unansweredOutbound: 0,
          averageTalkSeconds: 75,
          medianTalkSeconds: 75,
          p90TalkSeconds: 87,
          callers: 2,
        },
        previous: { calls: 1 },
      },
    },
  });
});

const total =
  'query ($timeZone: String, $filter: PhoneCallFilter, $compareTo: StatsComparison) { callStats(timeZone: $timeZone, filter: $filter, compareTo: $compareTo) { timeZone total { calls } previous { calls } } }';

/** What a question is refused with: the place that is wrong, and a sentence. */
async function refused(variables: object, query = total) {
  const customer = await newCustomer();
  const { body } = await customer.graphql(query, variables);
  expect(body.data).toBeNull();
  expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  return body.errors?.[0]?.extensions.issues;
}

test.each(['Europe/Atlantis', '', '+02:00', 'CEST', "Europe/Paris'; --"])(
  'the time zone "%s" is refused',
  async (timeZone) => {
    const message = 'Must be the name of a time zone, such as Europe/Paris.';
    expect(await refused({ timeZone })).toEqual([{ path: ['timeZone'], message }]);
    const filter = { or: [{ localTime: { weekday: [1], timeZone } }] };
    expect(await refused({ filter })).toEqual([{ path: ['filter', 'localTime', 'timeZone'], message }]);
  },
);

test('figures are read by the customer’s clock unless another is named', async () => {
  const customer = await newCustomer({ timeZone: 'Pacific/Chatham' });
  expect((await customer.graphql(total)).body.data.callStats.timeZone).toBe('Pacific/Chatham');
  const { body } = await customer.graphql(total, { timeZone: 'America/Havana' });
  expect(body.data.callStats.timeZone).toBe('America/Havana');
});

test('a comparison needs a start and an end', async () => {
  const message = 'A comparison needs a filter with both ends of the start time.';
  for (const startTime of [undefined, { from: '2026-03-01T00:00:00Z' }, { to: '2026-03-01T00:00:00Z' }]) {
    const issues = await refused({ compareTo: 'PREVIOUS_WEEK', filter: { startTime } });
    expect(issues).toEqual([{ path: ['compareTo'], message }]);
  }
});

test('more rows than an answer may hold are refused, not cut off', async () => {
  const customer = await newCustomer();
  await logCalls(customer, {}, { source: 'x' });
  const query = `query ($filter: PhoneCallFilter, $groupBy: [StatsDimension!]) {
    callStats(filter: $filter, bucket: HOUR, groupBy: $groupBy) { rows { time } } }`;
  const hours = (count: number) => ({
    startTime: { from: '2026-01-01T00:00:00Z', to: new Date(Date.UTC(2026, 0, 1, count) - 1000).toISOString() },
  });
  const rows = async (variables: object) => (await customer.graphql(query, variables)).body;
  expect((await rows({ filter: hours(10_000) })).data.callStats.rows).toHaveLength(10_000);
  expect((await rows({ filter: hours(5000), groupBy: ['SOURCE'] })).data.callStats.rows).toHaveLength(10_000);
  for (const variables of [{ filter: hours(10_001) }, { filter: hours(5001), groupBy: ['SOURCE'] }]) {
    expect((await rows(variables)).errors?.[0]?.extensions.issues).toEqual([
      {
        path: ['bucket'],
        message: 'These would be more than 10000 rows; ask for larger buckets, a shorter time, or fewer dimensions.',
      },
    ]);
  }
});

test('nobody counts another customer’s calls', async () => {
  const [owner, stranger] = [await newCustomer(), await newCustomer()];
  await logCalls(owner, { subject: 'offer' }, { subject: 'offer' });
  for (const filter of [
    {},
    { search: 'offer' },
    { not: { direction: ['OUTBOUND'] } },
    { or: [{}, { search: owner.id }] },
  ]) {
    expect((await stranger.graphql(total, { filter })).body.data.callStats.total.calls).toBe(0);
    expect((await stranger.graphql(figures, { filter })).body.data.callStats.rows).toEqual([]);
  }
  expect((await owner.graphql(total, { filter: { search: 'offer' } })).body.data.callStats.total.calls).toBe(2);
});

/** A span, what it is compared with, and the span that this must be, each by its first and last second. */
const comparisons = [
  [
    'a day',
    'PREVIOUS_PERIOD',
    ['2026-03-30T22:00:00Z', '2026-03-31T21:59:59Z'],
    ['2026-03-29T22:00:00Z', '2026-03-30T21:59:59Z'],
  ],
  [
    'the day after clocks were set forward',
    'PREVIOUS_PERIOD',
    ['2026-03-29T22:00:00Z', '2026-03-30T21:59:59Z'],
    ['2026-03-28T23:00:00Z', '2026-03-29T21:59:59Z'],
  ],
  [
    'the day after clocks were set back',
    'PREVIOUS_DAY',
    ['2026-10-25T23:00:00Z', '2026-10-26T22:59:59Z'],
    ['2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z'],
  ],
  [
    'a week across the change',
    'PREVIOUS_PERIOD',
    ['2026-03-28T23:00:00Z', '2026-04-04T21:59:59Z'],
    ['2026-03-21T23:00:00Z', '2026-03-28T22:59:59Z'],
  ],
  [
    'half an hour',
    'PREVIOUS_PERIOD',
    ['2026-03-29T01:00:00Z', '2026-03-29T01:29:59Z'],
    ['2026-03-29T00:30:00Z', '2026-03-29T00:59:59Z'],
  ],
  [
    'a day so far',
    'PREVIOUS_DAY',
    ['2026-03-29T22:00:00Z', '2026-03-30T08:00:00Z'],
    ['2026-03-28T23:00:00Z', '2026-03-29T08:00:00Z'],
  ],
  [
    'a day so far, a week before',
    'PREVIOUS_WEEK',
    ['2026-03-29T22:00:00Z', '2026-03-30T08:00:00Z'],
    ['2026-03-22T23:00:00Z', '2026-03-23T09:00:00Z'],
  ],
  [
    'March',
    'PREVIOUS_MONTH',
    ['2026-02-28T23:00:00Z', '2026-03-31T21:59:59Z'],
    ['2026-01-31T23:00:00Z', '2026-02-28T22:59:59Z'],
  ],
  [
    'February after a leap year',
    'PREVIOUS_YEAR',
    ['2025-01-31T23:00:00Z', '2025-02-28T22:59:59Z'],
    ['2024-01-31T23:00:00Z', '2024-02-29T22:59:59Z'],
  ],
] as const;

test.each(comparisons)(
  '%s is compared with %s by the clock and the calendar',
  async (_, compareTo, [from, to], [first, last]) => {
    const customer = await newCustomer();
    const beside = (moment: string, seconds: number) => new Date(Date.parse(moment) + seconds * 1000).toISOString();
    await logCalls(
      customer,
      ...[beside(first, -1), first, last, beside(last, 1)].map((start_time_utc) => ({ start_time_utc })),
    );
    const { body } = await customer.graphql(total, { filter: { startTime: { from, to } }, compareTo });
    expect(body.data.callStats.previous).toEqual({ calls: 2 });
  },
);
