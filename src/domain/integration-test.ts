import type { ConnectorContact, ConnectorTrace, ContactQuery, MatchKind } from '../connectors/connector.ts';
import { phoneQuery } from '../connectors/contact-query.ts';
import { DomainError } from '../errors.ts';
import { readPhoneNumber } from '../phone-number.ts';
import type { Customer, Integration } from './customer.ts';
import { findIntegration } from './integration.ts';

/** What an integration makes of a caller, step by step. */
export interface IntegrationTest extends ConnectorTrace {
  /** How the number was read; null without one. */
  number: string | null;
  /** How somebody was found; null where nobody was, or where the trace alone tells. */
  kind: MatchKind | null;
}

/**
 * Asks one integration who a number or email is, whatever its switches, and tells how it went; a CRM that fails is told
 * of among the warnings. Throws `NOT_FOUND`.
 */
export async function testIntegration(
  customer: Customer,
  id: string,
  caller: { phone?: string | null | undefined; email?: string | null | undefined },
): Promise<IntegrationTest> {
  const connection = customer.connect(await findIntegration(customer, id));
  const number = caller.phone ? readPhoneNumber(caller.phone, customer.defaultCountry) : null;
  const query: ContactQuery = { phone: number && phoneQuery(number), email: caller.email ?? null };
  const read = { number: number?.canonical ?? null };
  if (!query.phone && !query.email) {
    return { ...read, kind: null, requests: [], records: [], warnings: ['Such a number is never looked up.'] };
  }
  if (connection.test) return { ...read, kind: null, ...(await connection.test(query)) };
  return { ...read, ...(await search(connection, query)) };
}

async function search({ searchContacts }: Integration['connection'], query: ContactQuery) {
  const nothing = { kind: null, requests: [], records: [] };
  if (!searchContacts) return { ...nothing, warnings: ['This kind of CRM cannot look anybody up.'] };
  try {
    const hits = await searchContacts(query);
    if (!hits) return { ...nothing, warnings: [] };
    const records = hits.contacts.map((contact) => ({ step: 'search', fields: fieldsOf(contact), dropped: null }));
    return { kind: hits.kind, requests: [], records, warnings: moreThan(records.length, hits.candidates) };
  } catch (error) {
    if (error instanceof DomainError) return { ...nothing, warnings: [error.message] };
    throw error;
  }
}

const moreThan = (shown: number, candidates: number) =>
  candidates > shown ? [`${candidates} contacts match; the best ${shown} are answered.`] : [];

const fieldsOf = (contact: ConnectorContact): Record<string, string> =>
  Object.fromEntries(
    Object.entries(contact)
      .filter(([, value]) => typeof value === 'string' && value !== '')
      .map(([name, value]) => [name, String(value)]),
  );
