import { z } from 'zod';
import { digest } from '../../digest.ts';
import { limits } from '../../limits.ts';
import { type PhoneNumber, readPhoneNumber } from '../../phone-number.ts';
import type { ConnectorContact, ContactQuery, MatchKind } from '../connector.ts';
import type { Contact as Outputs } from '../template/contacts.ts';

/** A record of a CRM, as the template told it and as it is answered. */
export interface FoundContact {
  outputs: Outputs;
  contact: ConnectorContact;
  /** Its numbers, in the order of their slots: mobile, business, home, other. */
  numbers: PhoneNumber[];
}

/** A text of somebody else's: what cannot be stored is left out, and what is too long is cut. */
const text = (longest: number) =>
  z
    .string()
    .optional()
    .transform(
      (value = '') => value.replaceAll('\0', '').toWellFormed().trim().slice(0, longest).toWellFormed() || null,
    );

const webAddress = z
  .string()
  .trim()
  .max(limits.url)
  .regex(/^https?:\/\//i)
  .refine((url) => URL.canParse(url))
  .transform((url) => url.toWellFormed());

const name = text(limits.shortText);
const phone = text(limits.phoneNumber);
const fields = z.object({
  Title: name,
  FirstName: name,
  LastName: name,
  CompanyName: name,
  Email: text(limits.email),
  PhoneMobile: phone,
  PhoneMobile2: phone,
  PhoneBusiness: phone,
  PhoneBusiness2: phone,
  PhoneHome: phone,
  PhoneHome2: phone,
  PhoneOther: phone,
  FaxBusiness: phone,
  EntityId: name,
  EntityType: name,
  CustomValue: name,
});

/** Reads a record that a CRM has told; a sentence where it cannot be answered. Its numbers are read in a country. */
export function readContact(outputs: Outputs, country: string): FoundContact | string {
  const url = webAddress.safeParse(outputs.ContactUrl ?? '');
  if (!url.success) return 'Its ContactUrl is no address of the web.';
  const read = fields.parse(outputs);
  const number = (sent: string | null) => (sent === null ? null : readPhoneNumber(sent, country));
  const slots = [
    [read.PhoneMobile, read.PhoneMobile2],
    [read.PhoneBusiness, read.PhoneBusiness2],
    [read.PhoneHome, read.PhoneHome2],
    [read.PhoneOther ?? read.FaxBusiness, read.PhoneOther && read.FaxBusiness],
  ].map((pair) => pair.map(number));
  const [mobile, business, home, other] = slots as [Slot, Slot, Slot, Slot];
  const contact: ConnectorContact = {
    id: read.EntityId ?? wizardId(outputs) ?? `entity-${digest(url.data).toString('hex').slice(0, 32)}`,
    civility: read.Title,
    firstName: read.FirstName,
    lastName: read.LastName,
    email: read.Email,
    company: read.CompanyName,
    website: null,
    phoneMobile1: shown(mobile[0]),
    phoneMobile2: shown(mobile[1]),
    phoneBusiness1: shown(business[0]),
    phoneBusiness2: shown(business[1]),
    phoneHome: shown(home[0]),
    phoneOther: shown(other[0] ?? home[1]),
    entityUrl: url.data,
    entityType: read.EntityType,
    customValue: read.CustomValue,
    createdAt: null,
    updatedAt: null,
  };
  return { outputs, contact, numbers: slots.flat().filter((found) => found !== null) };
}

/** Templates that a wizard made name the record so, and tell no EntityId. */
const wizardId = (outputs: Outputs) =>
  name.parse(Object.entries(outputs).find(([type]) => /^contactid$/i.test(type))?.[1]);

type Slot = [PhoneNumber | null, PhoneNumber | null];

const shown = (number: PhoneNumber | null) => (number && number.kind !== 'hidden' ? number.canonical : null);

const trust: MatchKind[] = ['E164', 'NATIONAL', 'EXTENSION', 'SUFFIX', 'EMAIL'];

interface Ranked {
  found: FoundContact;
  kind: MatchKind;
  /** Which of its numbers matched. */
  place: number;
}

/**
 * The contacts of the most trusted kind of match, best first: by the slot that matched, people before companies, and
 * then as the CRM has them. One contact that was found in two ways stands once.
 */
export function ranked(all: FoundContact[], query: ContactQuery['phone']): { kind: MatchKind; found: FoundContact[] } {
  const names = all.map(identity);
  const once = all.filter((_, index) => names.indexOf(names[index] as string) === index);
  const judged = once.map((found): Ranked => ({ found, ...matchOf(found, query) }));
  const kind = trust.find((one) => judged.some((hit) => hit.kind === one)) ?? 'SUFFIX';
  const isCompany = ({ contact }: FoundContact) => contact.firstName === null && contact.lastName === null;
  const best = judged
    .filter((hit) => hit.kind === kind)
    .toSorted((one, other) => one.place - other.place || Number(isCompany(one.found)) - Number(isCompany(other.found)));
  return { kind, found: best.map(({ found }) => found) };
}

const identity = ({ contact, outputs }: FoundContact) =>
  JSON.stringify(outputs.EntityId ? [contact.entityType, contact.id] : [contact.entityUrl]);

function matchOf({ numbers }: FoundContact, query: ContactQuery['phone']): Pick<Ranked, 'kind' | 'place'> {
  if (!query) return { kind: 'EMAIL', place: 0 };
  const tiers: [MatchKind, (number: PhoneNumber) => boolean][] = [
    ['E164', ({ canonical }) => query.international === canonical],
    ['NATIONAL', ({ canonical }) => query.national === canonical],
    ['EXTENSION', ({ canonical }) => canonical === query.extension],
  ];
  for (const [kind, matches] of tiers) {
    const index = numbers.findIndex(matches);
    if (index >= 0) return { kind, place: index };
  }
  return { kind: 'SUFFIX', place: 0 };
}
