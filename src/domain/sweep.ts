import type { Store } from '../store/open.ts';
import { idempotencyDays } from './once.ts';

const day = 24 * 60 * 60 * 1000;

/** How long a context waits for its call. */
const contextDays = 1;

/** Removes contexts that no call took over within a day, and idempotency keys past their time. Safe to run anywhere. */
export async function sweep(store: Store, now: Date): Promise<{ contexts: number; keys: number }> {
  const before = (days: number) => new Date(now.getTime() - days * day);
  const contexts = await store.operator.callContext.deleteMany({
    where: { phoneCallId: null, updatedAt: { lt: before(contextDays) } },
  });
  const keys = await store.operator.idempotencyKey.deleteMany({
    where: { createdAt: { lt: before(idempotencyDays) } },
  });
  return { contexts: contexts.count, keys: keys.count };
}
