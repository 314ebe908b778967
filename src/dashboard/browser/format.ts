/** As the reader's browser is set; undefined lets `Intl` find out. */
const locale = typeof navigator === 'undefined' ? undefined : navigator.language;

const whole = new Intl.NumberFormat(locale);
const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
const signed = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' });

export const count = (value: number) => whole.format(value);
export const calls = (value: number) => `${count(value)} ${value === 1 ? 'call' : 'calls'}`;
export const share = (value: number | null | undefined) => (value == null ? '–' : percent.format(value));
export const change = (value: number) => signed.format(value);

const unit = (value: number, name: string) =>
  new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'narrow' }).format(value);

/** A length of time in its two largest units, such as `3m 20s`. */
export function duration(seconds: number | null | undefined): string {
  if (seconds == null) return '–';
  const rounded = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(rounded / 3600), Math.floor(rounded / 60) % 60, rounded % 60];
  if (hours > 0) return `${unit(hours, 'hour')} ${unit(minutes, 'minute')}`;
  return minutes > 0 ? `${unit(minutes, 'minute')} ${unit(rest, 'second')}` : unit(rest, 'second');
}

type Moment = Date | string | null | undefined;

const formatted = (at: Moment, options: Intl.DateTimeFormatOptions) =>
  at == null ? '–' : new Intl.DateTimeFormat(locale, options).format(new Date(at));

export const clock = (at: Moment, timeZone: string) => formatted(at, { timeZone, timeStyle: 'short' });
export const dateAndClock = (at: Moment, timeZone: string) =>
  formatted(at, { timeZone, dateStyle: 'medium', timeStyle: 'short' });
export const exactly = (at: Moment, timeZone: string) =>
  formatted(at, { timeZone, dateStyle: 'full', timeStyle: 'medium' });
export const longDay = (at: Moment, timeZone: string) =>
  formatted(at, { timeZone, weekday: 'long', day: 'numeric', month: 'long' });
export const dayName = (at: Moment, timeZone: string) => formatted(at, { timeZone, weekday: 'short', day: 'numeric' });

/** The name of a weekday, 1 being Monday. */
export const weekday = (day: number, style: 'short' | 'long' = 'short') =>
  new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, day)));

/** How long ago something was, such as `3 hours ago`. */
export function ago(at: Moment, now: Date): string {
  if (at == null) return '–';
  const seconds = (new Date(at).getTime() - now.getTime()) / 1000;
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  if (Math.abs(seconds) < 60) return relative.format(0, 'minute');
  if (Math.abs(seconds) < 3600) return relative.format(Math.round(seconds / 60), 'minute');
  if (Math.abs(seconds) < 86_400) return relative.format(Math.round(seconds / 3600), 'hour');
  return relative.format(Math.round(seconds / 86_400), 'day');
}

/** The zone's own name, such as `Paris, GMT+1`. */
export function zoneName(timeZone: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'shortOffset' }).formatToParts(new Date());
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value;
  return `${timeZone.split('/').at(-1)?.replaceAll('_', ' ')}, ${offset}`;
}
