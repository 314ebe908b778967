import { expect, test } from 'vitest';
import { type CustomerStore, statement } from '../../src/store/customer-store.ts';
import { ownCustomer, ownDatabase, withStore } from '../support/own-database.ts';

const keep = statement<never>(`
  INSERT INTO idempotency_keys (customer_id, operation, key, payload_hash, result_id, created_at)
  VALUES ($1, 'logChat', $2, '', gen_random_uuid(), now())`);
const kept = statement<{ key: string }>('SELECT key FROM idempotency_keys WHERE customer_id = $1 ORDER BY key');
const quotient = statement<{ quotient: number }>(
  'SELECT 1 / $2::int AS quotient WHERE $1::uuid IS NOT NULL /* customer */',
);
const locks = [1n, 2n];
const unspeakable = {
  toPostgres: () => {
    throw new Error('unspeakable');
  },
};

/** Nobody has used its connections before. */
async function onOwnStore(work: (customer: CustomerStore) => Promise<void>): Promise<void> {
  const database = await ownDatabase();
  const { id } = await ownCustomer(database);
  await withStore(database, (store) => work(store.forCustomer(id)));
}

const divideBy = (value: unknown) => (rows: { lastRows: CustomerStore['rows'] }) => rows.lastRows(quotient, value);

test('what begins and ends a transaction goes with its statements, and is as good after one that failed at once', () =>
  onOwnStore(async (customer) => {
    for (const locked of [[], [], locks, locks]) {
      await expect(customer.transaction(locked, divideBy(0))).rejects.toThrow('division by zero');
      expect(await customer.transaction(locked, divideBy(1))).toEqual([{ quotient: 1 }]);
    }
  }));

test.each([
  ['fails', 0, 'division by zero'],
  ['cannot be sent', unspeakable, 'unspeakable'],
])('nothing of a transaction is kept whose last statement %s', (_, value, message) =>
  onOwnStore(async (customer) => {
    const store = (key: string, last: unknown) =>
      customer.transaction(locks, async (rows) => {
        await rows.rows(keep, key);
        return rows.lastRows(quotient, last);
      });
    await expect(store('first', value)).rejects.toThrow(message);
    expect(await customer.rows(kept)).toEqual([]);
    await store('second', 1);
    expect(await customer.rows(kept)).toEqual([{ key: 'second' }]);
  }),
);

test('a transaction that asks nothing leaves nothing behind', () =>
  onOwnStore(async (customer) => {
    expect(await customer.transaction(locks, async () => 'done')).toBe('done');
    await customer.transaction(locks, (rows) => rows.rows(keep, 'after'));
    expect(await customer.rows(kept)).toEqual([{ key: 'after' }]);
  }));
