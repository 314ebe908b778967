import pg from 'pg';
import { expect, test, vi } from 'vitest';
import type { Store } from '../../src/store/open.ts';
import { ownCustomer, ownDatabase, withStore } from '../support/own-database.ts';
import { paths } from '../support/rest.ts';
import { rest, serve } from '../support/world.ts';

const query = vi.spyOn(pg.Client.prototype, 'query');

const literal = (value: unknown): string => {
  if (value === null || value === undefined) return 'NULL';
  const text = Array.isArray(value)
    ? `{${value.join(',')}}`
    : value instanceof Date
      ? value.toISOString()
      : String(value);
  return `'${text.replaceAll("'", "''")}'`;
};

interface PlanNode {
  'Relation Name'?: string;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

/** How many calls a statement reads in vain, by the plan that a connection keeps for all values; on a large table none reads all. */
async function readInVain(store: Store, { text, values = [] }: { text: string; values?: unknown[] }): Promise<number> {
  const vain = (node: PlanNode): number =>
    (node['Relation Name'] === 'phone_calls' ? (node['Rows Removed by Filter'] ?? 0) : 0) +
    (node.Plans ?? []).reduce((sum, plan) => sum + vain(plan), 0);
  return store.operator.$transaction(async (rows) => {
    await rows.$executeRawUnsafe('SET LOCAL plan_cache_mode = force_generic_plan');
    await rows.$executeRawUnsafe(`PREPARE asked AS ${text}`);
    const asked = values.length > 0 ? `asked(${values.map(literal).join(', ')})` : 'asked';
    const [found] = await rows.$queryRawUnsafe<{ 'QUERY PLAN': { Plan: PlanNode }[] }[]>(
      `EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE ${asked}`,
    );
    await rows.$executeRawUnsafe('DEALLOCATE asked');
    return vain(found?.['QUERY PLAN'][0]?.Plan as PlanNode);
  });
}

/** Twenty thousand calls of somebody who withholds the number, one a minute, and as many a year before of which no start was told. */
const insertCalls = `
  INSERT INTO phone_calls (customer_id, id, direction, status, answered, number_from, number_to, number_external,
    number_internal, numbers_sent, start_time, created_at)
  SELECT $1::uuid, gen_random_uuid(), 'INBOUND', 'COMPLETED', true, 'anonymous', '101', 'anonymous', '101', '{}', told,
    coalesce(told, start - interval '1 year')
  FROM generate_series(timestamptz '2026-01-01', '2026-01-14 21:19:00', '1 minute') AS start, unnest(ARRAY[start, NULL]) AS told`;

// In a database of its own, as to analyze a table has everybody else's plans made anew.
test('reports and contexts of a withheld number are stored without going through all its calls', async () => {
  const database = await ownDatabase();
  const { id, token } = await ownCustomer(database);
  await withStore(database, async (store) => {
    await store.operator.$executeRawUnsafe(insertCalls, id);
    await store.operator.$executeRawUnsafe('ANALYZE phone_calls');
    const app = serve({ store });
    query.mockClear();
    const call = {
      direction: 'inbound',
      number_from: 'anonymous',
      number_to: '101',
      start_time_utc: '2026-01-02T00:00:30Z',
    };
    const segment = { start_time_reference: 'segment', segment_dn_type: 'call_queue' };
    for (const [path, body] of [
      [paths.context, call],
      [paths.calls, { ...call, status: 'completed', end_time_utc: '2026-01-02T00:01:00Z' }],
      [paths.calls, { ...call, status: 'completed', start_time_utc: undefined }],
      [paths.context, { ...call, ...segment }],
    ] as const) {
      expect((await rest('POST', path, { app, token, body })).status).toBe(201);
    }
    const asked = query.mock.calls.map(([sent]) => sent as unknown as { text: string; values?: unknown[] });
    const looks = asked.filter(({ text }) => /^\s*SELECT[^;]*FROM phone_calls/.test(text ?? ''));
    expect(looks.length).toBeGreaterThanOrEqual(4);
    for (const look of looks) expect(await readInVain(store, look), look.text).toBeLessThan(100);
  });
});
