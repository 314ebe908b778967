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
