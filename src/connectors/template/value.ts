import { formatDate, formatTimespan } from './format.ts';

/** A length of time, as a value of its own kind: it has its own formats and methods. */
export interface Timespan {
  milliseconds: number;
}

/** What a variable can hold. */
export type Value = string | number | boolean | null | Date | Timespan | string[];

/** Longer texts are cut: a template that doubles its text with every pass must not fill the memory. */
export const longestText = 1_000_000;

export const isTimespan = (value: Value): value is Timespan =>
  typeof value === 'object' && value !== null && 'milliseconds' in value;

/** A value as a phone system writes it where no format is told; null is the empty text. */
export function textOf(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value instanceof Date) return formatDate(value, 'MM/dd/yyyy HH:mm:ss');
  if (Array.isArray(value)) return value.join(',');
  if (isTimespan(value)) return formatTimespan(value.milliseconds, 'c');
  return String(value).slice(0, longestText);
}

/** The number that a value is or spells, else null. */
export function numberOf(value: Value): number | null {
  if (typeof value === 'number') return value;
  const text = typeof value === 'string' ? value.trim() : '';
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

/** The time that a value is or spells in ISO 8601; a text without a zone is UTC, as everything here is. */
export function dateOf(value: Value): Date | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value;
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d|$)/.test(value)) return null;
  const zoned = /(Z|[+-]\d\d:?\d\d|^.{10})$/.test(value) ? value : `${value}Z`;
  const date = new Date(zoned.replace(' ', 'T'));
  return Number.isNaN(date.getTime()) ? null : date;
}

/** The length of time that a value is or spells as `[d.]hh:mm:ss`. */
export function timespanOf(value: Value): Timespan | null {
  if (typeof value === 'object' && value !== null && isTimespan(value)) return value;
  const parts = typeof value === 'string' ? /^(?:(\d+)\.)?(\d+):(\d\d):(\d\d)(?:\.\d+)?$/.exec(value.trim()) : null;
  if (!parts) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return { milliseconds: (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 };
}

const special = '[]{}^';
const shields = '\uFDD0\uFDD1\uFDD2\uFDD3\uFDD4';

/**
 * Hides what an expression would take for its own signs, so that what a caller or a CRM wrote is never evaluated,
 * however many passes follow. Unicode reserves these five and a sixth code point for such inner use.
 */
export const shield = (text: string): string =>
  guard(text).replace(/[[\]{}^]/g, (sign) => shields[special.indexOf(sign)] as string);

/** Keeps the code points themselves, should a text hold any, apart from their inner use. */
export const guard = (text: string): string =>
  text.replace(/[\uFDD0-\uFDD5]/g, (sign) => `\uFDD5${sign.charCodeAt(0) - 0xfdd0}`);

export const unshield = (text: string): string =>
  text
    .replace(/[\uFDD0-\uFDD4]/g, (sign) => special[shields.indexOf(sign)] as string)
    .replace(/\uFDD5([0-5])/g, (_, digit) => String.fromCharCode(0xfdd0 + Number(digit)));
