import type { ConnectorContact, LinkSubject } from '../connectors/connector.ts';
import { contactPage } from '../links.ts';
import { readPhoneNumber } from '../phone-number.ts';
import type { CallDirection } from '../store/prisma/enums.ts';
import type { Customer } from './customer.ts';

/** Over which call a link is shown. */
export interface LinkOccasion {
  phone?: string | null | undefined;
  displayName?: string | null | undefined;
  callDirection?: CallDirection | null | undefined;
}

/** The contact's page in its CRM, else the first that an integration can build, else our own. */
export function contactLink(customer: Customer, contact: ConnectorContact, occasion: LinkOccasion = {}): string {
  if (contact.entityUrl) return contact.entityUrl;
  const { firstName, lastName, company } = contact;
  const name = [firstName, lastName].filter(Boolean).join(' ') || company;
  const asked = numberOf(customer, occasion);
  const subject = {
    ...contact,
    phone: asked ?? firstNumber(contact),
    displayName: name ?? occasion.displayName ?? null,
    direction: occasion.callDirection ?? null,
  };
  return builtLink(customer, subject) ?? contactPage(customer.publicUrl, contact.id);
}

/** A link for a caller whom nobody knows, or null where no integration builds one. */
export const strangerLink = (customer: Customer, email: string | null, occasion: LinkOccasion): string | null =>
  builtLink(customer, {
    id: null,
    phone: numberOf(customer, occasion),
    email,
    displayName: occasion.displayName ?? null,
    firstName: null,
    lastName: null,
    company: null,
    entityType: null,
    customValue: null,
    direction: occasion.callDirection ?? null,
  });

function builtLink({ integrations }: Customer, subject: LinkSubject): string | null {
  for (const { lookup, connection } of integrations) {
    const link = lookup ? connection.contactUrl?.(subject) : null;
    if (link) return link;
  }
  return null;
}

function numberOf({ defaultCountry }: Customer, { phone }: LinkOccasion): string | null {
  const number = phone ? readPhoneNumber(phone, defaultCountry) : null;
  return number && number.kind !== 'hidden' ? number.canonical : null;
}

const firstNumber = (contact: ConnectorContact): string | null =>
  contact.phoneMobile1 ??
  contact.phoneBusiness1 ??
  contact.phoneMobile2 ??
  contact.phoneBusiness2 ??
  contact.phoneHome ??
  contact.phoneOther;
