import type { CallContextModel, PhoneCallModel } from '../store/prisma/models.ts';

const minute = 60_000;

/** How far the clocks of a phone system and of whoever sent the context may differ, in milliseconds. */
export const clockSkewMs = 5 * minute;

/** How long ago a call may have begun that tells neither its start nor its length. */
const unknownLengthMs = 120 * minute;

type Timed = Pick<PhoneCallModel, 'startTime' | 'endTime' | 'durationSeconds' | 'createdAt'>;
type Call = Timed & Pick<PhoneCallModel, 'id' | 'callContextId' | 'contextData'>;
type Context = Pick<CallContextModel, 'id' | 'anchorTime' | 'startTime' | 'startTimeReference' | 'phoneCallId'>;

/** A logged call, and when it began by the clock of whoever sent its call-level context, if that told. */
export type Announced<C> = C & { contextStart: Date | null };

/** When a call ran, as far as it is told; what is not told is bounded by the moment of its report. */
export function callSpan(call: Timed): { start: number; end: number; startKnown: boolean } {
  const length = (call.durationSeconds ?? 0) * 1000;
  const told = call.startTime?.getTime() ?? (call.endTime && call.endTime.getTime() - length);
  const end = call.endTime?.getTime() ?? (told ? told + length : call.createdAt.getTime());
  if (told != null) return { start: told, end: Math.max(told, end), startKnown: true };
  const start = call.durationSeconds === null ? end : end - length;
  return { start, end, startKnown: call.durationSeconds !== null };
}

/** When a call ran by the clock of whoever sent its contexts, as far as that is known. */
function contextSpan(call: Announced<Call>): Span {
  const { start, end, startKnown } = callSpan(call);
  const ahead = call.contextStart && startKnown ? call.contextStart.getTime() - start : 0;
  return { start: start + ahead, end: end + ahead };
}

/** Between which moments a context must be anchored to belong to a call at all. */
export function contextWindow(call: Timed): { from: Date; to: Date } {
  const { start, end, startKnown } = callSpan(call);
  const earliest = startKnown ? start - clockSkewMs : end - unknownLengthMs;
  return { from: new Date(earliest), to: new Date(end + clockSkewMs) };
}

/**
 * Of the contexts between the same numbers, those that belong to a logged call: the nearest open call-level one, if it
 * has none yet, and every segment that lies nearer to it than to any other call that is known of. A segment that
 * another call has taken moves only to a call that is nearer.
 */
export function chooseContexts<C extends Context>(
  call: Announced<Call>,
  contexts: C[],
  others: Announced<Call>[],
): C[] {
  const span = callSpan(call);
  const open = contexts.filter((context) => context.startTimeReference === 'CALL' && context.phoneCallId === null);
  const callLevel = nearest(
    call.callContextId === null ? open.filter((context) => startsWith(span, context)) : [],
    (context) => Math.abs(context.anchorTime.getTime() - span.start),
  );
  // A call-level context that stays open announces another call, whose log is still to come.
  const announced = open
    .filter((context) => context !== callLevel)
    .map((context) => ({ start: context.anchorTime.getTime(), end: Number.POSITIVE_INFINITY }));
  const own = contextSpan({ ...call, contextStart: call.contextStart ?? callLevel?.startTime ?? null });
  const isMine = ({ anchorTime, phoneCallId }: C) => {
    const at = anchorTime.getTime();
    const losesTo = (other: Announced<Call>) =>
      other.id === phoneCallId ? !isNearer(own, contextSpan(other), at) : isNearer(contextSpan(other), own, at);
    return !announced.some((rival) => isNearer(rival, own, at)) && !others.some(losesTo);
  };
  const segments = contexts.filter(
    (context) => context.startTimeReference === 'SEGMENT' && within(span, context) && isMine(context),
  );
  return callLevel ? [callLevel, ...segments] : segments;
}

/** The logged call that a late context belongs to, or null: the nearest that fits and still has no such context. */
export function chooseCall<C extends Announced<Call>>(context: Context, calls: C[]): C | null {
  const at = context.anchorTime.getTime();
  if (context.startTimeReference === 'CALL') {
    return nearest(
      calls.filter((call) => call.callContextId === null && startsWith(callSpan(call), context)),
      (call) => Math.abs(callSpan(call).start - at),
    );
  }
  const fitting = calls.filter((call) => within(callSpan(call), context));
  return fitting.reduce<C | null>(
    (best, call) => (best && !isNearer(contextSpan(call), contextSpan(best), at) ? best : call),
    null,
  );
}

interface Span {
  start: number;
  end: number;
}

function startsWith(span: Span & { startKnown: boolean }, { anchorTime }: Context): boolean {
  const apart = anchorTime.getTime() - span.start;
  return span.startKnown ? Math.abs(apart) <= clockSkewMs : apart <= clockSkewMs && apart >= -unknownLengthMs;
}

const within = ({ start, end }: Span, { anchorTime }: Context) =>
  anchorTime.getTime() >= start - clockSkewMs && anchorTime.getTime() <= end + clockSkewMs;

/** Nothing inside the call, else how far before its start or after its end. */
const distance = ({ start, end }: Span, at: number) => Math.max(start - at, at - end, 0);

/** Of two calls that both ran at a moment, the one that began last before it is nearer. */
function isNearer(a: Span, b: Span, at: number): boolean {
  const difference = distance(a, at) - distance(b, at);
  return difference === 0 ? Math.abs(a.start - at) < Math.abs(b.start - at) : difference < 0;
}

function nearest<T>(candidates: T[], farness: (candidate: T) => number): T | null {
  return candidates.reduce<T | null>(
    (best, candidate) => (best === null || farness(candidate) < farness(best) ? candidate : best),
    null,
  );
}
