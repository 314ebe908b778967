import type { Temporal } from 'temporal-polyfill';
import { zoned } from './time-zone.ts';

export type TimeBucket = 'HOUR' | 'DAY' | 'WEEK' | 'MONTH';

/** A span of time: its end belongs to the next one. */
export interface Span {
  start: Date;
  end: Date;
}

/**
 * The buckets that hold every moment from the first to the last, in order, without a gap. Days, weeks (from Monday)
 * and months begin when the clocks of the zone first show their first date, so a day has 23 or 25 hours where the clock is
 * changed. An hour ends where the clock shows the next one, or is changed. Answers one more than the maximum if there
 * are more.
 */
export function timeBuckets(bucket: TimeBucket, timeZone: string, first: Date, last: Date, maximum: number): Span[] {
  const starts = bucket === 'HOUR' ? hours(timeZone, Number(first)) : dates(bucket, timeZone, Number(first));
  const spans: Span[] = [];
  let start = starts.next().value;
  while (start <= Number(last) && spans.length <= maximum) {
    const end = starts.next().value;
    // A date that a zone has skipped altogether begins and ends together with the next.
    if (end > Number(first) && end > start) spans.push({ start: new Date(start), end: new Date(end) });
    start = end;
  }
  return spans;
}

type Starts = Generator<number, never, undefined>;

const hour = 3_600_000;
const second = 1000;

function* hours(timeZone: string, first: number): Starts {
  const lastChange = zoned(first + second, timeZone).getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity;
  let change = -Infinity;
  let offset = 0;
  const fullHour = (at: number) => at - ((((at + offset) % hour) + hour) % hour);
  for (let at = first; ; at = Math.min(fullHour(at) + hour, change)) {
    if (at >= change) {
      const clock = zoned(at, timeZone);
      offset = clock.offsetNanoseconds / 1_000_000;
      change = clock.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity;
    }
    if (at === first) at = Math.max(fullHour(at), lastChange);
    yield at;
  }
}

function* dates(bucket: Exclude<TimeBucket, 'HOUR'>, timeZone: string, first: number): Starts {
  const step = { DAY: { days: 1 }, WEEK: { weeks: 1 }, MONTH: { months: 1 } }[bucket];
  for (let date = firstDate(bucket, zoned(first, timeZone).toPlainDate()); ; date = date.add(step)) {
    yield date.toZonedDateTime(timeZone).epochMilliseconds;
  }
}

function firstDate(bucket: TimeBucket, date: Temporal.PlainDate): Temporal.PlainDate {
  if (bucket === 'WEEK') return date.subtract({ days: date.dayOfWeek - 1 });
  return bucket === 'MONTH' ? date.with({ day: 1 }) : date;
}
