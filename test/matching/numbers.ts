import {
  type CountryCode,
  getExampleNumber,
  isPossiblePhoneNumber,
  type PhoneNumber,
  parsePhoneNumberFromString as parse,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';

/** One valid fixed-line number a country. */
export const fixedLines = {
  AR: '+541143980765',
  AT: '+4313123456',
  AU: '+61212345678',
  BE: '+3223456789',
  BG: '+35929812345',
  BR: '+551133987650',
  CA: '+14165559876',
  CH: '+41443123456',
  CZ: '+420212345678',
  DE: '+4930123456',
  DK: '+4532123456',
  ES: '+34913987650',
  FI: '+35895550198',
  FR: '+33142685300',
  GB: '+442079460958',
  GR: '+302123456789',
  HK: '+85221234567',
  HU: '+3613987650',
  IE: '+35312345678',
  IL: '+97221234567',
  IN: '+911140987650',
  IS: '+3544101234',
  IT: '+390655512345',
  JP: '+81352987650',
  LT: '+37052123456',
  LU: '+35227123456',
  MX: '+525556987650',
  NL: '+31201234567',
  NO: '+4721234567',
  NZ: '+6493876540',
  PL: '+48221234567',
  PT: '+351213987654',
  RE: '+262262407856',
  RO: '+40211234567',
  RU: '+74957396021',
  SE: '+468123456',
  SG: '+6563987650',
  TR: '+902122987650',
  US: '+12125558765',
  ZA: '+27118769876',
} as const;

export type Country = keyof typeof fixedLines;
export const countries = Object.keys(fixedLines) as Country[];

/** A mobile and a fixed-line number of a country. */
export const numbersOf = (country: Country): PhoneNumber[] => [
  getExampleNumber(country, examples) as PhoneNumber,
  parse(fixedLines[country]) as PhoneNumber,
];

export interface Form {
  name: string;
  text: string;
  kind: 'E164' | 'NATIONAL' | 'SUFFIX';
  /** Whether the text can rightly be read as another number; then it need not find this one. */
  ambiguous: boolean;
}

/** Every way in which a phone system of the country may write the number. */
export function formsOf(number: PhoneNumber, country: Country): Form[] {
  const forms = [
    ...internationalForms(number, country),
    ...nationalForms(number, country),
    ...endings(number, country),
  ];
  return forms.filter((form) => form.text !== '');
}

/** The forms that tell a country code, of which the bare one may look like a number of the customer's country. */
export function internationalForms(
  { number, countryCallingCode: code, nationalNumber }: PhoneNumber,
  country: Country,
) {
  const digits = number.slice(1);
  const own = ownPrefix(country);
  const trunk = trunkOf(country);
  const other = (text: string) => {
    const read = parse(text, country);
    return read?.isValid() === true && read.number !== number;
  };
  // Italy's zero belongs to the number, so it stands in the brackets only where the number has one.
  const bracketed = nationalNumber.replace(/^0/, '');
  const form = (name: string, text: string, ambiguous = false): Form => ({ name, text, kind: 'E164', ambiguous });
  return [
    form('plus', number),
    form('bare', digits, parse(digits, country)?.nationalNumber === digits && other(digits)),
    form('00', `00${digits}`, other(`00${digits}`)),
    form('own', own && `${own}${digits}`, own.startsWith('00') && other(`+${own.slice(2)}${digits}`)),
    form('(0)', trunk === '0' || country === 'IT' ? `+${code} (0)${bracketed}` : '', other(`+${code}0${bracketed}`)),
    form('tel', `tel:${number}`),
    form('sip', `sip:${number}@pbx.example`),
  ];
}

function nationalForms(number: PhoneNumber, country: Country): Form[] {
  const { nationalNumber, countryCallingCode } = number;
  const written = number.formatNational().replace(/^\D+/, '');
  const dialled = written.replace(/\D/g, '');
  const kind = 'NATIONAL';
  const between = (separator: string) => written.replace(/\D+/g, separator);
  // In North America the trunk prefix is the country code.
  const trunk: Form =
    countryCallingCode === '1'
      ? { name: 'trunk', text: `1${nationalNumber}`, kind: 'E164', ambiguous: false }
      : { name: 'trunk', text: dialled === nationalNumber ? '' : dialled, kind, ambiguous: false };
  const bare = parse(nationalNumber, country);
  return [
    trunk,
    { name: 'national', text: nationalNumber, kind, ambiguous: bare?.number !== number.number },
    { name: 'spaces', text: between(' '), kind, ambiguous: false },
    { name: 'dots', text: between('.'), kind, ambiguous: false },
    { name: 'dashes', text: between('-'), kind, ambiguous: false },
  ];
}

/** The last digits; ambiguous where they are a possible number of the country by themselves. */
const endings = ({ number, nationalNumber }: PhoneNumber, country: Country): Form[] =>
  [7, 8, 9, 10]
    .filter((length) => length !== nationalNumber.length && length < number.length - 1)
    .map((length) => number.slice(-length))
    .map((text) => ({
      name: `last ${text.length}`,
      text,
      kind: 'SUFFIX',
      ambiguous: isPossiblePhoneNumber(text, country),
    }));

/** The prefix that the country itself dials before a country code, where it is not 00. */
export function ownPrefix(country: Country): string {
  // Countries where one chooses a carrier by it; one of the choices.
  const chosen: Partial<Record<Country, string>> = { BR: '0014', HK: '001', IL: '012', SG: '001' };
  const abroad = parse(country === 'FR' ? '+34913987650' : '+33142685300');
  const dialled = abroad?.format('IDD', { fromCountry: country as CountryCode });
  const prefix = chosen[country] ?? dialled?.split(' ')[0]?.replace(/\D/g, '') ?? '';
  return prefix === '00' ? '' : prefix;
}

/** What the country dials before a national number, such as France's 0. */
function trunkOf(country: Country): string {
  const mobile = getExampleNumber(country, examples) as PhoneNumber;
  const dialled = mobile.formatNational().replace(/\D/g, '');
  return dialled.endsWith(mobile.nationalNumber) ? dialled.slice(0, -mobile.nationalNumber.length) : '';
}
