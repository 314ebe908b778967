import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber as Parsed,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import { LRUCache } from 'lru-cache';

/** How a number was understood, in a customer's country. */
export interface PhoneNumber {
  /**
   * `international`: it told its country, be it one that nobody knows. `national`: read in the customer's country. `extension`: a short internal
   * number or short code. `hidden`: the caller withheld it. `unknown`: none of these, kept as it was sent.
   */
  kind: 'international' | 'national' | 'extension' | 'hidden' | 'unknown';
  /** As it arrived, without surrounding space. */
  sent: string;
  /** What is stored and shown: E.164 where it told a country or parses, `anonymous` where it is hidden, else as it was sent. */
  canonical: string;
  /** The digits by which it is found: those of the E.164 form, else those that were sent. */
  digits: string;
  /**
   * The digits that were sent, where they may be the end of a number or an extension. Null where they are a possible
   * number of the customer's country, or tell a country with a plus, or stand among letters.
   */
  fragment: string | null;
  mobile: boolean;
}

/** The longest run of digits that can only be an extension or a short code. */
const extensionDigits = 5;

/** What phone systems write instead of a number that was withheld. */
const hiddenWords =
  /^(no|anonymous|unknown|private|withheld|restricted|unavailable|hidden|blocked|anonyme?|unbekannt|inconnu|priv[eé]|masqu[eé])( ?(number|caller|caller ?id))?$/i;

/** One numbering plan with several country codes: overseas numbers are dialled like mainland ones. */
const frenchPlan: CountryCode[] = ['FR', 'RE', 'GP', 'MQ', 'GF', 'PM'];

/** A number that rings is read again when it is shown, when its context is kept, and when its call is logged. */
const readLately = new LRUCache<string, Readonly<PhoneNumber>>({ max: 5000 });
const longestKept = 80;

/** Understands a number as a phone system sends it. Never throws: what cannot be read is `unknown`. */
export function readPhoneNumber(text: string, country: string): Readonly<PhoneNumber> {
  const key = `${country} ${text}`;
  const known = readLately.get(key);
  if (known) return known;
  const number = Object.freeze(read(text, country));
  if (key.length <= longestKept) readLately.set(key, number);
  return number;
}

function read(text: string, country: string): PhoneNumber {
  const sent = text.trim();
  const bare = withoutAddress(sent.normalize('NFKC'));
  const digits = bare.replace(/\D/g, '');
  const unread = { sent, canonical: sent, digits, fragment: null, mobile: false };
  if (bare === '' || hiddenWords.test(bare) || /^\[.*\]$/.test(bare)) {
    return { ...unread, kind: 'hidden', canonical: 'anonymous', digits: '' };
  }
  const [, plus] = /^(\+?)[\d\s()./-]+$/.exec(bare) ?? [];
  const plain = plus === '';
  if (plain && digits.length <= extensionDigits) {
    return { ...unread, kind: 'extension', canonical: digits, fragment: digits };
  }
  const here = possible(bare, country);
  const fragment = plain && !here ? digits : null;
  const parsed = wholeNumber(bare, digits, here, country);
  if (!parsed && plus && digits.length > extensionDigits) {
    return { ...unread, kind: 'international', canonical: `+${digits}` };
  }
  if (!parsed) return { ...unread, kind: 'unknown', fragment };
  return {
    kind: toldCountry(bare, digits, parsed) ? 'international' : 'national',
    sent,
    canonical: parsed.number,
    digits: parsed.number.slice(1),
    fragment,
    mobile: parsed.getType() === 'MOBILE',
  };
}

/** Whether a code is that of a country whose numbering plan is known (ISO 3166-1 alpha-2, in capitals). */
export const isCountry = (code: string): boolean => isSupportedCountry(code);

/** Takes the number out of `tel:`, `sip:` and `"Name" <sip:…>` addresses. */
function withoutAddress(text: string): string {
  const inside = /<([^>]*)>/.exec(text)?.[1] ?? text;
  return inside
    .replace(/^(tel|sips?|callto):/i, '')
    .replace(/[@;].*$/s, '')
    .trim();
}

/** The number that was meant, if the text is a whole one; `here` is how the customer's country alone reads it. */
function wholeNumber(text: string, digits: string, here: Parsed | null, country: string): Parsed | null {
  if (text.startsWith('+')) return here;
  const zeros = afterZeros(text, country);
  // What stands after 00 must be the number itself: Australia's own prefix is 0011.
  if (zeros?.isValid() && zeros.number === `+${digits.slice(2)}`) return zeros;
  if (here?.isValid()) return here;
  return frenchNeighbour(text, country) ?? bareCountryCode(digits) ?? zeros ?? here;
}

/** How a country reads a text. `(0)` is the trunk prefix that callers from abroad leave out, unless it must be there. */
function possible(text: string, country: string): Parsed | null {
  const parsed = parsePhoneNumberFromString(text, country as CountryCode);
  if (parsed?.isValid() || !text.includes('(0)')) return parsed?.isPossible() ? parsed : null;
  return possible(text.replace('(0)', ''), country);
}

/** Everybody dials 00, also where the country's own international prefix is another one. */
const afterZeros = (text: string, country: string) =>
  text.startsWith('00') ? possible(`+${text.slice(2)}`, country) : null;

/** A number of the French plan that is not of this customer's part of it, such as a Réunion mobile seen in Paris. */
function frenchNeighbour(text: string, country: string): Parsed | null {
  if (!frenchPlan.includes(country as CountryCode)) return null;
  const readings = frenchPlan.map((neighbour) => parsePhoneNumberFromString(text, neighbour));
  return readings.find((parsed) => parsed?.isValid()) ?? null;
}

/** `33612345678`: a country code whose plus was lost on the way. Only a valid number is taken for one. */
function bareCountryCode(digits: string): Parsed | null {
  const parsed = parsePhoneNumberFromString(`+${digits}`);
  return parsed?.isValid() ? parsed : null;
}

/** Whether the country code was sent, be it with a plus, an international prefix, or bare. */
function toldCountry(text: string, digits: string, { nationalNumber, countryCallingCode }: Parsed): boolean {
  const before = digits.endsWith(nationalNumber) ? digits.slice(0, -nationalNumber.length) : '';
  return text.startsWith('+') || before.includes(countryCallingCode);
}
