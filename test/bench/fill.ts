import type pg from 'pg';
import { month, type Size } from './size.ts';

/** How many rows of a table are made by one statement, so that it can be told how far it is. */
const chunk = 250_000;

/**
 * Fills an empty database in one transaction, so that it is whole or not there. Indexes are taken away and made again
 * as the migrations made them, as building one at once is faster than row by row; foreign keys are not looked up, as the rows
 * are made from each other. The role must be the server's superuser.
 */
export async function fill(client: pg.Client, size: Size, tell: (line: string) => void): Promise<void> {
  const contacts = Math.floor(size.contacts / size.customers);
  const calls = Math.floor(size.calls / size.customers);
  await client.query(`BEGIN; SET LOCAL session_replication_role = replica; SET LOCAL maintenance_work_mem = '1GB';
    SET LOCAL synchronous_commit = off; SET LOCAL client_min_messages = warning`);
  const indexes = await takeIndexesAway(client);
  await client.query(helpers);
  await client.query(tenants, [size.customers]);
  await inChunks(client, 'contacts', people, contacts, size.customers, [], tell);
  await inChunks(client, 'calls', history, calls, size.customers, [contacts, calls], tell);
  if (size.figuresCalls > 0) await client.query(figuresHistory, [size.figuresCalls, month.from]);
  tell('deliveries');
  await client.query(pushes);
  for (const { name, definition } of indexes) {
    tell(`index ${name}`);
    await client.query(definition);
  }
  await client.query('COMMIT');
  tell('vacuum and checkpoint, so that neither runs while it is measured');
  await client.query('VACUUM (ANALYZE)');
  await client.query('CHECKPOINT');
}

/** Answers the indexes that were there, apart from those of constraints. */
async function takeIndexesAway(client: pg.Client): Promise<{ name: string; definition: string }[]> {
  const { rows } = await client.query(`
    SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
    FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
    WHERE relname IN ('contacts', 'contact_numbers', 'phone_calls', 'deliveries')
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
    ORDER BY 1`);
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows;
}

/** Makes the rows from number 0 on, of all customers at once. */
async function inChunks(
  client: pg.Client,
  what: string,
  statement: string,
  each: number,
  customers: number,
  values: number[],
  tell: (line: string) => void,
): Promise<void> {
  const step = Math.max(1, Math.floor(chunk / customers));
  for (let from = 0; from < each; from += step) {
    const to = Math.min(from + step, each);
    await client.query(statement, [from, to - 1, ...values]);
    tell(`${what}: ${(to * customers).toLocaleString('en')} of ${(each * customers).toLocaleString('en')}`);
  }
}

/** Ids that grow with time, as those of the product do (version 7). */
const helpers = `
  CREATE FUNCTION pg_temp.id_at(moment timestamptz) RETURNS uuid LANGUAGE sql VOLATILE AS $$
    SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
      PLACING substring(int8send((extract(epoch FROM moment) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid
  $$`;

/** The customers that look up and log, and last the one of the figures: only its name tells it from the others. */
const tenants = `
  WITH workspace AS (INSERT INTO workspaces (id, name) VALUES (gen_random_uuid(), 'Bench') RETURNING id),
  customer AS (
    INSERT INTO customers (id, workspace_id, name, default_country, time_zone)
    SELECT gen_random_uuid(), workspace.id, CASE WHEN n > $1::int THEN 'Figures' ELSE 'Customer ' || n END, 'FR', 'Europe/Paris'
    FROM workspace, generate_series(1, $1::int + 1) n RETURNING id)
  INSERT INTO integrations (customer_id, id, connector, position) SELECT id, gen_random_uuid(), 'native', 1 FROM customer`;

/** One to three numbers each; the last seven digits of the three are the same. */
const people = `
  WITH person AS (
    SELECT customers.id AS customer_id, pg_temp.id_at(timestamptz '2026-01-01' + make_interval(secs => n)) AS id, n
    FROM customers, generate_series($1::int, $2::int) n WHERE name <> 'Figures'),
  contact AS (
    INSERT INTO contacts (customer_id, id, first_name, last_name, email, email_key, company, phone_mobile_1,
      phone_business_1, phone_home, identity)
    SELECT customer_id, id, 'First' || n, 'Last' || n, 'person' || n || '@example.com', 'person' || n || '@example.com',
      'Company ' || n % 977, '+336' || 10000000 + n, CASE WHEN n % 3 >= 1 THEN '+331' || 40000000 + n END,
      CASE WHEN n % 3 = 2 THEN '+334' || 50000000 + n END, int4send(n)
    FROM person)
  INSERT INTO contact_numbers (customer_id, contact_id, slot, sent, canonical, tail)
  SELECT customer_id, id, slot::number_slot, number, number, right(number, 7)
  FROM person, LATERAL (VALUES
    ('MOBILE_1', '+336' || 10000000 + n, 0),
    ('BUSINESS_1', '+331' || 40000000 + n, 1),
    ('HOME', '+334' || 50000000 + n, 2)
  ) AS spoken (slot, number, least)
  WHERE least <= n % 3`;

const callColumns = `customer_id, id, direction, status, answered, number_from, number_to, number_external, number_internal,
  numbers_sent, source, duration_seconds, start_time, end_time, subject, agent_email, agent_key, queue_extension, created_at, updated_at`;

/** Call `n` of every customer `of`, from `external` at `began`; every fifth was missed. */
const callValues = `of, pg_temp.id_at(began), 'INBOUND', (CASE WHEN n % 5 = 0 THEN 'MISSED' ELSE 'COMPLETED' END)::call_status,
  n % 5 <> 0, external, (100 + n % 40)::text, external, (100 + n % 40)::text, '{}', '3cx',
  CASE WHEN n % 5 = 0 THEN 0 ELSE n % 600 END, began, began + make_interval(secs => n % 600), 'Order ' || n,
  'agent' || n % 40 || '@example.com', 'agent' || n % 40 || '@example.com', (800 + n % 6)::text, began, began`;

/** Spread over half a year. */
const history = `
  INSERT INTO phone_calls (${callColumns})
  SELECT ${callValues}
  FROM (
    SELECT customers.id AS of, n, '+336' || 10000000 + n % $3::int AS external,
      timestamptz '2026-01-01' + make_interval(secs => floor(n * (180 * 86400.0 / $4::int))) AS began
    FROM customers, generate_series($1::int, $2::int) n WHERE name <> 'Figures'
  ) AS call`;

/** Spread over the thirty days of the figures. */
const figuresHistory = `
  INSERT INTO phone_calls (${callColumns})
  SELECT ${callValues}
  FROM (
    SELECT customers.id AS of, n, '+336' || 10000000 + n % 5000 AS external,
      $2::timestamptz + make_interval(secs => floor(n * (30 * 86400.0 / $1::int))) AS began
    FROM customers, generate_series(0, $1::int - 1) n WHERE name = 'Figures'
  ) AS call`;

const pushes = `
  INSERT INTO deliveries (customer_id, id, integration_id, phone_call_id, state, attempts)
  SELECT phone_calls.customer_id, pg_temp.id_at(phone_calls.created_at), integrations.id, phone_calls.id, 'DELIVERED', 1
  FROM phone_calls JOIN integrations USING (customer_id)`;
