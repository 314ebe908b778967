import { sameNumber } from './number.ts';

/** The outputs of a record by their names, such as `FirstName` or `PhoneMobile2`. */
export type Contact = Record<string, string>;

const outputNames =
  'ContactUrl FirstName LastName CompanyName Title Email PhoneBusiness PhoneBusiness2 PhoneMobile PhoneMobile2 PhoneHome PhoneHome2 PhoneOther FaxBusiness EntityId EntityType CustomValue PhotoUrl'.split(
    ' ',
  );

/** An output's name as the format spells it; a name of the template's own stays as it is. */
export const outputName = (name: string): string =>
  outputNames.find((known) => known.toLowerCase() === name.toLowerCase()) ?? name;

/** What was searched for: only a number must stand in the contact that was found. */
export interface Search {
  number: string | null;
  /** How many digits of a number count; null for all. */
  longest: number | null;
}

/**
 * Why a phone system drops a hit, or null if it keeps it: it must have a link, a name or a company, and the number
 * that was searched for in one of its phone outputs.
 */
export function reasonToDrop(contact: Contact, { number, longest }: Search): string | null {
  const has = (output: string) => (contact[output] ?? '').trim() !== '';
  if (!has('ContactUrl')) return 'It has no ContactUrl.';
  if (!has('FirstName') && !has('LastName') && !has('CompanyName')) {
    return 'It has no FirstName, LastName or CompanyName.';
  }
  if (number === null) return null;
  const phones = Object.keys(contact).filter(
    (output) => /^(Phone|Fax)/.test(output) && output !== 'PhotoUrl' && has(output),
  );
  if (phones.length === 0) return 'It has no phone output.';
  const matched = phones.some((output) => sameNumber(contact[output] ?? '', number, longest));
  return matched ? null : `None of its phone outputs is ${number}.`;
}

/** What a phone system shows of a contact: first and last name, else the company. */
export function displayName(contact: Contact): string {
  const name = [contact.FirstName, contact.LastName].filter(Boolean).join(' ').trim();
  return name || (contact.CompanyName ?? '');
}
