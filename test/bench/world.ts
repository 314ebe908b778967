import pg from 'pg';
import { createAccessToken } from '../../src/auth/access-token.ts';
import { openStore } from '../../src/store/open.ts';

/** How much the database holds, spread evenly over the customers. */
export interface Size {
  customers: number;
  contacts: number;
  calls: number;
}

export interface BenchWorld {
  databaseUrl: string;
  tokens: string[];
  size: Size;
}

/** Numbers of contact `n` of a customer: a French mobile that nobody else of that customer has. */
export const phoneOf = (n: number) => `+336${String(10_000_000 + n).padStart(8, '0')}`;

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** A database of this size on the server, built by the product's own migrations; one that is there already is used again. */
export async function openWorld(server: string, size: Size, tell: (line: string) => void): Promise<BenchWorld> {
  const name = `crm_lookup_bench_${size.customers}_${size.contacts}_${size.calls}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  const databaseUrl = url.href;
  const admin = new pg.Client(server);
  await admin.connect();
  const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (!rowCount) await admin.query(`CREATE DATABASE ${quote(name)}`);
  const store = await openStore({ databaseUrl, dataDir: '' });
  const known = await store.operator.customer.findMany({ orderBy: { id: 'asc' }, select: { id: true } });
  if (known.length < size.customers) {
    tell(`building ${size.contacts} contacts and ${size.calls} calls of ${size.customers} customers`);
    await fill(databaseUrl, size);
  }
  const customers = await store.operator.customer.findMany({ orderBy: { id: 'asc' }, select: { id: true } });
  const expiresAt = new Date(Date.now() + 24 * 3600 * 1000);
  const tokens = await Promise.all(
    customers.map(async ({ id }) => {
      const { token } = await createAccessToken(store, { customerId: id, scopes: ['client', 'crm'], expiresAt });
      return token;
    }),
  );
  await store.close();
  await admin.end();
  return { databaseUrl, tokens, size };
}

/** One transaction, so that a world is either whole or not there. */
async function fill(databaseUrl: string, { customers, contacts, calls }: Size): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const each = [Math.floor(contacts / customers), Math.floor(calls / customers)];
  await client.query('BEGIN');
  for (const [text, values] of [
    [workspace, []],
    [tenants, [customers]],
    [integrations, []],
    [people, [each[0]]],
    [numbers, [each[0]]],
    [history, [each[1], each[0]]],
    [pushes, []],
  ] as const)
    await client.query(text, [...values]);
  await client.query('COMMIT');
  await client.query('VACUUM ANALYZE');
  await client.end();
}

const workspace = `INSERT INTO workspaces (id, name) VALUES (gen_random_uuid(), 'Bench')`;
const tenants = `
  INSERT INTO customers (id, workspace_id, name, default_country, time_zone)
  SELECT gen_random_uuid(), workspaces.id, 'Customer ' || n, 'FR', 'Europe/Paris' FROM workspaces, generate_series(1, $1::int) n`;
const integrations = `
  INSERT INTO integrations (customer_id, id, connector, position)
  SELECT id, gen_random_uuid(), 'native', 1 FROM customers`;
const people = `
  INSERT INTO contacts (customer_id, id, first_name, last_name, email, email_key, company, phone_mobile_1, identity)
  SELECT customers.id, gen_random_uuid(), 'First' || n, 'Last' || n, 'person' || n || '@example.com',
    'person' || n || '@example.com', 'Company ' || n % 977, '+336' || 10000000 + n, int4send(n)
  FROM customers, generate_series(0, $1::int - 1) n`;
const numbers = `
  INSERT INTO contact_numbers (customer_id, contact_id, slot, sent, canonical, tail)
  SELECT customer_id, id, slot::number_slot, number, number, right(number, 7)
  FROM (
    SELECT customer_id, id, ('x' || encode(identity, 'hex'))::bit(32)::int AS n FROM contacts
  ) AS contact,
  LATERAL (VALUES
    ('MOBILE_1', '+336' || 10000000 + n, 1),
    ('BUSINESS_1', '+331' || 40000000 + n, 2),
    ('HOME', '+334' || 50000000 + n, 3)
  ) AS spoken (slot, number, least)
  WHERE least <= 1 + n % 3 AND $1::int > 0`;
const history = `
  INSERT INTO phone_calls (customer_id, id, direction, status, answered, number_from, number_to, number_external,
    number_internal, numbers_sent, source, duration_seconds, start_time, end_time, subject, agent_email, agent_key,
    queue_extension, created_at, updated_at)
  SELECT customers.id, gen_random_uuid(), 'INBOUND', (CASE WHEN n % 5 = 0 THEN 'MISSED' ELSE 'COMPLETED' END)::call_status,
    n % 5 <> 0, external, internal, external, internal, '{}', '3cx', CASE WHEN n % 5 = 0 THEN 0 ELSE n % 600 END,
    began, began + make_interval(secs => n % 600), 'Order ' || n, 'agent' || n % 40 || '@example.com',
    'agent' || n % 40 || '@example.com', (800 + n % 6)::text, began, began
  FROM customers, generate_series(0, $1::int - 1) n,
    LATERAL (SELECT '+336' || 10000000 + n % $2::int AS external, (100 + n % 40)::text AS internal,
      timestamptz '2026-01-01' + make_interval(secs => n * (180 * 86400.0 / $1::int)) AS began) AS said`;
const pushes = `
  INSERT INTO deliveries (customer_id, id, integration_id, phone_call_id, state, attempts)
  SELECT phone_calls.customer_id, gen_random_uuid(), integrations.id, phone_calls.id, 'DELIVERED', 1
  FROM phone_calls JOIN integrations USING (customer_id)`;
