import { type CustomerRecord, readCustomers } from '../store/customer-record.ts';
import type { Store } from '../store/open.ts';
import type { Customer } from './customer.ts';
import { type Claim, deliverPart } from './delivery-part.ts';
import { claimOf, type Halt, startParts, type Underway } from './parts.ts';

const second = 1000;

/** How long one attempt may take; the row is held for a little longer, then somebody else may try. */
const defaultAttemptMs = 30 * second;
const spareMs = 30 * second;

const batchSize = 100;

export interface QueueSetup {
  store: Store;
  openCustomer(record: CustomerRecord): Customer;
  /** How many milliseconds one attempt may take; thirty seconds if absent. */
  attemptMs?: number;
  halt?: Halt;
  now(): Date;
}

/**
 * Begins to work off deliveries that are due, at most a batch, leaving out the integrations that are `busy`; they are
 * busy until their part has ended, so that a CRM that hangs holds up nobody but itself. Several processes may do so at
 * once: each row is held by one of them, and freed by time if that one dies. A CRM may therefore be told twice by a
 * process that died in between, but never not at all.
 */
export async function startDue(setup: QueueSetup, busy: Set<string>): Promise<Underway> {
  const { store, openCustomer, attemptMs = defaultAttemptMs, halt, now } = setup;
  const began = now();
  const claims = await claimDue(store, began, new Date(began.getTime() + attemptMs + spareMs), [...busy]);
  const ids = [...new Set(claims.map(({ customerId }) => customerId))];
  const records = await readCustomers(store, ids);
  // The last attempts begin early enough to end before somebody else may try.
  const limits = { attemptMs, beginBefore: new Date(began.getTime() + spareMs), halt, now };
  return startParts(
    claims,
    ({ integrationId }) => integrationId,
    busy,
    async (part) => {
      const record = records.find(({ id }) => id === part[0]?.customerId);
      if (record) await deliverPart(openCustomer(record), part, limits);
    },
  );
}

/** Works off one batch of what is due, and waits for it; answers how many were tried. */
export async function deliverDue(setup: QueueSetup): Promise<number> {
  const { claimed, done } = await startDue(setup, new Set());
  await done;
  return claimed;
}

const claimDue = (store: Store, now: Date, heldUntil: Date, busy: string[]) =>
  store.operatorRows<Claim>(claim, heldUntil, now, busy);

const claim = claimOf({
  table: 'deliveries',
  target: 'integration_id',
  order: 'due_at',
  atOnce: batchSize,
  columns: ['customer_id', 'id', 'integration_id', 'phone_call_id', 'chat_id', 'attempts', 'uncertain'],
});
