import { isUuid } from '../id.ts';
import { type CustomerRows, statement } from '../store/customer-store.ts';
import type { Customer } from './customer.ts';

/**
 * With whom a call or chat was: the contact that it names, if it is one of ours; else the only one that has the
 * number, or the email. Null when there is none, or several.
 */
export async function contactOf(
  { integrations }: Customer,
  rows: CustomerRows,
  { entityId, number, email }: { entityId: string | null; number?: string | null; email?: string | null },
): Promise<string | null> {
  if (!integrations.some((integration) => integration.connector === 'native')) return null;
  const named = entityId && isUuid(entityId) ? entityId : null;
  const [found] = await rows.rows(findContactOf, named, number ?? null, email?.toLowerCase() ?? null);
  return found?.id ?? null;
}

/** Gives a new contact the calls and chats of its numbers and email that are still nobody's, unless somebody shares them. */
export async function adoptHistory(
  rows: CustomerRows,
  contact: { id: string; email: string | null; numbers: string[] },
): Promise<void> {
  await rows.rows(adoptCalls, contact.id, contact.numbers);
  await rows.rows(adoptChats, contact.id, contact.numbers, contact.email?.toLowerCase() ?? null);
}

const findContactOf = statement<{ id: string | null }>(`
  SELECT coalesce(
    (SELECT id FROM contacts WHERE customer_id = $1 AND id = $2::uuid),
    (SELECT CASE WHEN count(DISTINCT contact_id) = 1 THEN min(contact_id::text)::uuid END FROM contact_numbers
     WHERE customer_id = $1 AND tail = right(ltrim($3::text, '+'), 7) AND canonical = $3),
    (SELECT CASE WHEN count(*) = 1 THEN min(id::text)::uuid END FROM contacts
     WHERE customer_id = $1 AND email_key = $4::text)
  ) AS id`);

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
