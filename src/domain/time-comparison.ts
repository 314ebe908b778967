import type { Span } from './time-bucket.ts';
import { zoned } from './time-zone.ts';

export type TimeComparison = 'PREVIOUS_PERIOD' | 'PREVIOUS_DAY' | 'PREVIOUS_WEEK' | 'PREVIOUS_MONTH' | 'PREVIOUS_YEAR';

const steps = {
  PREVIOUS_DAY: { days: 1 },
  PREVIOUS_WEEK: { weeks: 1 },
  PREVIOUS_MONTH: { months: 1 },
  PREVIOUS_YEAR: { years: 1 },
} as const;

/**
 * The span with which another is compared, by the clocks and the calendar of the zone: whole days stay whole days
 * across a change of the clock, and the month before a whole month is whole.
 */
export function comparedSpan(comparison: TimeComparison, timeZone: string, { start, end }: Span): Span {
  const [from, to] = [zoned(start, timeZone), zoned(end, timeZone)];
  if (comparison !== 'PREVIOUS_PERIOD') {
    const step = steps[comparison];
    return { start: moment(from.subtract(step)), end: moment(to.subtract(step)) };
  }
  const length = from.until(to, { largestUnit: 'days' });
  const wholeDays = length.with({ days: 0 }).blank;
  return { start: moment(from.subtract(wholeDays ? length : from.until(to))), end: start };
}

const moment = (clock: { epochMilliseconds: number }) => new Date(clock.epochMilliseconds);
