import type { ClientBase } from 'pg';
import { askClient, RowsQuery } from './rows-query.ts';

/**
 * A connection keeps the plan of a named statement, which was made for tables as they were: what is best for an empty one
 * reads all of it when it has grown. So plans are made anew this often. Milliseconds.
 */
const planMs = 10_000;

const planned = new WeakMap<ClientBase, number>();

/** Has a connection forget its plans, before whatever it is asked next, when they are old. */
export function refreshPlans(client: ClientBase): void {
  const now = performance.now();
  const since = planned.get(client);
  if (since !== undefined && now - since < planMs) return;
  planned.set(client, now);
  // It fails only with its connection, or for want of time, and so does what is asked next.
  if (since !== undefined) askClient(client)(new RowsQuery('DISCARD PLANS', undefined, [])).catch(() => {});
}
