import type { EventKind, Notice } from '../events/event-bus.ts';
import type { CustomerRows } from '../store/customer-store.ts';
import type { Customer } from './customer.ts';

/** Rows of one transaction, in which what happens can be said. */
export interface Transaction extends CustomerRows {
  /** Subscribers hear of it after the commit, and of nothing if there is none. Said twice, it is heard once. */
  happened(kind: EventKind, id: string): void;
}

/** Runs the work in one transaction, as `CustomerStore.transaction` does, and then tells what happened in it. */
export async function inTransaction<Result>(
  customer: Customer,
  subject: string,
  work: (rows: Transaction) => Promise<Result>,
): Promise<Result> {
  const notices = new Map<string, Notice>();
  const result = await customer.store.transaction(subject, (rows) =>
    work({ ...rows, happened: (kind, id) => void notices.set(`${kind} ${id}`, { kind, id }) }),
  );
  customer.events.publish(customer.id, [...notices.values()]);
  return result;
}
