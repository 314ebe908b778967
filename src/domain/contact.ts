import type {
  ConnectorContact,
  ContactQuery,
  MatchKind,
  NewContact,
  NewContactNumber,
} from '../connectors/connector.ts';
import { phoneQuery } from '../connectors/contact-query.ts';
import { digest } from '../digest.ts';
import { DomainError } from '../errors.ts';
import { isUuid } from '../id.ts';
import { newContactPage } from '../links.ts';
import { type PhoneNumber, readPhoneNumber } from '../phone-number.ts';
import type { CallDirection } from '../store/prisma/enums.ts';
import { contactLink, strangerLink } from './contact-link.ts';
import { type Lookup, lookUp, type SkippedIntegration } from './contact-lookup.ts';
import { adoptHistory } from './contact-of.ts';
import type { Customer } from './customer.ts';
import { createOutside } from './outside-creation.ts';

export interface Contact extends Omit<ConnectorContact, 'entityUrl'> {
  entityUrl: string;
  /** The number that was asked for, exactly as it arrived; null when the email was asked for. */
  matchedNumber: string | null;
  placeholder: boolean;
}

export interface ContactMatch {
  kind: MatchKind | 'NONE';
  number: string | null;
  candidates: number;
  ambiguous: boolean;
  integration: string | null;
  skipped: SkippedIntegration[];
}

export interface ContactSearch {
  phone?: string | null | undefined;
  email?: string | null | undefined;
  displayName?: string | null | undefined;
  callDirection?: CallDirection | null | undefined;
  placeholder?: boolean | null | undefined;
}

/**
 * Who is calling? Asks the customer's integrations in their order; the first that knows somebody answers, within the
 * customer's deadline. Without a match the answer is empty, or one placeholder if that was asked for.
 */
export async function searchContacts(customer: Customer, search: ContactSearch) {
  const number = search.phone ? readPhoneNumber(search.phone, customer.defaultCountry) : null;
  const query: ContactQuery = { phone: number && phoneQuery(number), email: search.email ?? null };
  const matchedNumber = search.phone ?? null;
  const { hits, integration, skipped } = await whoIs(customer, query);
  const match: ContactMatch = {
    kind: hits?.kind ?? 'NONE',
    candidates: hits?.candidates ?? 0,
    number: number?.canonical ?? null,
    ambiguous: !!hits && hits.candidates > 1,
    integration,
    skipped,
  };
  if (!hits) return { contacts: search.placeholder ? [placeholderContact(customer, search, number)] : [], match };
  const contacts = hits.contacts.map((contact) => ({
    ...contact,
    entityUrl: contactLink(customer, contact, search),
    matchedNumber,
    placeholder: false,
  }));
  return { contacts, match };
}

/** A number that can never match is nobody's, and no CRM is asked for it. */
const whoIs = async (customer: Customer, query: ContactQuery): Promise<Lookup> =>
  query.phone || query.email ? lookUp(customer, query) : { hits: null, integration: null, skipped: [] };

export interface CreateContactInput {
  lastName: string;
  firstName?: string | null | undefined;
  civility?: string | null | undefined;
  email?: string | null | undefined;
  phone?: string | null | undefined;
  phoneBusiness?: string | null | undefined;
  phoneMobile?: string | null | undefined;
  customValue?: string | null | undefined;
  callDirection?: CallDirection | null | undefined;
}

/**
 * Creates a contact in the first integration that can. The same names, canonical numbers and email again answer the
 * contact that is there. Throws `NOT_ENABLED`, `CONNECTOR_REJECTED` or `CONNECTOR_UNAVAILABLE`.
 */
