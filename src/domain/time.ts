const second = 1000;

/** Cuts the fraction of a second off: calls and chats are told apart by the second in which they began. */
export const wholeSecond = (time: Date | null | undefined): Date | null =>
  time ? new Date(Math.floor(time.getTime() / second) * second) : null;

/** Whole seconds from one moment to another; null unless both are known and in order. */
export function secondsBetween(start: Date | null, end: Date | null): number | null {
  if (!start || !end || end < start) return null;
  return Math.round((end.getTime() - start.getTime()) / second);
}
