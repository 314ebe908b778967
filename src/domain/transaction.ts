import { digest } from '../digest.ts';
import type { EventKind, Notice } from '../events/event-bus.ts';
import { type CustomerRows, type TransactionRows, takeLock } from '../store/customer-store.ts';
import type { Customer } from './customer.ts';
import { createWebhookDeliveries } from './webhook-delivery.ts';

/** Rows of one transaction, in which what happens can be said. */
export interface Transaction extends TransactionRows {
  /** Webhooks and subscribers hear of it after the commit, and of nothing if there is none. Said twice, it is heard once. */
  happened(kind: EventKind, id: string): void;
}

/** What holds back everybody else who works on the same subject of a customer. */
export const lockOf = (subject: string[]): bigint => digest(...subject).readBigInt64BE();

/** Takes a lock that was not known when the transaction began, and holds it until its end. */
export const lockSubject = (rows: CustomerRows, subject: string[]) => rows.rows(takeLock, lockOf(subject));

/** A transaction in which more is to be asked, after what takes itself for the last. */
export const unfinished = <Rows extends TransactionRows>(rows: Rows): Rows => ({ ...rows, lastRows: rows.rows });

/**
 * Runs the work in one transaction under locks on these subjects, taken in this order, when it is its turn to write;
 * and then tells what happened in it.
 */
export async function inTransaction<Result>(
  customer: Customer,
  subjects: string[][],
  work: (rows: Transaction) => Promise<Result>,
): Promise<Result> {
  const notices = new Map<string, Notice>();
  const result = await customer.store.transaction(
    subjects.map(lockOf),
    async (rows) => {
      const happened: Transaction['happened'] = (kind, id) => void notices.set(`${kind} ${id}`, { kind, id });
      const done = await work({ ...(customer.webhooks.length > 0 ? unfinished(rows) : rows), happened });
      await createWebhookDeliveries(rows, customer, [...notices.values()]);
      return done;
    },
    customer.write,
  );
  customer.events.publish(customer.id, [...notices.values()]);
  return result;
}
