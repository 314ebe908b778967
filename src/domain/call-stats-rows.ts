import { badInput } from '../errors.ts';
import { limits } from '../limits.ts';
import { type CallMeasures, noCalls } from './call-measure.ts';
import type { StatsDimension, StatsGroup } from './call-stats-query.ts';
import type { Place } from './drill-down.ts';
import type { Span } from './time-bucket.ts';

type Row = Omit<Place, 'timeZone'> & { measures: CallMeasures };

/**
 * The rows of figures by time and key: every bucket has every key that occurs, without calls if need be; the calls
 * without a start time stand at the end. Throws `BAD_USER_INPUT` when they are too many.
 */
export function statsRows(groups: StatsGroup[], buckets: Span[] | null, groupBy: StatsDimension[]): Row[] {
  const keys = groupBy.length === 0 ? [[]] : distinct(groups.map(({ key }) => key)).toSorted(byValue(groupBy));
  if (groups.length > limits.statsRows || keys.length * (buckets?.length ?? 1) > limits.statsRows) throw tooManyRows();
  const found = new Map(groups.map((group) => [nameOf(group.bucket, group.key), group]));
  const rowsOf = (number: number | null, bucket: Place['bucket'], filled: boolean): Row[] =>
    keys.flatMap((key) => {
      const measures = found.get(nameOf(number, key)) ?? (filled ? noCalls : null);
      return measures ? [{ bucket, key: named(groupBy, key), measures }] : [];
    });
  if (!buckets) return rowsOf(null, null, false);
  return [...buckets.flatMap((bucket, index) => rowsOf(index + 1, bucket, true)), ...rowsOf(null, 'untimed', false)];
}

export const tooManyRows = () =>
  badInput(
    ['bucket'],
    `These would be more than ${limits.statsRows} rows; ask for larger buckets, a shorter time, or fewer dimensions.`,
  );

type Key = StatsGroup['key'];

const nameOf = (bucket: number | null, key: Key) => JSON.stringify([bucket, key]);

const named = (groupBy: StatsDimension[], key: Key) =>
  groupBy.map((dimension, index) => ({ dimension, value: key[index] ?? null }));

const distinct = (keys: Key[]): Key[] => [...new Map(keys.map((key) => [nameOf(null, key), key])).values()];

/** Weekdays and hours as numbers, everything else as text; what was not told comes last. */
function byValue(groupBy: StatsDimension[]): (one: Key, other: Key) => number {
  const numeric = groupBy.map((dimension) => dimension === 'WEEKDAY' || dimension === 'HOUR_OF_DAY');
  return (one, other) => {
    const index = one.findIndex((value, at) => value !== other[at]);
    const [a, b] = [one[index] ?? null, other[index] ?? null];
    if (a === null || b === null) return a === null ? 1 : -1;
    return numeric[index] ? Number(a) - Number(b) : a < b ? -1 : 1;
  };
}
