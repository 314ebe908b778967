/**
 * What figures tell calls apart by, as SQL; a time zone is given as the place of its parameter. Filters compare the
 * same expressions, so that a filter finds exactly the calls that were counted.
 */
export const callExpression = {
  direction: 'direction',
  status: 'status',
  agent: 'coalesce(lower(agent_email), agent_key)',
  queue: 'queue_extension',
  did: 'number_did',
  source: 'source',
  weekday: (timeZone: string) => `extract(isodow FROM start_time AT TIME ZONE ${timeZone}::text)::int`,
  hourOfDay: (timeZone: string) => `extract(hour FROM start_time AT TIME ZONE ${timeZone}::text)::int`,
} as const;
