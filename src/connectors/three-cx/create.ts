import { LRUCache } from 'lru-cache';
import { digest } from '../../digest.ts';
import { newContactPage } from '../../links.ts';
import { readPhoneNumber } from '../../phone-number.ts';
import type { ConnectorContact, ConnectorSetup, ContactQuery, NewContact } from '../connector.ts';
import { phoneQuery } from '../contact-query.ts';
import { ConnectorFailure } from '../failure.ts';
import type { NewContactFields, OpenTemplate } from '../template/run.ts';
import type { CrmTemplate, PostValue } from '../template/template.ts';
import { type FoundContact, readContact } from './contact.ts';
import { capabilities, type Lookups } from './lookup.ts';
import { writeFailure } from './outcome.ts';

export interface Creation {
  contact: ConnectorContact;
  created: boolean;
}

/** Answers a function that creates contacts; one that is asked for twice, at once or later, is created once. */
export function openCreation(crm: OpenTemplate, template: CrmTemplate, lookups: Lookups, setup: ConnectorSetup) {
  // A search of the CRM may not find at once what was made a moment ago.
  const made = new LRUCache<string, Promise<Creation>>({ max: 2000, ttl: 24 * 3600_000 });
  return async (given: NewContact, signal?: AbortSignal): Promise<Creation> => {
    const key = digest({ ...given, numbers: given.numbers.map(({ canonical }) => canonical) }).toString('base64');
    const known = made.get(key);
    if (known) return { ...(await known), created: false };
    const creating = createOnce(given, signal);
    made.set(key, creating);
    creating.catch(() => made.delete(key));
    return creating;
  };

  async function createOnce(given: NewContact, signal?: AbortSignal): Promise<Creation> {
    const twin = await findTwin(given, signal);
    if (twin) return { contact: twin.contact, created: false };
    const fields = fieldsOf(given);
    const trace = await crm.createContact(fields, isForClient(template, fields), signal);
    const failure = writeFailure(trace);
    if (failure) {
      // Many CRMs refuse what they have already.
      const kept = failure.outcome === 'refused' ? await findTwin(given, signal).catch(() => null) : null;
      if (kept) return { contact: kept.contact, created: false };
      throw failure;
    }
    if (trace.told === 0) {
      throw new ConnectorFailure(
        'refused',
        'The template creates no contact now: one of its switches is off (SkipIf).',
      );
    }
    const read = readContact(trace.hits.at(-1)?.contact ?? {}, setup.country);
    const found = typeof read === 'string' ? await findTwin(given, signal).catch(() => null) : read;
    if (!found) return { contact: asGiven(given, setup), created: true };
    lookups.remember(queryOf(given, setup.country), {
      kind: given.numbers.length > 0 ? 'E164' : 'EMAIL',
      found: [found],
    });
    return { contact: found.contact, created: true };
  }

  /** Somebody of the same names whom the CRM has under the same number or email. */
  async function findTwin(given: NewContact, signal?: AbortSignal): Promise<FoundContact | null> {
    const matched = await lookups.find(queryOf(given, setup.country), signal);
    const wanted = fullName(given);
    return matched?.found.find(({ contact }) => fullName(contact) === wanted) ?? null;
  }
}

const fullName = ({ firstName, lastName }: { firstName: string | null; lastName: string | null }) =>
  [firstName, lastName].filter(Boolean).join(' ').trim().toLowerCase();

function queryOf({ numbers, email }: NewContact, country: string): ContactQuery {
  const [first] = numbers;
  return { phone: first ? phoneQuery(readPhoneNumber(first.canonical, country)) : null, email };
}

const fieldsOf = ({ numbers, firstName, lastName, email }: NewContact): NewContactFields => ({
  number: numbers[0]?.canonical ?? '',
  firstName: firstName ?? '',
  lastName,
  email: email ?? '',
});

/**
 * A template can have one scenario for unknown callers and one for a form that a person fills in. The first is taken,
 * unless it would leave out more of what was given.
 */
function isForClient(template: CrmTemplate, fields: NewContactFields): boolean {
  const can = capabilities(template);
  if (!can.create || !can.createFromClient) return !can.create;
  return left(template, 'createcontactrecordfromclient', fields) < left(template, 'createcontactrecord', fields);
}

/** How many of the given fields the requests of a scenario do not mention. */
function left({ scenarios }: CrmTemplate, wanted: string, fields: NewContactFields): number {
  const written = scenarios
    .filter(({ id }) => id.toLowerCase() === wanted)
    .map(({ request }) => [request.url, request.message, request.postValues && textsOf(request.postValues)].join(' '))
    .join(' ');
  const names = {
    number: /Number\b/i,
    firstName: /FirstName|\[Name\]|CreateContactName/i,
    lastName: /LastName|\[Name\]|CreateContactName/i,
    email: /Email/i,
  };
  return Object.entries(names).filter(([field, name]) => fields[field as keyof typeof names] && !name.test(written))
    .length;
}

const textsOf = ({ text, children }: PostValue): string => [text, ...children.map(textsOf)].join(' ');

/** What is answered where the CRM says nothing about the contact that it made. */
function asGiven(given: NewContact, { publicUrl }: ConnectorSetup): ConnectorContact {
  const inSlot = (slot: string) => given.numbers.find((number) => number.slot === slot)?.canonical ?? null;
  const phone = given.numbers[0]?.canonical;
  return {
    id: `entity-${digest(
      fullName(given),
      given.email,
      given.numbers.map(({ canonical }) => canonical),
    )
      .toString('hex')
      .slice(0, 32)}`,
    civility: given.civility,
    firstName: given.firstName,
    lastName: given.lastName,
    email: given.email,
    company: null,
    website: null,
    phoneMobile1: inSlot('MOBILE_1'),
    phoneMobile2: inSlot('MOBILE_2'),
    phoneBusiness1: inSlot('BUSINESS_1'),
    phoneBusiness2: inSlot('BUSINESS_2'),
    phoneHome: inSlot('HOME'),
    phoneOther: inSlot('OTHER'),
    entityUrl: newContactPage(publicUrl, phone ? { phone } : { email: given.email ?? '' }),
    entityType: null,
    customValue: given.customValue,
    createdAt: null,
    updatedAt: null,
  };
}
