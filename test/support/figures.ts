import { clockAt, offsetAt, type Zone } from './zones.ts';

/** Calls and figures as plain loops reckon them, slowly, for comparison. */
export interface Call {
  id: string;
  direction: 'INBOUND' | 'OUTBOUND' | 'INTERNAL';
  status: 'COMPLETED' | 'MISSED' | 'BUSY';
  answered: boolean;
  durationSeconds: number | null;
  startTime: Date | null;
  numberExternal: string;
  numberDid: string | null;
  queueExtension: string | null;
  source: string | null;
  agentEmail: string | null;
  agentKey: string | null;
}

export type Bucket = 'HOUR' | 'DAY' | 'WEEK' | 'MONTH';
export const dimensions = ['DIRECTION', 'STATUS', 'AGENT', 'QUEUE', 'DID', 'SOURCE', 'WEEKDAY', 'HOUR_OF_DAY'] as const;
export type Dimension = (typeof dimensions)[number];

const quarter = 15 * 60_000;
const weekdayOf = (clock: Date) => clock.getUTCDay() || 7;

/** What is the same for all moments of one bucket, and for no others near it. */
function labelOf(bucket: Bucket, zone: Zone, moment: number): string {
  const clock = clockAt(zone, moment);
  const day = (date: Date) => date.toISOString().slice(0, 10);
  switch (bucket) {
    case 'HOUR':
      return `${clock.toISOString().slice(0, 13)} ${offsetAt(zone, moment)}`;
    case 'DAY':
      return day(clock);
    case 'WEEK':
      return day(new Date(Number(clock) - (weekdayOf(clock) - 1) * 24 * 60 * 60_000));
    case 'MONTH':
      return day(clock).slice(0, 7);
  }
}

/** The buckets from one moment to another, found quarter by quarter; no clock is ever changed within one. */
export function bucketsBetween(
  bucket: Bucket,
  zone: Zone,
  from: number,
  to: number,
): { start: number; label: string }[] {
  let begin = Math.floor(from / quarter) * quarter;
  while (labelOf(bucket, zone, begin - 1) === labelOf(bucket, zone, from)) begin -= quarter;
  const found: { start: number; label: string }[] = [];
  for (let at = begin; at <= to; at += quarter) {
    const label = labelOf(bucket, zone, at);
    if (found.at(-1)?.label !== label) found.push({ start: at, label });
  }
  return found;
}

export function valueIn(dimension: Dimension, zone: Zone, call: Call): string | null {
  const clock = call.startTime && clockAt(zone, Number(call.startTime));
  switch (dimension) {
    case 'DIRECTION':
      return call.direction;
    case 'STATUS':
      return call.status;
    case 'AGENT':
      return call.agentEmail?.toLowerCase() ?? call.agentKey;
    case 'QUEUE':
      return call.queueExtension;
    case 'DID':
      return call.numberDid;
    case 'SOURCE':
      return call.source;
    case 'WEEKDAY':
      return clock && String(weekdayOf(clock));
    case 'HOUR_OF_DAY':
      return clock && String(clock.getUTCHours());
  }
}

export function measuresOf(calls: Call[]) {
  const inbound = calls.filter(({ direction }) => direction === 'INBOUND');
  const talks: number[] = [];
  for (const { answered, durationSeconds } of calls)
    if (answered && durationSeconds !== null) talks.push(durationSeconds);
  talks.sort((a, b) => a - b);
  let seconds = 0;
  for (const talk of talks) seconds += talk;
  const rate = inbound.filter(({ answered }) => answered).length / inbound.length;
  return {
    calls: calls.length,
    answered: calls.filter(({ answered }) => answered).length,
    missed: inbound.filter(({ answered }) => !answered).length,
    unansweredOutbound: calls.filter(({ direction, answered }) => direction === 'OUTBOUND' && !answered).length,
    answerRate: inbound.length === 0 ? null : rate,
    talkSeconds: seconds,
    averageTalkSeconds: talks.length === 0 ? null : seconds / talks.length,
    medianTalkSeconds: percentile(talks, 0.5),
    p90TalkSeconds: percentile(talks, 0.9),
    callers: new Set(calls.map(({ numberExternal }) => numberExternal)).size,
  };
}

function percentile(sorted: number[], fraction: number): number | null {
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * fraction;
  const [below, above] = [sorted[Math.floor(place)] as number, sorted[Math.ceil(place)] as number];
  return below + (above - below) * (place - Math.floor(place));
}

export interface ExpectedRow {
  time: string | null;
  key: (string | null)[];
  calls: Call[];
}

/** Every row that figures must have, in their order, with the calls that it counts. */
export function expectedRows(
  calls: Call[],
  {
    zone,
    bucket,
    groupBy,
    span,
  }: { zone: Zone; bucket: Bucket | null; groupBy: Dimension[]; span: [number, number] | null },
): ExpectedRow[] {
  const keyOf = (call: Call) => groupBy.map((dimension) => valueIn(dimension, zone, call));
  const keys = [...new Set(calls.map((call) => JSON.stringify(keyOf(call))))]
    .map((text): (string | null)[] => JSON.parse(text))
    .toSorted((a, b) => compareKeys(a, b, groupBy));
  const rowsOf = (time: string | null, inTime: (call: Call) => boolean, filled: boolean): ExpectedRow[] =>
    (groupBy.length === 0 ? [[]] : keys)
      .map((key) => ({
        time,
        key,
        calls: calls.filter((call) => inTime(call) && JSON.stringify(keyOf(call)) === JSON.stringify(key)),
      }))
      .filter((row) => filled || row.calls.length > 0);
  if (!bucket) return rowsOf(null, () => true, groupBy.length === 0);
  const times = calls.flatMap(({ startTime }) => (startTime ? [Number(startTime)] : []));
  const ends = span ?? (times.length > 0 ? ([Math.min(...times), Math.max(...times)] as const) : null);
  const buckets = ends ? bucketsBetween(bucket, zone, ...ends) : [];
  return [
    ...buckets.flatMap(({ start, label }) =>
      rowsOf(
        new Date(start).toISOString(),
        ({ startTime }) => startTime !== null && labelOf(bucket, zone, Number(startTime)) === label,
        true,
      ),
    ),
    ...rowsOf(null, ({ startTime }) => startTime === null, false),
  ];
}

function compareKeys(one: (string | null)[], other: (string | null)[], groupBy: Dimension[]): number {
  for (const [index, dimension] of groupBy.entries()) {
    const [a = null, b = null] = [one[index], other[index]];
    if (a === b) continue;
    if (a === null || b === null) return a === null ? 1 : -1;
    if (dimension === 'WEEKDAY' || dimension === 'HOUR_OF_DAY') return Number(a) - Number(b);
    return a < b ? -1 : 1;
  }
  return 0;
}
