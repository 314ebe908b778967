import { isUuid } from '../id.ts';
import { type CustomerRows, statement } from '../store/customer-store.ts';
import type { Customer } from './customer.ts';

/** What a report tells of the person at the other end. */
export interface OtherEnd {
  entityId: string | null;
  number?: string | null | undefined;
  email?: string | null | undefined;
}

/** The values of `contactOf`; a customer without contacts of our own has nobody. */
export function contactValues({ integrations }: Customer, { entityId, number, email }: OtherEnd) {
  if (!integrations.some((integration) => integration.connector === 'native')) return [null, null, null];
  return [entityId && isUuid(entityId) ? entityId : null, number ?? null, email?.toLowerCase() ?? null];
}

/**
 * With whom a call or chat was, as SQL: the contact that it names, if it is one of ours; else the only one that has
 * the number, or the email. Null when there is none, or several.
 */
export const contactOf = (named: string, number: string, email: string) => `coalesce(
    (SELECT id FROM contacts WHERE customer_id = $1 AND id = ${named}::uuid),
    (SELECT CASE WHEN count(DISTINCT contact_id) = 1 THEN min(contact_id::text)::uuid END FROM contact_numbers
     WHERE customer_id = $1 AND tail = right(ltrim(${number}::text, '+'), 7) AND canonical = ${number}),
    (SELECT CASE WHEN count(*) = 1 THEN min(id::text)::uuid END FROM contacts
     WHERE customer_id = $1 AND email_key = ${email}::text)
  )`;

/** Gives a new contact the calls and chats of its numbers and email that are still nobody's, unless somebody shares them. */
export async function adoptHistory(
  rows: CustomerRows,
  contact: { id: string; email: string | null; numbers: string[] },
): Promise<void> {
  await rows.rows(adoptCalls, contact.id, contact.numbers);
  await rows.rows(adoptChats, contact.id, contact.numbers, contact.email?.toLowerCase() ?? null);
}

/** Of some numbers, those that no other contact has. */
const unshared = (numbers: string) => `
  SELECT number FROM unnest(${numbers}::text[]) AS number
  WHERE NOT EXISTS (
    SELECT FROM contact_numbers AS other
    WHERE other.customer_id = $1 AND other.tail = right(ltrim(number, '+'), 7) AND other.canonical = number
      AND other.contact_id <> $2
  )`;

const adoptCalls = statement<never>(`
  UPDATE phone_calls SET contact_id = $2
  WHERE customer_id = $1 AND contact_id IS NULL AND number_external IN (${unshared('$3')})`);

const adoptChats = statement<never>(`
  UPDATE chats SET contact_id = $2
  WHERE customer_id = $1 AND contact_id IS NULL AND (number_external IN (${unshared('$3')})
    OR (party = $4 AND NOT EXISTS (
      SELECT FROM contacts AS other WHERE other.customer_id = $1 AND other.email_key = $4 AND other.id <> $2
    )))`);
