import { digest } from '../digest.ts';
import { DomainError } from '../errors.ts';
import { type CustomerRows, statement } from '../store/customer-store.ts';
import type { Customer } from './customer.ts';
import { inTransaction, type Transaction, unfinished } from './transaction.ts';

/** How long a key that the caller chose is remembered. */
export const idempotencyDays = 7;

interface Stored {
  id: string;
}

/** How one kind of report is found again, stored, and completed. */
export interface OnceSteps<Row extends Stored, Known> {
  /** The row with this id. */
  byId(rows: CustomerRows, id: string): Promise<Row | undefined>;
  /** The row that this report repeats, by its natural key, and what else is to be known before anything is stored. */
  look(rows: Transaction): Promise<{ twin: Row | undefined; known: Known }>;
  insert(rows: Transaction, known: Known): Promise<Row>;
  /** Gives the row what the repeat knows and it did not; never overwrites. */
  complete(rows: Transaction, twin: Row, known: Known): Promise<Row>;
}

export interface OnceReport {
  operation: 'logPhoneCall' | 'logChat';
  /** Chosen by the caller; the same key with another payload is refused. */
  idempotencyKey: string | null;
  /** The normalised input: what "the same payload" compares; a field that is null might as well be absent. */
  payload: object;
  /** Reports with the same subject wait for each other. */
  subject: string[];
}

/**
 * Stores a report exactly once: in one transaction, under a lock on its subject, so that concurrent repeats find the
 * first one. Throws `BAD_USER_INPUT` when the key stands for another payload; then nothing is stored.
 */
export function logOnce<Row extends Stored, Known>(
  customer: Customer,
  report: OnceReport,
  steps: OnceSteps<Row, Known>,
): Promise<{ row: Row; replayed: boolean }> {
  const { operation, idempotencyKey, subject } = report;
  // The key first, then the subject: everybody takes them in this order, so nobody waits in a circle.
  const subjects = idempotencyKey ? [[operation, idempotencyKey], subject] : [subject];
  return inTransaction(customer, subjects, async (rows) => {
    const key = idempotencyKey ? { key: idempotencyKey, payloadHash: digest(presentFields(report.payload)) } : null;
    const remembered = key && (await recallKey(rows, operation, key, customer.now()));
    const found = await steps.look(rows);
    const twin = (remembered && (await steps.byId(rows, remembered))) ?? found.twin;
    const more = key && !remembered ? unfinished(rows) : rows;
    const row = twin ? await steps.complete(more, twin, found.known) : await steps.insert(more, found.known);
    if (key && !remembered) {
      await rows.rows(rememberKey, operation, key.key, key.payloadHash, row.id, customer.now());
    }
    return { row, replayed: twin !== undefined };
  });
}

async function recallKey(
  rows: CustomerRows,
  operation: OnceReport['operation'],
  { key, payloadHash }: { key: string; payloadHash: Buffer },
  now: Date,
): Promise<string | null> {
  const [known] = await rows.rows(findKey, operation, key, now);
  if (!known) return null;
  if (!payloadHash.equals(known.payloadHash)) {
    const message = 'This idempotency key was already used for another report.';
    throw new DomainError('BAD_USER_INPUT', message, {
      reason: 'IDEMPOTENCY_CONFLICT',
      issues: [{ path: ['input', 'idempotencyKey'], message }],
    });
  }
  return known.resultId;
}

const presentFields = (payload: object) =>
  Object.entries(payload)
    .filter(([, value]) => value !== null && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));

const findKey = statement<{ payloadHash: Buffer; resultId: string }>(`
  SELECT payload_hash, result_id FROM idempotency_keys
  WHERE customer_id = $1 AND operation = $2 AND key = $3 AND created_at > $4::timestamptz - interval '${idempotencyDays} days'`);

const rememberKey = statement<never>(`
  INSERT INTO idempotency_keys (customer_id, operation, key, payload_hash, result_id, created_at)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (customer_id, operation, key)
  DO UPDATE SET payload_hash = excluded.payload_hash, result_id = excluded.result_id, created_at = excluded.created_at`);
