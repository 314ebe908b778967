import { createHash } from 'node:crypto';
import pg from 'pg';

// The work of this product in SQL written by hand, token included, for the server that shows the limit and for peers.

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL as string, max: 16, idleTimeoutMillis: 3000 });
const ask = async (name: string, text: string, values: unknown[]) => (await pool.query({ name, text, values })).rows;

/** Columns under the names that GraphQL gives them. */
const columns = (names: string, type = '') =>
  names.replace(/\w+/g, (name) => {
    const column = name.replace(/[A-Z]|\d+/g, (part) => `_${part.toLowerCase()}`);
    return `${column}${type} AS "${name}"`;
  });
const contact = columns(
  'id, civility, firstName, lastName, email, company, website, phoneBusiness1, phoneBusiness2, phoneMobile1, phoneMobile2, phoneHome, phoneOther, entityUrl, entityType, customValue',
);
const call = `${columns(
  'id, direction, status, answered, numberFrom, numberTo, numberExternal, numberInternal, numberDid, source, durationSeconds, subject, body, recordingUrl, agentFirstName, agentLastName, agentEmail, queueExtension',
)}, ${columns('startTime, endTime, createdAt, updatedAt', '::text')}`;

export const searchContacts = (customer: string, phone: string): Promise<object[]> =>
  ask(
    'search',
    `SELECT ${contact} FROM contact_numbers JOIN contacts ON contacts.customer_id = $1 AND contacts.id = contact_id
    WHERE contact_numbers.customer_id = $1 AND tail = right($2, 7) AND canonical = $2 ORDER BY updated_at DESC LIMIT 20`,
    [customer, phone],
  );

export const readCalls = (customer: string, first: number): Promise<object[]> =>
  ask(
    'page',
    `SELECT ${call} FROM phone_calls WHERE customer_id = $1
    ORDER BY phone_calls.start_time DESC NULLS LAST, phone_calls.id DESC LIMIT $2`,
    [customer, first],
  );

export const countCalls = async (customer: string): Promise<number> =>
  (await ask('count', 'SELECT count(*)::int AS total FROM phone_calls WHERE customer_id = $1', [customer]))[0].total;

/** Stores the call `$4`…`$6` of customer `$1` between `$2` and `$3` once, and that it was pushed. Without dollars in it but these. */
export const logCallSql = (answered: string): string => `
  WITH call AS (
    INSERT INTO phone_calls (customer_id, id, direction, status, answered, number_from, number_to, number_external, number_internal,
      numbers_sent, duration_seconds, start_time, end_time, subject, contact_id)
    VALUES ($1, gen_random_uuid(), 'INBOUND', 'COMPLETED', true, $2, $3, $2, $3, '{}', $4::int, $5::timestamptz,
      $5::timestamptz + make_interval(secs => $4::int), $6,
      (SELECT contact_id FROM contact_numbers WHERE customer_id = $1 AND tail = right($2, 7) AND canonical = $2 LIMIT 1))
    ON CONFLICT DO NOTHING RETURNING *),
  pushed AS (INSERT INTO deliveries (customer_id, id, integration_id, phone_call_id, state)
    SELECT call.customer_id, gen_random_uuid(), integrations.id, call.id, 'DELIVERED' FROM call JOIN integrations USING (customer_id))
  SELECT ${answered} FROM call`;

export const logCall = async (
  customer: string,
  { number, extension, durationSeconds, startTime, subject }: Report,
): Promise<object> =>
  (await ask('log', logCallSql(call), [customer, number, extension, durationSeconds, startTime, subject]))[0];

/** A call as it is reported. */
export interface Report {
  number: string;
  extension: string;
  durationSeconds: number;
  startTime: string;
  subject: string;
}

export const hourlyFigures = (customer: string, from: string, to: string): Promise<object[]> =>
  ask(
    'figures',
    `SELECT date_bin('1 hour', start_time, timestamptz '2000-01-01T00:00:00Z') AS time, count(*)::int AS calls,
      count(*) FILTER (WHERE answered)::int AS answered,
      count(*) FILTER (WHERE direction = 'INBOUND' AND NOT answered)::int AS missed,
      sum(duration_seconds) FILTER (WHERE answered)::int AS talk_seconds
    FROM phone_calls WHERE customer_id = $1 AND start_time >= $2 AND start_time <= $3 GROUP BY 1 ORDER BY 1`,
    [customer, from, to],
  );

const known = new Map<string, { customer: string; until: number }>();

/** The customer of a bearer token, or nothing; remembered as long as the product remembers it. */
export async function customerOf(authorization: string | undefined): Promise<string | undefined> {
  const token = authorization?.slice(7) ?? '';
  const hash = createHash('sha256').update(token).digest();
  const key = hash.toString('base64');
  const remembered = known.get(key);
  if (remembered && remembered.until > Date.now()) return remembered.customer;
  const id = Buffer.from(token.slice(4), 'base64url').subarray(0, 16).toString('hex');
  const [row] = await ask(
    'token',
    'SELECT customer_id FROM access_tokens WHERE customer_id = $1 AND hash = $2 AND revoked_at IS NULL AND expires_at > now()',
    [id, hash],
  );
  if (row) known.set(key, { customer: row.customer_id, until: Date.now() + 800 });
  return row?.customer_id;
}
