import { DomainError } from '../errors.ts';
import { type CustomerStore, statement } from '../store/customer-store.ts';
import type { Store } from '../store/open.ts';
import type { IntegrationModel } from '../store/prisma/models.ts';
import { givenConfiguration, sealConfiguration } from './connection.ts';
import { resealWebhook } from './webhook.ts';

/**
 * Seals every secret anew, or those of one customer, with the first key, so that the older ones can be dropped. Answers
 * how many there are, and which integrations and webhooks no key opens any more. Safe to run while servers run.
 */
export async function resealSecrets(
  store: Store,
  customerId?: string,
): Promise<{ resealed: number; unreadable: string[] }> {
  const unreadable: string[] = [];
  let resealed = 0;
  const keys = await store.operator.integration.findMany({
    where: { configuration: { not: null }, ...(customerId !== undefined && { customerId }) },
    select: { customerId: true, id: true },
  });
  for (const key of keys) {
    const outcome = await resealOne(store.forCustomer(key.customerId), key.id);
    if (outcome === 'unreadable') unreadable.push(key.id);
    else resealed++;
  }
  const webhooks = await store.operator.webhook.findMany({
    where: customerId === undefined ? {} : { customerId },
    select: { customerId: true, id: true },
  });
  for (const webhook of webhooks) {
    if (await resealWebhook(store.forCustomer(webhook.customerId), webhook.id)) resealed++;
    else unreadable.push(webhook.id);
  }
  return { resealed, unreadable };
}

async function resealOne(rows: CustomerStore, id: string): Promise<'done' | 'unreadable'> {
  const row = await rows.prisma.integration.findFirst({ where: { id } });
  if (!row?.configuration) return 'done';
  const sealed = sealedAnew(row, rows);
  if (!sealed) return 'unreadable';
  const [stored] = await rows.rows(replaceSealed, id, row.configuration, sealed);
  // Somebody changed it in between, and may have used an older key.
  return stored ? 'done' : resealOne(rows, id);
}

function sealedAnew(row: IntegrationModel, rows: CustomerStore) {
  try {
    return sealConfiguration(row.id, givenConfiguration(row, rows), rows);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

/** What is sealed stays the same, so the row has not changed for those who are connected by it. */
const replaceSealed = statement<{ id: string }>(
  'UPDATE integrations SET configuration = $4 WHERE customer_id = $1 AND id = $2 AND configuration = $3 RETURNING id',
);
