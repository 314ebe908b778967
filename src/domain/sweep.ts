import type { Store } from '../store/open.ts';
import { idempotencyDays } from './once.ts';

const day = 24 * 60 * 60 * 1000;

/** How long a context waits for its call. */
const contextDays = 1;

export interface Swept {
  contexts: number;
  keys: number;
  sessions: number;
}

/** Removes contexts that no call took over within a day, and keys and sessions past their time. Safe to run anywhere. */
export async function sweep(store: Store, now: Date): Promise<Swept> {
  const before = (days: number) => new Date(now.getTime() - days * day);
  const contexts = await store.operator.callContext.deleteMany({
    where: { phoneCallId: null, updatedAt: { lt: before(contextDays) } },
  });
  const keys = await store.operator.idempotencyKey.deleteMany({
    where: { createdAt: { lt: before(idempotencyDays) } },
  });
  const sessions = await store.operator.session.deleteMany({ where: { expiresAt: { lt: now } } });
  return { contexts: contexts.count, keys: keys.count, sessions: sessions.count };
}
