import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { statement } from '../../src/store/customer-store.ts';
import { withDeadline } from '../../src/store/deadline.ts';
import { openStore } from '../../src/store/open.ts';
import { temporaryFolder } from '../support/process.ts';

const holdMs = 200;
const lookup = statement<{ one: number }>('SELECT 1 AS one WHERE $1::uuid IS NOT NULL /* customer */');

// Waits for the connection that each kind of question has to the one session of PGlite.
test.skipIf(process.env.TEST_DATABASE_URL)(
  'on the embedded database a lookup waits for the transaction under way, not for those behind it, and no longer than it has',
  async () => {
    const store = await openStore({ dataDir: temporaryFolder() });
    const customer = store.forCustomer(crypto.randomUUID());
    const begun: number[] = [];
    const transactions = Array.from({ length: 5 }, (_, index) =>
      customer.transaction([BigInt(index)], async ({ rows }) => {
        await rows(lookup);
        begun.push(index);
        await sleep(holdMs);
      }),
    );
    while (begun.length === 0) await sleep(5);
    const hurried = withDeadline(holdMs / 4, () => customer.rows(lookup));
    await expect(hurried).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(begun).toEqual([0]);
    expect(await customer.rows(lookup)).toEqual([{ one: 1 }]);
    expect(begun).toEqual([0]);
    await Promise.all(transactions);
    expect(begun).toEqual([0, 1, 2, 3, 4]);
    await store.close();
  },
);

test.skipIf(process.env.TEST_DATABASE_URL)(
  'on the embedded database others are heard between two statements, however many follow each other',
  async () => {
    const store = await openStore({ dataDir: temporaryFolder() });
    const customer = store.forCustomer(crypto.randomUUID());
    let turns = 0;
    let going = true;
    const turn = () => {
      turns++;
      if (going) setImmediate(turn);
    };
    setImmediate(turn);
    const transactions = Array.from({ length: 100 }, () =>
      customer.transaction([], async ({ rows, lastRows }) => {
        await rows(lookup);
        await lastRows(lookup);
      }),
    );
    await Promise.all(transactions);
    going = false;
    expect(turns).toBeGreaterThanOrEqual(200);
    await store.close();
  },
);
