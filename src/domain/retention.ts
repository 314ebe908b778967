import { badInput } from '../errors.ts';
import { limits } from '../limits.ts';
import { type CustomerRows, statement } from '../store/customer-store.ts';
import type { Customer } from './customer.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Rows of one statement, and statements of one run: nobody waits long for the rows, and no run goes on for ever. */
const batchSize = 500;
const batchesPerRun = 40;

/** What is kept for a time only, and by what its age is told. What belongs to these rows goes with them. */
const aging = [
  ['phone_calls', 'start_time'],
  ['phone_calls', 'created_at'],
  ['chats', 'start_time'],
  ['chats', 'created_at'],
  ['idempotency_keys', 'created_at'],
] as const;

/** Several sweeps may run at once: each passes over the rows that another one holds. */
const removals = aging.map(([table, column]) =>
  statement<never>(`
    DELETE FROM ${table} WHERE customer_id = $1 AND ctid = ANY (ARRAY(
      SELECT ctid FROM ${table} WHERE customer_id = $1 AND ${column} < $2 LIMIT ${batchSize} FOR UPDATE SKIP LOCKED
    ))
    RETURNING customer_id`),
);

/**
 * Removes the calls and chats of a customer that began, or arrived, more than so many days ago, with everything that
 * hangs on them; at most a bounded number in one run. Answers how many rows.
 */
export async function removeOld(rows: CustomerRows, days: number, now: Date): Promise<number> {
  const before = new Date(now.getTime() - days * dayMs);
  let removed = 0;
  for (const removal of removals) {
    for (let batch = 0; batch < batchesPerRun; batch++) {
      const { length } = await rows.rows(removal, before);
      removed += length;
      if (length < batchSize) break;
    }
  }
  return removed;
}

/** Sets for how many days the customer's calls and chats are kept, null for ever. Throws `BAD_USER_INPUT`. */
export async function updateRetention(customer: Customer, days: number | null): Promise<Customer> {
  if (days !== null && (days < 1 || days > limits.retentionDays)) {
    throw badInput(['days'], `Must be 1 to ${limits.retentionDays} days, or null to keep everything.`);
  }
  await customer.store.rows(setRetention, days);
  return { ...customer, retentionDays: days };
}

const setRetention = statement<never>(
  'UPDATE customers AS customer SET retention_days = $2::int WHERE customer.id = $1 RETURNING customer.id',
);
