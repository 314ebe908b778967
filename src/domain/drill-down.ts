import type { CallDirection, CallStatus } from '../store/prisma/enums.ts';
import type { CallCondition, CallDetail } from './call-condition.ts';
import type { StatsDimension } from './call-stats-query.ts';
import type { PhoneCallFilter } from './phone-call-filter.ts';
import type { Span } from './time-bucket.ts';

export interface StatsKey {
  dimension: StatsDimension;
  value: string | null;
}

/** Where a row of figures stands: in a bucket, or `untimed` among the calls without a start; and its keys. */
export interface Place {
  bucket: Span | 'untimed' | null;
  key: StatsKey[];
  timeZone: string;
}

/**
 * The filter of the figures, narrowed to the calls of one row. It stays as flat as it was, so that a person can read
 * and change it: what the row tells takes the place of what the filter left open.
 */
export function drillDown(filter: PhoneCallFilter, place: Place, customerZone: string): PhoneCallFilter {
  const { bucket, key } = place;
  const missing = key.flatMap(({ dimension, value }) => (value === null ? [detailOf(dimension)] : []));
  if (bucket === 'untimed') missing.push('START_TIME');
  const narrowed: PhoneCallFilter = Object.assign({ ...filter }, ...key.map(conditionOf));
  if (missing.length > 0) narrowed.without = [...new Set([...(filter.without ?? []), ...missing])];
  if (bucket && bucket !== 'untimed') narrowed.startTime = overlap(filter.startTime, bucket);
  return withLocalTime(narrowed, place, customerZone);
}

const detailOf = (dimension: StatsDimension): CallDetail =>
  dimension === 'AGENT' || dimension === 'QUEUE' || dimension === 'DID' || dimension === 'SOURCE'
    ? dimension
    : 'START_TIME';

function conditionOf({ dimension, value }: StatsKey): CallCondition {
  if (value === null) return {};
  switch (dimension) {
    case 'DIRECTION':
      return { direction: [value as CallDirection] };
    case 'STATUS':
      return { status: [value as CallStatus] };
    case 'AGENT':
      return { agent: [value] };
    case 'QUEUE':
      return { queueExtension: [value] };
    case 'DID':
      return { numberDid: [value] };
    case 'SOURCE':
      return { source: [value] };
    default:
      return {};
  }
}

const second = 1000;

/** A range includes its end, a span does not; calls begin on whole seconds. */
function overlap(range: PhoneCallFilter['startTime'], { start, end }: Span) {
  const last = new Date(Number(end) - second);
  return {
    from: range?.from && range.from > start ? range.from : start,
    to: range?.to && range.to < last ? range.to : last,
  };
}

/** What clocks showed is asked for beside the filter's own question of that kind, where they are of another zone. */
function withLocalTime(filter: PhoneCallFilter, { key, timeZone }: Place, customerZone: string): PhoneCallFilter {
  const shown = (dimension: StatsDimension) => key.find((one) => one.dimension === dimension)?.value ?? undefined;
  const [weekday, hourOfDay] = [shown('WEEKDAY'), shown('HOUR_OF_DAY')];
  if (weekday === undefined && hourOfDay === undefined) return filter;
  const asked = {
    ...(weekday !== undefined && { weekday: [Number(weekday)] }),
    ...(hourOfDay !== undefined && { hourOfDay: [Number(hourOfDay)] }),
    timeZone,
  };
  const { localTime } = filter;
  const otherZone = localTime && (localTime.timeZone ?? customerZone) !== timeZone;
  return otherZone
    ? { ...filter, and: [...(filter.and ?? []), { localTime: asked }] }
    : { ...filter, localTime: { ...localTime, ...asked } };
}
