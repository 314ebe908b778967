import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

// As fast as it can be done by hand: bare node:http and prepared statements, for the same work, token included.
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL as string, max: 16 });
const ask = async (name: string, text: string, values: unknown[]) => (await pool.query({ name, text, values })).rows;
const contact = `contacts.id, civility, first_name, last_name, email, company, website, phone_business_1, phone_business_2,
  phone_mobile_1, phone_mobile_2, phone_home, phone_other, entity_url, entity_type, custom_value`;
const call = `id, direction, status, answered, number_from, number_to, number_external, number_internal, number_did, source,
  duration_seconds, start_time::text, end_time::text, subject, body, recording_url, agent_first_name, agent_last_name,
  agent_email, queue_extension, created_at::text, updated_at::text`;

const work: Record<string, (customer: string, url: URL, body: Record<string, string>) => Promise<unknown>> = {
  search: (customer, url) =>
    ask(
      'search',
      `SELECT ${contact} FROM contact_numbers JOIN contacts ON contacts.customer_id = $1 AND contacts.id = contact_id
      WHERE contact_numbers.customer_id = $1 AND tail = right($2, 7) AND canonical = $2 ORDER BY updated_at DESC LIMIT 20`,
      [customer, url.searchParams.get('phone')],
    ),
  history: async (customer) => ({
    data: await ask(
      'page',
      `SELECT ${call} FROM phone_calls WHERE customer_id = $1 ORDER BY phone_calls.start_time DESC NULLS LAST, phone_calls.id DESC LIMIT 20`,
      [customer],
    ),
    total: (await ask('count', 'SELECT count(*)::int AS total FROM phone_calls WHERE customer_id = $1', [customer]))[0]
      .total,
  }),
  log: (customer, _, body) =>
    ask(
      'log',
      `WITH call AS (
        INSERT INTO phone_calls (customer_id, id, direction, status, answered, number_from, number_to, number_external, number_internal,
          numbers_sent, duration_seconds, start_time, end_time, subject, contact_id)
        VALUES ($1, $2, 'INBOUND', 'COMPLETED', true, $3, $4, $3, $4, '{}', $5::int, $6::timestamptz, $6::timestamptz + make_interval(secs => $5::int), $7,
          (SELECT contact_id FROM contact_numbers WHERE customer_id = $1 AND tail = right($3, 7) AND canonical = $3 LIMIT 1))
        ON CONFLICT DO NOTHING RETURNING *),
      pushed AS (INSERT INTO deliveries (customer_id, id, integration_id, phone_call_id, state)
        SELECT call.customer_id, gen_random_uuid(), integrations.id, call.id, 'DELIVERED' FROM call JOIN integrations USING (customer_id))
      SELECT * FROM call`,
      [
        customer,
        randomUUID(),
        body.number_external,
        body.number_internal,
        body.duration,
        body.start_time_utc,
        body.subject,
      ],
    ),
  figures: (customer, url) =>
    ask(
      'figures',
      `SELECT date_bin('1 hour', start_time, timestamptz '2000-01-01T00:00:00Z') AS time, count(*)::int AS calls,
        count(*) FILTER (WHERE answered)::int AS answered,
        count(*) FILTER (WHERE direction = 'INBOUND' AND NOT answered)::int AS missed,
        sum(duration_seconds) FILTER (WHERE answered)::int AS talk_seconds
      FROM phone_calls WHERE customer_id = $1 AND start_time >= $2 AND start_time <= $3 GROUP BY 1 ORDER BY 1`,
      [customer, url.searchParams.get('from'), url.searchParams.get('to')],
    ),
};

const known = new Map<string, { customer: string; until: number }>();

async function customerOf({ headers }: IncomingMessage): Promise<string | undefined> {
  const token = headers.authorization?.slice(7) ?? '';
  const hash = createHash('sha256').update(token).digest();
  const remembered = known.get(hash.toString('base64'));
  if (remembered && remembered.until > Date.now()) return remembered.customer;
  const id = Buffer.from(token.slice(4), 'base64url').subarray(0, 16).toString('hex');
  const [row] = await ask(
    'token',
    'SELECT customer_id FROM access_tokens WHERE customer_id = $1 AND hash = $2 AND revoked_at IS NULL AND expires_at > now()',
    [id, hash],
  );
  if (row) known.set(hash.toString('base64'), { customer: row.customer_id, until: Date.now() + 800 });
  return row?.customer_id;
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url as string, 'http://limit');
  const customer = await customerOf(request);
  let text = '';
  for await (const chunk of request) text += chunk;
  const answer = customer ? await work[url.pathname.slice(1)]?.(customer, url, text ? JSON.parse(text) : {}) : null;
  response.writeHead(answer ? 200 : 401, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
});
server.listen(0, '127.0.0.1', () =>
  console.log(`Address   http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
process.on('SIGTERM', () => process.exit(0));
