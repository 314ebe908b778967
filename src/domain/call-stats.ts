import { badInput } from '../errors.ts';
import { limits } from '../limits.ts';
import type { CallMeasures, Measure } from './call-measure.ts';
import { readEnds, readGroups, type StatsDimension } from './call-stats-query.ts';
import { statsRows, tooManyRows } from './call-stats-rows.ts';
import type { Customer } from './customer.ts';
import { drillDown, type StatsKey } from './drill-down.ts';
import type { PhoneCallFilter } from './phone-call-filter.ts';
import { type TimeBucket, timeBuckets } from './time-bucket.ts';
import { comparedSpan, type TimeComparison } from './time-comparison.ts';
import { readTimeZone } from './time-zone.ts';

type Maybe<T> = T | null | undefined;

export interface CallStatsQuestion {
  filter?: Maybe<PhoneCallFilter>;
  timeZone?: Maybe<string>;
  bucket?: Maybe<TimeBucket>;
  groupBy?: Maybe<StatsDimension[]>;
  compareTo?: Maybe<TimeComparison>;
}

/** What is wanted of the answer; nothing else is reckoned. Null where a part is not wanted at all. */
export interface StatsSelection {
  rows: Measure[] | null;
  total: Measure[] | null;
  previous: Measure[] | null;
}

export interface CallStatsRow {
  time: Date | null;
  key: StatsKey[];
  measures: CallMeasures;
  drillDown(): PhoneCallFilter;
}

export interface CallStats {
  asOf: Date;
  timeZone: string;
  rows: CallStatsRow[];
  total: CallMeasures;
  previous: CallMeasures | null;
}

/**
 * Figures of the calls of a filter, by one statement; by one more for a comparison, and one before to find the first
 * and the last call, where buckets are asked for without both ends of a time. Throws `BAD_USER_INPUT` for an unknown
 * time zone, a comparison without a time, or more rows than an answer may hold.
 */
export async function callStats(
  customer: Customer,
  question: CallStatsQuestion,
  selected: StatsSelection,
): Promise<CallStats> {
  const asOf = customer.now();
  const filter = question.filter ?? {};
  const timeZone = readTimeZone(question.timeZone ?? customer.timeZone, ['timeZone']);
  const by = [...new Set(question.groupBy ?? [])];
  const compared = question.compareTo ? comparedFilter(filter, question.compareTo, timeZone) : null;
  const { buckets, within } = selected.rows
    ? await bucketsOf(customer, filter, question.bucket ?? null, timeZone)
    : { buckets: null, within: null };
  const groups = selected.rows && { timeZone, buckets, by, measures: selected.rows };
  const [found, [previous]] = await Promise.all([
    readGroups(customer, { filter, within, groups, whole: selected.total }),
    compared ? readGroups(customer, { filter: compared, within: null, groups: null, whole: selected.previous }) : [],
  ]);
  const grouped = found.filter(({ whole }) => !whole);
  const rows = selected.rows ? statsRows(grouped, buckets, by) : [];
  return {
    asOf,
    timeZone,
    rows: rows.map(({ measures, ...place }) => ({
      time: place.bucket && place.bucket !== 'untimed' ? place.bucket.start : null,
      key: place.key,
      measures,
      drillDown: () => drillDown(filter, { ...place, timeZone }, customer.timeZone),
    })),
    total: found.find(({ whole }) => whole) ?? {},
    previous: compared ? (previous ?? {}) : null,
  };
}

/** The buckets of the filter's time; where it leaves an end open, from the first to the last call. */
async function bucketsOf(customer: Customer, filter: PhoneCallFilter, bucket: TimeBucket | null, timeZone: string) {
  if (!bucket) return { buckets: null, within: null };
  const { from, to } = filter.startTime ?? {};
  const ends = from && to ? { from, to } : await readEnds(customer, filter);
  if (!ends) return { buckets: [], within: null };
  const buckets = timeBuckets(bucket, timeZone, ends.from, ends.to, limits.statsRows);
  if (buckets.length > limits.statsRows) throw tooManyRows();
  const [first, last] = [buckets.at(0), buckets.at(-1)];
  // A call that has begun since the ends were looked up has no bucket.
  const within = !(from && to) && first && last ? { start: first.start, end: last.end } : null;
  return { buckets, within };
}

/** The same filter for the time that is compared; its ends are moved to whole seconds, on which calls begin. */
function comparedFilter(filter: PhoneCallFilter, comparison: TimeComparison, timeZone: string): PhoneCallFilter {
  const { from, to } = filter.startTime ?? {};
  if (!from || !to) {
    throw badInput(['compareTo'], 'A comparison needs a filter with both ends of the start time.');
  }
  const start = new Date(Math.ceil(Number(from) / second) * second);
  const end = new Date(Math.floor(Number(to) / second) * second + second);
  const before = comparedSpan(comparison, timeZone, { start, end });
  return { ...filter, startTime: { from: before.start, to: new Date(Number(before.end) - second) } };
}

const second = 1000;
