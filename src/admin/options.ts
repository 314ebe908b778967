import { z } from 'zod';
import { isCountry } from '../phone-number.ts';

// What the options of several commands may be.
export const name = z.string().trim().min(1, 'must not be blank').max(255);
export const id = z.uuid('must be an id');
export const onOff = z.enum(['on', 'off'], 'must be on or off').transform((word) => word === 'on');
export const country = z.string().toUpperCase().refine(isCountry, 'must be a country code such as FR');
export const timeZone = z.string().refine(isTimeZone, 'must be a time zone such as Europe/Paris');

const spanMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
export const span = z
  .string()
  .regex(/^[1-9]\d{0,6}[smhd]$/, 'must be a span such as 90s, 30m, 12h or 365d')
  .transform((text) => Number(text.slice(0, -1)) * spanMs[text.at(-1) as keyof typeof spanMs]);

export const expiry = (now: Date, milliseconds: number | undefined) =>
  milliseconds === undefined ? null : new Date(now.getTime() + milliseconds);

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== undefined;
  } catch {
    return false;
  }
}
