import { expect, onTestFinished, test } from 'vitest';
import { statement } from '../../src/store/customer-store.ts';
import { paths, report } from '../support/rest.ts';
import { newCustomer, store } from '../support/world.ts';

// What was promised is on the disk: nobody is answered before the commit, and no commit before it is written.

/** Lets every commit of a customer's calls fail, until the function that is answered is called. */
async function failCommits(customerId: string): Promise<() => Promise<unknown>> {
  const run = (text: string) => store.operator.$executeRawUnsafe(text);
  const name = `fail_${customerId.replaceAll('-', '')}`;
  await run(`CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE 'no space left' USING ERRCODE = 'disk_full'; END $$`);
  await run(`CREATE CONSTRAINT TRIGGER ${name} AFTER INSERT ON phone_calls DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.customer_id = '${customerId}') EXECUTE FUNCTION ${name}()`);
  const mend = () => run(`DROP FUNCTION IF EXISTS ${name} CASCADE`);
  onTestFinished(async () => void (await mend()));
  return mend;
}

test.each([
  ['the same key', { 'idempotency-key': 'once' }],
  ['the same report', {}],
])(
  'a call whose commit fails is not answered as stored, and %s stores it once the database is well',
  async (_, headers) => {
    const customer = await newCustomer();
    const mend = await failCommits(customer.id);
    const log = () => customer.rest('POST', paths.calls, { body: report, headers });
    expect((await log()).status).toBe(503);
    expect((await customer.rest('GET', paths.calls)).body.total).toBe(0);
    await mend();
    expect((await log()).status).toBe(201);
    expect((await customer.rest('GET', paths.calls)).body.total).toBe(1);
  },
);

test('every commit waits until it is written', async () => {
  const { id } = await newCustomer();
  const setting = statement<{ commit: string }>(
    "SELECT current_setting('synchronous_commit') AS commit, $1::uuid AS customer_id",
  );
  const rows = store.forCustomer(id);
  const found = [
    ...(await rows.rows(setting)),
    ...(await rows.transaction([], (within) => within.rows(setting))),
    ...(await store.operator.$queryRaw<{ commit: string }[]>`SELECT current_setting('synchronous_commit') AS commit`),
  ];
  expect(found.map(({ commit }) => commit)).toEqual(['on', 'on', 'on']);
});
