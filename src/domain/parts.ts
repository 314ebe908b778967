import type { OperatorStatement } from '../store/open.ts';

interface Claims {
  table: 'deliveries' | 'webhook_deliveries';
  /** The column of the one that is told. */
  target: string;
  order: string;
  /** How many are claimed at once at most. */
  atOnce: number;
  /** What is read of each. */
  columns: string[];
}

/**
 * Claims rows that are due (`$2`) by moving them into the future (`$1`), leaving out targets that are busy (`$3`). The
 * attempt counts from here, so that a crash counts as one.
 */
export const claimOf = ({ table, target, order, atOnce, columns }: Claims): OperatorStatement => ({
  name: `claim ${table}`,
  text: `
    UPDATE ${table} AS held
    SET due_at = $1, attempts = held.attempts + 1
    FROM (
      SELECT customer_id, id FROM ${table} WHERE state = 'PENDING' AND due_at <= $2 AND ${target} <> ALL($3::uuid[])
      ORDER BY ${order} LIMIT ${atOnce} FOR UPDATE SKIP LOCKED
    ) AS due
    WHERE held.customer_id = due.customer_id AND held.id = due.id
    RETURNING ${columns.map((column) => `held.${column}`).join(', ')}`,
});

/** How work is ended before its time. */
export interface Halt {
  /** Aborted when nothing is to begin any more; what waits is put back. */
  stopping: AbortSignal;
  /** Aborted when what is under way is to be given up. */
  givingUp: AbortSignal;
}

/** Work that was begun. */
export interface Underway {
  claimed: number;
  /** Resolves when each piece has ended in one way or the other. */
  done: Promise<void>;
}

/**
 * Begins to work claims off, those of one target together. A target is `busy` until its part has ended, so that one
 * that hangs holds up nobody but itself.
 */
export function startParts<Claim>(
  claims: Claim[],
  targetOf: (claim: Claim) => string,
  busy: Set<string>,
  work: (part: Claim[]) => Promise<void>,
): Underway {
  const byTarget = Map.groupBy(claims, targetOf);
  for (const target of byTarget.keys()) busy.add(target);
  const parts = [...byTarget].map(([target, part]) => work(part).finally(() => busy.delete(target)));
  return { claimed: claims.length, done: Promise.all(parts).then(() => {}) };
}
