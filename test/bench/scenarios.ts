import { phoneOf, type Size } from './world.ts';

/** One request of a benchmark, as bytes of HTTP could tell it. */
export interface BenchRequest {
  method: 'GET' | 'POST';
  path: string;
  body?: string;
}

export interface Scenario {
  name: string;
  /** Which route of the limit server does the same work. */
  limit: 'search' | 'history' | 'log';
  /** The share of the limit's throughput that is aimed for. */
  goal: number;
  request(random: () => number, size: Size, sequence: number): BenchRequest;
}

const contactFields =
  'id civility firstName lastName email company website phoneBusiness1 phoneBusiness2 phoneMobile1 phoneMobile2 phoneHome phoneOther entityUrl entityType customValue matchedNumber placeholder';
const callFields =
  'id direction status answered numberFrom numberTo numberExternal numberInternal numberDid source durationSeconds startTime endTime subject body recordingUrl agentFirstName agentLastName agentEmail queueExtension createdAt updatedAt';

const post = (query: string, variables: object): BenchRequest => ({
  method: 'POST',
  path: '/graphql',
  body: JSON.stringify({ query, variables }),
});

const searched = (random: () => number, { contacts, customers }: Size) =>
  phoneOf(Math.floor(random() * Math.floor(contacts / customers)));

/** Every number of the report that follows; each call differs from all others. */
const report = (random: () => number, size: Size, sequence: number) => ({
  direction: 'inbound',
  status: 'completed',
  number_external: searched(random, size),
  number_internal: String(100 + (sequence % 40)),
  start_time_utc: new Date(Date.UTC(2027, 0, 1) + Math.floor(random() * 3e10)).toISOString(),
  duration: 125,
  subject: `Order ${sequence}`,
});

/** What is driven, by the names of the goals. */
export const scenarios: Scenario[] = [
  {
    name: 'REST contact search',
    limit: 'search',
    goal: 0.75,
    request: (random, size) => ({
      method: 'GET',
      path: `/api/crm/lookup/contacts/search?phone=${encodeURIComponent(searched(random, size))}`,
    }),
  },
  {
    name: 'GraphQL contact search',
    limit: 'search',
    goal: 0.65,
    request: (random, size) =>
      post(`query ($phone: String) { contactSearch(phone: $phone) { contacts { ${contactFields} } match { kind } } }`, {
        phone: searched(random, size),
      }),
  },
  {
    name: 'REST history page',
    limit: 'history',
    goal: 0.75,
    request: () => ({ method: 'GET', path: '/api/crm/lookup/phone-calls' }),
  },
  {
    name: 'GraphQL history page',
    limit: 'history',
    goal: 0.6,
    request: () => post(`query { phoneCalls(first: 20) { nodes { ${callFields} } totalCount } }`, {}),
  },
  {
    name: 'REST logging a call',
    limit: 'log',
    goal: 0.5,
    request: (random, size, sequence) => ({
      method: 'POST',
      path: '/api/crm/lookup/phone-calls',
      body: JSON.stringify(report(random, size, sequence)),
    }),
  },
];

/** What the limit server is asked instead. */
export const limitRequest = (scenario: Scenario, random: () => number, size: Size, sequence: number): BenchRequest => {
  if (scenario.limit === 'search')
    return { method: 'GET', path: `/search?phone=${encodeURIComponent(searched(random, size))}` };
  if (scenario.limit === 'history') return { method: 'GET', path: '/history' };
  return { method: 'POST', path: '/log', body: JSON.stringify(report(random, size, sequence)) };
};
