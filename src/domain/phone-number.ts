import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber as Parsed,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';

/** How a number was understood, in a customer's country. */
export interface PhoneNumber {
  /**
   * `international`: it told its country. `national`: read in the customer's country. `extension`: a short internal
   * number or short code. `hidden`: the caller withheld it. `unknown`: none of these, kept as it was sent.
   */
  kind: 'international' | 'national' | 'extension' | 'hidden' | 'unknown';
  /** As it arrived, without surrounding space. */
  sent: string;
  /** What is stored and shown: E.164 where it parses, `anonymous` where it is hidden, else as it was sent. */
  canonical: string;
  /** The digits by which it is found: those of the E.164 form, else those that were sent. */
  digits: string;
  mobile: boolean;
  /** Whether the plain national reading has a length that the customer's country uses. */
  possible: boolean;
}

/** The longest run of digits that can only be an extension or a short code. */
const extensionDigits = 5;

/** What phone systems write instead of a number that was withheld. */
const hiddenWords =
  /^(anonymous|unknown|private|withheld|restricted|unavailable|hidden|blocked|no ?number|no ?caller ?id|anonym|unbekannt|inconnu|priv[eé]|masqu[eé])$/i;

/** One numbering plan with several country codes: overseas numbers are dialled like mainland ones. */
const frenchPlan: CountryCode[] = ['FR', 'RE', 'GP', 'MQ', 'GF', 'PM'];

/** Understands a number as a phone system sends it. Never throws: what cannot be read is `unknown`. */
export function readPhoneNumber(text: string, country: string): PhoneNumber {
  const sent = text.trim();
  const bare = withoutAddress(sent.normalize('NFKC'));
  if (bare === '' || hiddenWords.test(bare) || /^\[.*\]$/.test(bare)) {
    return { kind: 'hidden', sent, canonical: 'anonymous', digits: '', mobile: false, possible: false };
  }
  const digits = bare.replace(/\D/g, '');
  if (!bare.startsWith('+') && /^\d+$/.test(bare.replace(/[\s().-]/g, '')) && digits.length <= extensionDigits) {
    return { kind: 'extension', sent, canonical: digits, digits, mobile: false, possible: false };
  }
  const parsed = parse(bare, digits, country);
  if (!parsed) return { kind: 'unknown', sent, canonical: sent, digits, mobile: false, possible: false };
  const carriedCountry = bare.startsWith('+') || beforeNational(digits, parsed).endsWith(parsed.countryCallingCode);
  return {
    kind: carriedCountry ? 'international' : 'national',
    sent,
    canonical: parsed.number,
    digits: parsed.number.slice(1),
    mobile: parsed.getType() === 'MOBILE',
    possible: !carriedCountry,
  };
}

/** Whether two written forms mean the same number in a country. */
export const isCountry = (code: string): boolean => isSupportedCountry(code);

/** Takes the number out of `tel:`, `sip:` and `"Name" <sip:…>` addresses. */
function withoutAddress(text: string): string {
  const inside = /<([^>]*)>/.exec(text)?.[1] ?? text;
  return inside
    .replace(/^(tel|sips?|callto):/i, '')
    .replace(/[@;].*$/s, '')
    .trim();
}

function parse(text: string, digits: string, country: string): Parsed | null {
  if (text.startsWith('+')) return possible(text, country);
  // Everybody dials 00, also where the country's own prefix is another one.
  if (digits.startsWith('00')) {
    const international = possible(`+${digits.slice(2)}`, country);
    if (international) return international;
  }
  const national = possible(text, country);
  if (national?.isValid()) return national;
  return frenchNeighbour(text, country) ?? bareCountryCode(digits) ?? national;
}

function possible(text: string, country: string): Parsed | null {
  const parsed = parsePhoneNumberFromString(text, country as CountryCode);
  return parsed?.isPossible() ? parsed : null;
}

/** A number of the French plan that is not of this customer's part of it, such as a Réunion mobile seen in Paris. */
function frenchNeighbour(text: string, country: string): Parsed | null {
  if (!frenchPlan.includes(country as CountryCode)) return null;
  const readings = frenchPlan
    .map((neighbour) => parsePhoneNumberFromString(text, neighbour))
    .filter((parsed) => parsed?.isValid());
  return readings[0] ?? null;
}

/** `33612345678`: a country code whose plus was lost on the way. Only a valid number is taken for one. */
function bareCountryCode(digits: string): Parsed | null {
  const parsed = parsePhoneNumberFromString(`+${digits}`);
  return parsed?.isValid() ? parsed : null;
}

/** What stood before the national number: a trunk prefix, or a country code with or without an international prefix. */
const beforeNational = (digits: string, { nationalNumber }: Parsed) =>
  digits.endsWith(nationalNumber) ? digits.slice(0, -nationalNumber.length) : '';
