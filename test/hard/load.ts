/** What the generator of load is told, as JSON on standard input; it answers `Borne` as JSON on standard output. */
export interface Load {
  url: string;
  token: string;
  /** How many requests a second there are of each kind. */
  perSecond: Record<Kind, number>;
  /** How long it goes on before it counts how long answers take, and how long after that. */
  warmUpSeconds: number;
  seconds: number;
}

export interface Borne {
  sent: number;
  errors: number;
  /** The first answer that was not as it should be. */
  error: string;
  p50Ms: number;
  p99Ms: number;
  slowestMs: number;
}

export type Kind = keyof typeof requests;

/** The mobile of somebody; the first of them are contacts. */
export const mobileOf = (person: number) => `+336${String(10_000_000 + person).padStart(8, '0')}`;

const people = 1000;

/** What is sent, by how many requests there were before. */
export const requests = {
  call: (sequence: number) => ({
    path: '/api/crm/lookup/phone-calls',
    body: {
      ...{ direction: 'inbound', status: 'completed', duration: 125, subject: `Order ${sequence}` },
      number_external: mobileOf(sequence % people),
      number_internal: String(100 + (sequence % 40)),
      start_time_utc: new Date(Date.UTC(2026, 0, 1) + sequence * 1000).toISOString(),
    },
  }),
  lookup: (sequence: number) => ({
    path: `/api/crm/lookup/contacts/search?phone=${encodeURIComponent(mobileOf((sequence * 7919) % people))}`,
    body: null,
  }),
  graphql: () => ({
    path: '/graphql',
    body: { query: '{ phoneCalls(first: 20) { nodes { id subject startTime numberExternal } totalCount } }' },
  }),
};