export async function createContact(customer: Customer, input: CreateContactInput) {
  if (!customer.contactCreationEnabled) {
    throw new DomainError('NOT_ENABLED', 'Contact creation is not enabled for this account.', {
      reason: 'CONTACT_CREATION_DISABLED',
    });
  }
  const integration = customer.integrations.find(
    ({ contactCreation, connection }) => contactCreation && connection.createContact,
  );
  const create = integration?.connection.createContact;
  if (!create) throw new DomainError('CONNECTOR_REJECTED', 'No connected CRM can create contacts.');
  const numbers = contactNumbers(input, customer.defaultCountry);
  const wanted: NewContact = {
    civility: input.civility ?? null,
    firstName: input.firstName ?? null,
    lastName: input.lastName,
    email: input.email ?? null,
    customValue: input.customValue ?? null,
    numbers,
  };
  const { id: integrationId, outside: crm } = integration;
  const place = crm && { integrationId, createContact: create, crm };
  const { contact, created } = await (place
    ? createOutside(customer, place, wanted)
    : customer.write(() => create(wanted)));
  if (created && !place) {
    await adoptHistory(customer.store, { ...contact, numbers: numbers.map(({ canonical }) => canonical) });
  }
  const matchedNumber = input.phone ?? input.phoneMobile ?? input.phoneBusiness ?? null;
  const entityUrl = contactLink(customer, contact, { phone: matchedNumber, callDirection: input.callDirection });
  return { contact: { ...contact, entityUrl, matchedNumber, placeholder: false }, created };
}

/** A contact by its id, or null when it is nobody's, or another customer's. */
export async function findContact(customer: Customer, id: string): Promise<Contact | null> {
  if (!isUuid(id)) return null;
  const found = await customer.store.prisma.contact.findFirst({ where: { id } });
  return found && ownContact(customer, found);
}

/** A row of our own contacts as everybody sees it. */
export const ownContact = (customer: Customer, row: ConnectorContact): Contact => ({
  ...row,
  entityUrl: contactLink(customer, row),
  matchedNumber: null,
  placeholder: false,
});

/** `phone` goes to the mobile slot if it is a mobile, else to business; a slot that is taken gives way to its second. */
function contactNumbers(input: CreateContactInput, country: string): NewContactNumber[] {
  const taken = new Map<string, NewContactNumber>();
  const place = (text: string | null | undefined, kind: 'MOBILE' | 'BUSINESS' | null) => {
    if (!text) return;
    const number = readPhoneNumber(text, country);
    const { sent, canonical, digits } = number;
    if (number.kind === 'hidden' || [...taken.values()].some((other) => other.canonical === canonical)) return;
    const base = kind ?? (number.mobile ? 'MOBILE' : 'BUSINESS');
    const slot = taken.has(`${base}_1`) ? (`${base}_2` as const) : (`${base}_1` as const);
    taken.set(slot, { slot, sent, canonical, digits });
  };
  place(input.phoneMobile, 'MOBILE');
  place(input.phoneBusiness, 'BUSINESS');
  place(input.phone, null);
  return [...taken.values()];
}

/**
 * The dummy contact that lets a 3CX go on when nobody is known: never stored, and the same for every spelling of one
 * number of one customer.
 */
function placeholderContact(customer: Customer, search: ContactSearch, number: PhoneNumber | null): Contact {
  const asked = search.phone ?? search.email ?? '';
  const subject = number ? ['phone', number.canonical] : ['email', asked.toLowerCase()];
  const phone = number && (number.kind === 'hidden' ? 'anonymous' : number.canonical);
  return {
    id: `placeholder-${digest(customer.id, ...subject)
      .toString('hex')
      .slice(0, 32)}`,
    civility: null,
    firstName: null,
    lastName: search.displayName ?? asked,
    email: search.email ?? null,
    company: null,
    website: null,
    phoneBusiness1: search.phone ?? null,
    phoneBusiness2: null,
    phoneMobile1: null,
    phoneMobile2: null,
    phoneHome: null,
    phoneOther: null,
    entityUrl:
      strangerLink(customer, search.email ?? null, search) ??
      newContactPage(customer.publicUrl, phone ? { phone } : { email: asked }),
    entityType: null,
    customValue: null,
    createdAt: null,
    updatedAt: null,
    matchedNumber: search.phone ?? null,
    placeholder: true,
  };
}
