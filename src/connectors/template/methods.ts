import { formatDate, formatNumber, formatTimespan } from './format.ts';
import { dateOf, isTimespan, longestText, numberOf, type Timespan, textOf, timespanOf, type Value } from './value.ts';

type Method = (subject: Value, args: Value[]) => Value;

const text = (value: Value | undefined) => textOf(value ?? '');
const integer = (value: Value | undefined, missing = 0) => Math.trunc(numberOf(value ?? null) ?? missing);
const onText =
  (method: (subject: string, args: Value[]) => Value): Method =>
  (subject, args) =>
    method(textOf(subject), args);

const texts: Record<string, Method> = {
  replace: onText((subject, [old, fresh]) => (text(old) ? replaced(subject, text(old), text(fresh)) : subject)),
  substring: onText((subject, [start, length]) => {
    const from = Math.max(0, integer(start));
    return subject.slice(from, length === undefined ? undefined : from + Math.max(0, integer(length)));
  }),
  tolower: onText((subject) => subject.toLowerCase()),
  toupper: onText((subject) => subject.toUpperCase()),
  trim: onText((subject, args) => trimmed(trimmed(subject, args, 'start'), args, 'end')),
  trimstart: onText((subject, args) => trimmed(subject, args, 'start')),
  trimend: onText((subject, args) => trimmed(subject, args, 'end')),
  contains: onText((subject, [part]) => subject.includes(text(part))),
  startswith: onText((subject, [part]) => subject.startsWith(text(part))),
  endswith: onText((subject, [part]) => subject.endsWith(text(part))),
  equals: onText((subject, [other]) => subject === text(other)),
  indexof: onText((subject, [part, start]) => subject.indexOf(text(part), integer(start))),
  lastindexof: onText((subject, [part]) => subject.lastIndexOf(text(part))),
  padleft: onText((subject, [width, sign]) => subject.padStart(widthOf(width), text(sign).slice(0, 1) || ' ')),
  padright: onText((subject, [width, sign]) => subject.padEnd(widthOf(width), text(sign).slice(0, 1) || ' ')),
  insert: onText((subject, [at, part]) => subject.slice(0, integer(at)) + text(part) + subject.slice(integer(at))),
  remove: onText((subject, [start, count]) => {
    const from = Math.max(0, integer(start));
    return subject.slice(0, from) + (count === undefined ? '' : subject.slice(from + Math.max(0, integer(count))));
  }),
  split: onText((subject, [separator]) => subject.split(text(separator) || /\s/)),
  length: (subject) => (Array.isArray(subject) ? subject.length : textOf(subject).length),
  getvalue: (subject, [index]) => (Array.isArray(subject) ? (subject[integer(index)] ?? '') : subject),
  first: (subject) => (Array.isArray(subject) ? (subject[0] ?? '') : subject),
  last: (subject) => (Array.isArray(subject) ? (subject.at(-1) ?? '') : subject),
};

const units = { milliseconds: 1, seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 };
type Unit = keyof typeof units;
const wraps: Record<Unit, number> = { milliseconds: 1000, seconds: 60, minutes: 60, hours: 24, days: Infinity };

const onTimespan =
  (method: (milliseconds: number) => Value): Method =>
  (subject) => {
    const span = timespanOf(subject);
    return span ? method(span.milliseconds) : '';
  };

const onDate =
  (method: (date: Date, args: Value[]) => Value): Method =>
  (subject, args) => {
    const date = dateOf(subject);
    return date ? method(date, args) : '';
  };

const counts = (Object.keys(units) as Unit[]).flatMap((unit): [string, Method][] => [
  [`total${unit}`, onTimespan((milliseconds) => milliseconds / units[unit])],
  [unit, onTimespan((milliseconds) => Math.trunc(milliseconds / units[unit]) % wraps[unit])],
  [`add${unit}`, onDate((date, [count]) => new Date(date.getTime() + (numberOf(count ?? 0) ?? 0) * units[unit]))],
]);

const dates: Record<string, Method> = {
  year: onDate((date) => date.getUTCFullYear()),
  month: onDate((date) => date.getUTCMonth() + 1),
  day: onDate((date) => date.getUTCDate()),
  hour: onDate((date) => date.getUTCHours()),
  minute: onDate((date) => date.getUTCMinutes()),
  second: onDate((date) => date.getUTCSeconds()),
  date: onDate((date) => new Date(Math.floor(date.getTime() / units.days) * units.days)),
  touniversaltime: (subject) => subject,
  tounixtimeseconds: onDate((date) => Math.floor(date.getTime() / 1000)),
  tounixtimemilliseconds: onDate((date) => date.getTime()),
};

const methods = new Map<string, Method>(
  Object.entries({ ...texts, ...dates, ...Object.fromEntries(counts), tostring: written }),
);

/** The method of .NET that a name stands for, be it a property or its `get_`; undefined where there is none. */
export function methodNamed(name: string): Method | undefined {
  const plain = name.toLowerCase().replace(/^get_/, '');
  return methods.get(plain) ?? methods.get(plain.replace(/invariant$/, ''));
}

/** `ToString(format)`: a text that spells a time or a number is formatted as one, any other stays as it is. */
function written(subject: Value, [format]: Value[]): Value {
  const wanted = text(format);
  if (!wanted || subject === null) return textOf(subject);
  if (typeof subject === 'object' && !Array.isArray(subject) && isTimespan(subject)) {
    return formatTimespan((subject as Timespan).milliseconds, wanted);
  }
  const date = dateOf(subject);
  if (date) return formatDate(date, wanted);
  const number = typeof subject === 'boolean' ? null : numberOf(subject);
  return number === null ? textOf(subject) : formatNumber(number, wanted);
}

/** `replaceAll` with a text would expand `$&`; and a long text with many hits must not grow without end. */
function replaced(subject: string, old: string, fresh: string): string {
  const parts = subject.split(old);
  const size = subject.length + (parts.length - 1) * (fresh.length - old.length);
  return size > longestText ? subject : parts.join(fresh);
}

function trimmed(subject: string, args: Value[], side: 'start' | 'end'): string {
  const signs = args.map(text).join('');
  if (!signs) return side === 'start' ? subject.trimStart() : subject.trimEnd();
  let [from, to] = [0, subject.length];
  if (side === 'start') while (from < to && signs.includes(subject[from] as string)) from++;
  else while (to > from && signs.includes(subject[to - 1] as string)) to--;
  return subject.slice(from, to);
}

const widthOf = (value: Value | undefined) => Math.min(Math.max(0, integer(value)), 10_000);
