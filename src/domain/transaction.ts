import type { EventKind, Notice } from '../events/event-bus.ts';
import type { CustomerRows } from '../store/customer-store.ts';
import type { Customer } from './customer.ts';
import { createWebhookDeliveries } from './webhook-delivery.ts';

/** Rows of one transaction, in which what happens can be said. */
export interface Transaction extends CustomerRows {
  /** Webhooks and subscribers hear of it after the commit, and of nothing if there is none. Said twice, it is heard once. */
  happened(kind: EventKind, id: string): void;
}

/** Runs the work in one transaction, when it is its turn to write, and then tells what happened in it. */
export async function inTransaction<Result>(
  customer: Customer,
  subject: string,
  work: (rows: Transaction) => Promise<Result>,
): Promise<Result> {
  const notices = new Map<string, Notice>();
  const result = await customer.write(() =>
    customer.store.transaction(subject, async (rows) => {
      const done = await work({ ...rows, happened: (kind, id) => void notices.set(`${kind} ${id}`, { kind, id }) });
      await createWebhookDeliveries(rows, customer, [...notices.values()]);
      return done;
    }),
  );
  customer.events.publish(customer.id, [...notices.values()]);
  return result;
}
