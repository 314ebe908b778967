import { expect, test } from 'vitest';
import { composed, quick } from '../../src/store/customer-store.ts';
import { newCustomer, store } from '../support/world.ts';

const planned = `
  SELECT statement, generic_plans::int AS kept, custom_plans::int AS anew
  FROM pg_prepared_statements, (SELECT $1::uuid) AS customer`;

/** What the connections know that one after the other is asked on: the one for transactions, and the one of what is quick. */
async function plansOf(customerId: string) {
  const door = store.forCustomer(customerId);
  type Row = { statement: string; kept: number; anew: number };
  return [...(await door.rows(composed<Row>(planned))), ...(await door.rows(quick<Row>(planned)))];
}

/** So many contacts that it matters how they are looked for. */
async function fillContacts(customerId: string): Promise<void> {
  const fill = `
    WITH contact AS (
      INSERT INTO contacts (customer_id, id, identity, last_name, updated_at)
      SELECT '${customerId}', gen_random_uuid(), int4send(n), 'Number ' || n, now() FROM generate_series(1, 3000) AS n
      RETURNING customer_id, id, get_byte(identity, 2) * 256 + get_byte(identity, 3) AS n)
    INSERT INTO contact_numbers (customer_id, contact_id, slot, sent, canonical, tail)
    SELECT customer_id, id, 'MOBILE_1', number, number, right(number, 7)
    FROM contact, LATERAL (SELECT '+336123' || 40000 + n AS number) AS numbered`;
  for (const text of [fill, 'ANALYZE contacts', 'ANALYZE contact_numbers'])
    await store.operator.$executeRawUnsafe(text);
}

const call = (minute: number) => ({
  direction: 'inbound',
  status: 'completed',
  number_from: '+33612345678',
  number_to: '101',
  start_time_utc: new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString(),
});

/** What everybody waits for, often enough for a connection to know what it costs. */
const works: Record<string, (at: number) => [method: string, path: string, body?: object]> = {
  'a search by number': () => ['GET', '/api/crm/lookup/contacts/search?phone=%2B33612345678'],
  'a search by the end of a number': () => ['GET', '/api/crm/lookup/contacts/search?phone=2345678'],
  'a search by email': () => ['GET', '/api/crm/lookup/contacts/search?email=nobody@example.com'],
  'a page of calls': () => ['GET', '/api/crm/lookup/phone-calls'],
  'a call': (at) => ['POST', '/api/crm/lookup/phone-calls', call(at)],
};

/** The embedded database has one session for all, and keeps no statements. */
test.runIf(process.env.TEST_DATABASE_URL).each(Object.entries(works))(
  'the database plans what it is asked for %s a few times and never again',
  async (_, request) => {
    const customer = await newCustomer();
    await fillContacts(customer.id);
    const before = new Map((await plansOf(customer.id)).map(({ statement, anew }) => [statement, anew]));
    for (let at = 0; at < 20; at++) {
      const [method, path, body] = request(at);
      await customer.rest(method, path, body && { body });
    }
    const after = await plansOf(customer.id);
    expect(after.some(({ kept }) => kept > 0)).toBe(true);
    for (const { statement, anew } of after)
      expect(anew - (before.get(statement) ?? 0), statement).toBeLessThanOrEqual(5);
  },
);
