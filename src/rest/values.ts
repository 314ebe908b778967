import { limits } from '../limits.ts';

const truths = new Map(Object.entries({ true: true, '1': true, false: false, '0': false }));

export const readBoolean = (text: string): boolean | undefined => truths.get(text.toLowerCase());

/** Seconds, from a number of them, `mm:ss`, `hh:mm:ss`, `d.hh:mm:ss` or ISO 8601 (`PT3M`); fractions are cut off. */
export function readDuration(text: string): number | undefined {
  const seconds = secondsOf(text);
  return seconds !== undefined && seconds <= limits.durationSeconds ? Math.floor(seconds) : undefined;
}

function secondsOf(text: string): number | undefined {
  if (/^\d{1,12}(\.\d+)?$/.test(text)) return Number(text);
  const clock = /^(?:(?:(\d{1,3})\.)?(\d{1,3}):)?(\d{1,3}):(\d\d)(?:\.\d+)?$/.exec(text);
  if (clock) return total(clock[1], clock[2], clock[3], clock[4]);
  const iso = /^P(?=.)(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,8})(?:[.,]\d+)?S)?)?$/i.exec(text);
  return iso ? total(iso[1], iso[2], iso[3], iso[4]) : undefined;
}

const total = (days = '0', hours = '0', minutes = '0', seconds = '0') =>
  ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);

const timeFormat = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s?(?:Z|([+-])(\d\d):?(\d\d)?)?$/i;

/** A moment to the second; a time without a zone is UTC. Undefined for anything that depends on a culture. */
export function readTime(text: string): Date | undefined {
  // In a form or query, the plus of an offset arrives as a space.
  const match = timeFormat.exec(text.replace(/(:\d\d(?:\.\d+)?) (\d\d:?\d\d)$/, '$1+$2'));
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second = '0', sign, offsetHours = '0', offsetMinutes = '0'] = match;
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const local = new Date(Date.UTC(y, mo - 1, d, h, mi, s));
  const real = local.getUTCMonth() === mo - 1 && local.getUTCDate() === d && h < 24 && mi < 60 && s < 60;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -60_000 : 60_000);
  const time = new Date(local.getTime() - offset);
  return real && inYears(time) ? time : undefined;
}

const inYears = (time: Date) =>
  time.getUTCFullYear() >= limits.earliestYear && time.getUTCFullYear() <= limits.latestYear;

const day = 24 * 60 * 60 * 1000;
const second = 1000;

interface Range {
  from?: Date;
  to?: Date;
}

interface Span {
  first: Date;
  last: Date;
}

/** A span of time: an instant, be it in milliseconds since 1970, a UTC day, `from,to` with either side empty, or a leading `>=`, `<=`, `>`, `<`. */
export function readTimeRange(text: string): Range | undefined {
  if (text.includes(',')) {
    const [left = '', right = '', ...rest] = text.split(',').map((side) => side.trim());
    const from = left === '' ? undefined : spanOf(left);
    const to = right === '' ? undefined : spanOf(right);
    const broken = rest.length > 0 || (left !== '' && !from) || (right !== '' && !to) || (!from && !to);
    return broken ? undefined : { ...(from && { from: from.first }), ...(to && { to: to.last }) };
  }
  const [, operator, rest = ''] = /^(>=|<=|>|<)?\s*(.*)$/s.exec(text) ?? [];
  const span = spanOf(rest);
  const range = span && compared(operator, span);
  return range && [range.from, range.to].every((end) => !end || inYears(end)) ? range : undefined;
}

function compared(operator: string | undefined, span: Span): Range {
  switch (operator) {
    case '>=':
      return { from: span.first };
    case '<=':
      return { to: span.last };
    case '>':
      return { from: new Date(span.last.getTime() + second) };
    case '<':
      return { to: new Date(span.first.getTime() - second) };
    default:
      return { from: span.first, to: span.last };
  }
}

/** As dashboards send a moment. With fewer digits it would be a year, or seconds, to somebody else. */
const epochMs = /^\d{11,13}$/;

const wholeSecond = (milliseconds: number) => new Date(milliseconds - (milliseconds % second));

/** The first and the last second of an instant or of a day. */
function spanOf(text: string): Span | undefined {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const first = epochMs.test(text) ? wholeSecond(Number(text)) : readTime(isDay ? `${text}T00:00:00Z` : text);
  return first && { first, last: new Date(first.getTime() + (isDay ? day - second : 0)) };
}
