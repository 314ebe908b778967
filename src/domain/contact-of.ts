import type { CustomerRows } from '../store/customer-store.ts';
import { statement } from '../store/customer-store.ts';
import { isUuid } from './contact.ts';
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

const findContactOf = statement<{ id: string | null }>(`
  SELECT coalesce(
    (SELECT id FROM contacts WHERE customer_id = $1 AND id = $2::uuid),
    (SELECT CASE WHEN count(DISTINCT contact_id) = 1 THEN min(contact_id::text)::uuid END FROM contact_numbers
     WHERE customer_id = $1 AND tail = right(ltrim($3::text, '+'), 7) AND canonical = $3),
    (SELECT CASE WHEN count(*) = 1 THEN min(id::text)::uuid END FROM contacts
     WHERE customer_id = $1 AND email_key = $4::text)
  ) AS id`);
