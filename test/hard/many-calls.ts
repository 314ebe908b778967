export const million = 1_000_000;

const first = '2025-01-01T00:00:00Z';
const yearSeconds = 365 * 86_400;

/** Gives the customer `$1` so many calls (`$2`), spread over the year 2025; every thousandth has no start. */
export const insertCalls = `
  INSERT INTO phone_calls (customer_id, id, direction, status, answered, number_from, number_to, number_external,
    number_internal, numbers_sent, duration_seconds, start_time, end_time, subject, body, agent_key, queue_extension, created_at)
  SELECT $1, gen_random_uuid(),
    (ARRAY['INBOUND', 'INBOUND', 'OUTBOUND'])[1 + n % 3]::call_direction,
    CASE WHEN n % 4 = 0 THEN 'MISSED' ELSE 'COMPLETED' END::call_status, n % 4 <> 0, external, internal, external, internal, '{}',
    CASE WHEN n % 4 <> 0 THEN (random() * 600)::int END, start, start + interval '3 minutes',
    'Order ' || n, repeat('what was said ', 1 + n % 20), internal, '8' || n % 5, coalesce(start, '${first}')
  FROM generate_series(1, $2::int) AS n,
    LATERAL (SELECT CASE WHEN n % 1000 <> 0 THEN timestamptz '${first}' + make_interval(secs => floor(n * ${yearSeconds}::float8 / $2)) END AS start,
      '+336' || lpad(((n::bigint * 7919) % 50000)::text, 8, '0') AS external, (100 + n % 40)::text AS internal) AS made
  ON CONFLICT DO NOTHING`;
