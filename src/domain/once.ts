import { digest } from '../digest.ts';
import { DomainError } from '../errors.ts';
import { type CustomerRows, statement } from '../store/customer-store.ts';
import type { Customer } from './customer.ts';
import { inTransaction, type Transaction } from './transaction.ts';

/** How long a key that the caller chose is remembered. */
export const idempotencyDays = 7;

interface Stored {
  id: string;
}

/** How one kind of report is found again, stored, and completed. */
export interface OnceSteps<Row extends Stored> {
  /** The row with this id. */
  byId(rows: CustomerRows, id: string): Promise<Row | undefined>;
  /** The row that this report repeats, by its natural key. */
  twin(rows: CustomerRows): Promise<Row | undefined>;
  insert(rows: Transaction): Promise<Row>;
  /** Gives the row what the repeat knows and it did not; never overwrites. */
  complete(rows: Transaction, twin: Row): Promise<Row>;
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
export function logOnce<Row extends Stored>(
  customer: Customer,
  report: OnceReport,
  steps: OnceSteps<Row>,
): Promise<{ row: Row; replayed: boolean }> {
  const { operation, idempotencyKey, subject } = report;
  return inTransaction(customer, subject.join(' '), async (rows) => {
    // The key first, then the subject: everybody takes them in this order, so nobody waits in a circle.
    if (idempotencyKey) await rows.rows(lock, digest(operation, idempotencyKey).readBigInt64BE());
    await lockSubject(rows, subject);
    const payloadHash = digest(presentFields(report.payload));
    const known = idempotencyKey ? await recallKey(rows, report, payloadHash, customer.now()) : null;
    const twin = (known && (await steps.byId(rows, known))) ?? (await steps.twin(rows));
    const row = twin ? await steps.complete(rows, twin) : await steps.insert(rows);
    if (idempotencyKey && !known) {
      await rows.rows(rememberKey, operation, idempotencyKey, payloadHash, row.id, customer.now());
    }
    return { row, replayed: twin !== undefined };
  });
}

/** Holds back everybody else who works on the same subject of this customer, until the transaction ends. */
export const lockSubject = (rows: CustomerRows, subject: string[]) =>
  rows.rows(lock, digest(...subject).readBigInt64BE());

async function recallKey(
  rows: CustomerRows,
  report: OnceReport,
  payloadHash: Buffer,
  now: Date,
): Promise<string | null> {
  const [known] = await rows.rows(findKey, report.operation, report.idempotencyKey, now);
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

const lock = statement<never>(
  'SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, $2::bigint)) AS customer_id',
);

const findKey = statement<{ payloadHash: Buffer; resultId: string }>(`
  SELECT payload_hash, result_id FROM idempotency_keys
  WHERE customer_id = $1 AND operation = $2 AND key = $3 AND created_at > $4::timestamptz - interval '${idempotencyDays} days'`);

const rememberKey = statement<never>(`
  INSERT INTO idempotency_keys (customer_id, operation, key, payload_hash, result_id, created_at)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (customer_id, operation, key)
  DO UPDATE SET payload_hash = excluded.payload_hash, result_id = excluded.result_id, created_at = excluded.created_at`);
