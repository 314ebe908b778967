/** As the reader's browser is set; undefined lets `Intl` find out. */
const locale = typeof navigator === 'undefined' ? undefined : navigator.language;

const whole = new Intl.NumberFormat(locale);

export const count = (value: number) => whole.format(value);

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

/** The zone's own name, such as `Paris, GMT+1`. */
export function zoneName(timeZone: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'shortOffset' }).formatToParts(new Date());
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value;
  return `${timeZone.split('/').at(-1)?.replaceAll('_', ' ')}, ${offset}`;
}
