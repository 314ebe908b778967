import { limits } from '../limits.ts';
import { report } from '../store/customer-store.ts';
import { callExpression } from './call-expression.ts';
import { type CallMeasures, type Measure, measures } from './call-measure.ts';
import type { Customer } from './customer.ts';
import { bindings } from './page.ts';
import { filterConditions, type PhoneCallFilter } from './phone-call-filter.ts';
import type { Span } from './time-bucket.ts';

type Bind = (value: unknown) => string;

export type StatsDimension = 'DIRECTION' | 'STATUS' | 'AGENT' | 'QUEUE' | 'DID' | 'SOURCE' | 'WEEKDAY' | 'HOUR_OF_DAY';

/** How calls are told apart, and what is reckoned of each group. */
export interface StatsGrouping {
  timeZone: string;
  /** In order and without a gap; null where time is not told apart. */
  buckets: Span[] | null;
  by: StatsDimension[];
  measures: Measure[];
}

export interface StatsQuery {
  filter: PhoneCallFilter;
  /** Leaves out the calls that began at another time; those without a start time stay. */
  within: Span | null;
  /** What is reckoned of all calls together; null where they are not asked for, and groups likewise. */
  whole: Measure[] | null;
  groups: StatsGrouping | null;
}

export interface StatsGroup extends CallMeasures {
  /** Whether it is all calls together. */
  whole: boolean;
  /** From 1; null for calls without a start time, and where there are no buckets. */
  bucket: number | null;
  key: (string | null)[];
}

/** The groups that have calls, and all calls together, by one statement. */
export async function readGroups(customer: Customer, query: StatsQuery): Promise<StatsGroup[]> {
  const { whole, groups } = query;
  const { values, bind } = bindings();
  const conditions = ['customer_id = $1', ...filterConditions(query.filter, customer, bind)];
  if (query.within) conditions.push(withinSql(query.within, bind));
  const from = `FROM phone_calls WHERE ${conditions.join(' AND ')}`;
  const columns = measureColumns([...(whole ?? []), ...(groups?.measures ?? [])]);
  const parts = [
    ...(whole ? [`SELECT true AS whole, NULL::int AS bucket, '{}'::text[] AS key${columns(whole)} ${from}`] : []),
    ...(groups ? [groupsSql(groups, columns(groups.measures), from, bind)] : []),
  ];
  if (parts.length === 0) return [];
  return customer.store.rows(report<StatsGroup>(parts.join(' UNION ALL ')), ...values);
}

function groupsSql({ buckets, by, timeZone }: StatsGrouping, columns: string, from: string, bind: Bind): string {
  const time = buckets && bucketSql(buckets, bind);
  const keys = by.map((dimension) => `(${dimensionSql[dimension](() => bind(timeZone))})::text`);
  const groups = [...(time ? [time.group] : []), ...keys];
  const select = `SELECT false AS whole, ${time?.number ?? 'NULL::int'} AS bucket, ARRAY[${keys.join(', ')}]::text[] AS key${columns} ${from}`;
  if (groups.length === 0) return select;
  // Materialized, as a plan for the first few groups would be slower than one for all.
  return `(WITH groups AS MATERIALIZED (${select} GROUP BY ${groups.join(', ')})
    SELECT * FROM groups LIMIT ${limits.statsRows + 1})`;
}

/**
 * The number of a call's bucket, from 1, and by what calls of one bucket are brought together. That is the bucket's start
 * where all are of one length: PostgreSQL reckons it sooner than it finds a bucket among hundreds, and reckons the number
 * for each group, and not for each call.
 */
function bucketSql(buckets: Span[], bind: Bind): { number: string; group: string } {
  const [first] = buckets;
  const length = ({ start, end }: Span) => Number(end) - Number(start);
  if (!first || buckets.some((bucket) => length(bucket) !== length(first))) {
    const number = `width_bucket(start_time, ${bind(buckets.map(({ start }) => start))}::timestamptz[])`;
    return { number, group: number };
  }
  const [step, origin] = [`${bind(`${length(first)} ms`)}::interval`, `${bind(first.start)}::timestamptz`];
  const start = `date_bin(${step}, start_time, ${origin})`;
  const seconds = (interval: string) => `extract(epoch FROM ${interval})`;
  return { number: `(${seconds(`${start} - ${origin}`)} / ${seconds(step)})::int + 1`, group: start };
}

/** The start times of the first and the last call of a filter; null where none has one. */
export async function readEnds(customer: Customer, filter: PhoneCallFilter): Promise<{ from: Date; to: Date } | null> {
  const { values, bind } = bindings();
  const conditions = ['customer_id = $1', ...filterConditions(filter, customer, bind)];
  const ends = report<{ first: Date | null; last: Date | null }>(
    `SELECT min(start_time) AS first, max(start_time) AS last FROM phone_calls WHERE ${conditions.join(' AND ')}`,
  );
  const [found] = await customer.store.rows(ends, ...values);
  return found?.first && found.last ? { from: found.first, to: found.last } : null;
}

const dimensionSql: Record<StatsDimension, (timeZone: () => string) => string> = {
  DIRECTION: () => callExpression.direction,
  STATUS: () => callExpression.status,
  AGENT: () => callExpression.agent,
  QUEUE: () => callExpression.queue,
  DID: () => callExpression.did,
  SOURCE: () => callExpression.source,
  WEEKDAY: (timeZone) => callExpression.weekday(timeZone()),
  HOUR_OF_DAY: (timeZone) => callExpression.hourOfDay(timeZone()),
};

const withinSql = ({ start, end }: Span, bind: Bind) =>
  `(start_time IS NULL OR start_time >= ${bind(start)} AND start_time < ${bind(end)})`;

/** All parts of the statement have the same columns; what a part is not asked for, it does not reckon. */
function measureColumns(all: Measure[]): (wanted: Measure[]) => string {
  const column = (name: Measure, wanted: boolean) =>
    `, (${wanted ? measures[name].sql : 'NULL'})::${measures[name].type} AS "${name}"`;
  return (wanted) => [...new Set(all)].map((name) => column(name, wanted.includes(name))).join('');
}
