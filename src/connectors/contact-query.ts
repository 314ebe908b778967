import type { PhoneNumber } from '../phone-number.ts';
import type { ContactQuery } from './connector.ts';

/** The readings of a number under which contacts are looked for; null for one that can never match. */
export function phoneQuery({ kind, sent, canonical, fragment }: PhoneNumber): ContactQuery['phone'] {
  const whole = kind === 'international' || kind === 'national';
  if (!whole && fragment === null) return null;
  return {
    sent,
    international: kind === 'international' ? canonical : null,
    national: kind === 'national' ? canonical : null,
    suffix: fragment !== null && fragment.length >= 7 ? fragment : null,
    extension: fragment !== null && fragment.length < 7 ? fragment : null,
  };
}
