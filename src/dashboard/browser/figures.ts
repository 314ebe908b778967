import { view } from './address.ts';
import { ask } from './ask.ts';
import {
  CallsDocument,
  OverTimeDocument,
  type OverTimeQuery,
  RankingsDocument,
  type RankingsQuery,
  TodayDocument,
  WeekByHourDocument,
} from './documents.generated.ts';
import { createSource } from './source.ts';
import { viewer } from './viewer.ts';
import { addDays, dateIn, endOfDate, startOfDate } from './zone.ts';

export type Bars = OverTimeQuery['callStats']['rows'];
export type Ranked = RankingsQuery['agents']['rows'];

/** The customer's time zone, by which days begin. */
export const timeZone = () => viewer.value.peek()?.customer.timeZone ?? 'UTC';

export const today = () => dateIn(new Date(), timeZone());

const daysOf = { today: 1, '7d': 7, '30d': 30 } as const;

/** The first and last date of the span that the reader chose. */
export const span = () => ({ from: addDays(today(), 1 - daysOf[view.value.range]), to: today() });

const startTime = ({ from, to }: { from: string; to: string }) => ({
  startTime: { from: startOfDate(from, timeZone()).toISOString(), to: endOfDate(to, timeZone()).toISOString() },
});

const lastMonth = () => ({ from: addDays(today(), -29), to: today() });

/** Today until now, beside yesterday until the same time. */
export const todayFigures = createSource(async () => {
  const soFar = { from: startOfDate(today(), timeZone()).toISOString(), to: new Date().toISOString() };
  return (await ask(TodayDocument, { filter: { startTime: soFar } })).callStats;
});

export const overTime = createSource(async () => {
  const bucket = view.value.range === 'today' ? 'HOUR' : 'DAY';
  return { bucket, ...(await ask(OverTimeDocument, { filter: startTime(span()), bucket })).callStats } as const;
});

/** The last month by weekday and hour: a shorter span says too little of a week. */
export const weekByHour = createSource(
  async () => (await ask(WeekByHourDocument, { filter: startTime(lastMonth()) })).callStats.rows,
);

export const rankings = createSource(async () => ask(RankingsDocument, { filter: startTime(span()) }));

/** How many missed calls are shown at once. */
const callbacksShown = 8;

export const callbacks = createSource(async () => {
  const filter = { awaitingCallback: true, ...startTime(lastMonth()) };
  return (await ask(CallsDocument, { filter, first: callbacksShown })).phoneCalls;
});
