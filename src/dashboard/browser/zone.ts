/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offsetMs(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(at.getTime() / 1000) * 1000;
}

/** The date (`2026-03-29`) on a zone's calendars at a moment. */
export const dateIn = (at: Date, timeZone: string): string =>
  new Date(at.getTime() + offsetMs(at, timeZone)).toISOString().slice(0, 10);

/** When a date begins in a zone: its midnight, or the first moment after it where the clocks skip midnight. */
export function startOfDate(date: string, timeZone: string): Date {
  const wall = Date.parse(`${date}T00:00:00Z`);
  const guess = new Date(wall - offsetMs(new Date(wall), timeZone));
  const better = new Date(wall - offsetMs(guess, timeZone));
  return dateIn(better, timeZone) < date ? guess : better;
}

/** The date some days later, or earlier. */
export function addDays(date: string, days: number): string {
  const moved = new Date(`${date}T00:00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** The last second of a date in a zone; calls begin on whole seconds. */
export const endOfDate = (date: string, timeZone: string): Date =>
  new Date(startOfDate(addDays(date, 1), timeZone).getTime() - 1000);
