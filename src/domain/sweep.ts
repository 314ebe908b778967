import type { Store } from '../store/open.ts';
import { idempotencyDays } from './once.ts';
import { removeOld } from './retention.ts';

const day = 24 * 60 * 60 * 1000;

/** How long a context waits for its call. */
const contextDays = 1;

/** How long it can be seen what webhooks were told. */
const webhookDeliveryDays = 30;

export interface Swept {
  contexts: number;
  keys: number;
  sessions: number;
  /** What webhooks were told. */
  webhookDeliveries: number;
  /** Rows that were older than their customer keeps. */
  old: number;
}

/**
 * Removes contexts that no call took over within a day, keys, sessions, creations and what webhooks were told past their
 * time, and what customers no longer keep. Safe to run anywhere; what is left when it is stopped is for the next time.
 */
export async function sweep(store: Store, now: Date, stopping?: AbortSignal): Promise<Swept> {
  const before = (days: number) => new Date(now.getTime() - days * day);
  const contexts = await store.operator.callContext.deleteMany({
    where: { phoneCallId: null, updatedAt: { lt: before(contextDays) } },
  });
  const keys = await store.operator.idempotencyKey.deleteMany({
    where: { createdAt: { lt: before(idempotencyDays) } },
  });
  await store.operator.contactCreation.deleteMany({ where: { heldUntil: { lt: now } } });
  const sessions = await store.operator.session.deleteMany({ where: { expiresAt: { lt: now } } });
  const told = await store.operator.webhookDelivery.deleteMany({
    where: { state: { not: 'PENDING' }, createdAt: { lt: before(webhookDeliveryDays) } },
  });
  return {
    webhookDeliveries: told.count,
    contexts: contexts.count,
    keys: keys.count,
    sessions: sessions.count,
    old: await sweepOld(store, now, stopping),
  };
}

async function sweepOld(store: Store, now: Date, stopping?: AbortSignal): Promise<number> {
  const customers = await store.operator.customer.findMany({
    where: { retentionDays: { not: null } },
    select: { id: true, retentionDays: true },
  });
  let removed = 0;
  for (const { id, retentionDays } of customers) {
    if (stopping?.aborted) break;
    removed += await removeOld(store.forCustomer(id), retentionDays as number, now);
  }
  return removed;
}
