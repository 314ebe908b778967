import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, dateIn, endOfDate, startOfDate } from '../../src/dashboard/browser/zone.ts';

const zones = ['Europe/Paris', 'America/New_York', 'Asia/Kathmandu', 'America/Santiago', 'Africa/Cairo', 'UTC'];

test('a date begins at the first second that has it, and ends at the last, in every zone and through both clock changes', () => {
  const day = fc.date({ min: new Date('2024-01-02'), max: new Date('2027-12-30'), noInvalidDate: true });
  fc.assert(
    fc.property(day, fc.constantFrom(...zones), (moment, zone) => {
      const date = moment.toISOString().slice(0, 10);
      const [start, end] = [startOfDate(date, zone), endOfDate(date, zone)];
      expect([dateIn(start, zone), dateIn(end, zone)]).toEqual([date, date]);
      expect(dateIn(new Date(start.getTime() - 1000), zone) < date).toBe(true);
      expect(dateIn(new Date(end.getTime() + 1000), zone) > date).toBe(true);
    }),
    { numRuns: 400, seed: 5 },
  );
});

test.each([
  ['2026-03-29', 'Europe/Paris', 23],
  ['2026-10-25', 'Europe/Paris', 25],
  ['2026-09-06', 'America/Santiago', 23],
  ['2026-06-01', 'Asia/Kathmandu', 24],
])('%s in %s has %i hours', (date, zone, hours) => {
  const length = startOfDate(addDays(date, 1), zone).getTime() - startOfDate(date, zone).getTime();
  expect(length / 3_600_000).toBe(hours);
});
