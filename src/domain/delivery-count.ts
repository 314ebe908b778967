import type { Store } from '../store/open.ts';

/** How many deliveries of all customers wait: `pending`, or `dead` until an operator revives them. */
export async function countDeliveries(store: Store): Promise<Record<string, number>> {
  const found = await store.operator.$queryRaw<{ state: string; count: number }[]>`
    SELECT lower(state::text) AS state, count(*)::int AS count FROM deliveries WHERE state = 'PENDING' GROUP BY state
    UNION ALL
    SELECT lower(state::text), count(*)::int FROM deliveries WHERE state = 'DEAD' GROUP BY state`;
  return { pending: 0, dead: 0, ...Object.fromEntries(found.map(({ state, count }) => [state, count])) };
}
