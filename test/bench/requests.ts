import { month, phoneOf, type Size } from './size.ts';

/** One request of a benchmark, as bytes of HTTP could tell it. */
export interface BenchRequest {
  method: 'GET' | 'POST';
  path: string;
  body?: string;
}

/** From what a request is made: numbers by chance, but the same ones for the same seed. */
export interface Occasion {
  random(): number;
  size: Size;
  customer: string;
  /** Counts the requests of a round. */
  sequence: number;
  /** Where a page in the middle of the history begins. */
  cursor: string;
}

export type Build = (occasion: Occasion) => BenchRequest;

/** What is asked of every server, each in its own words. */
export type Work = 'search' | 'history' | 'log' | 'figures';

const get = (path: string): BenchRequest => ({ method: 'GET', path });
const send = (path: string, body: object): BenchRequest => ({ method: 'POST', path, body: JSON.stringify(body) });
export const query = (text: string, variables: object) => send('/graphql', { query: text, variables });

export const searched = ({ random, size }: Occasion) => phoneOf(random() * (size.contacts / size.customers));

/** A call that differs from all others: in 2027, when no call of the history began. */
export const report = (occasion: Occasion) => ({
  number: searched(occasion),
  extension: String(100 + (occasion.sequence % 40)),
  startTime: new Date(Date.UTC(2027, 0, 1) + Math.floor(occasion.random() * 3e10)).toISOString(),
  durationSeconds: 125,
  subject: `Order ${occasion.sequence}`,
});

const legacyReport = (occasion: Occasion) => {
  const { number, extension, startTime, durationSeconds, subject } = report(occasion);
  return {
    direction: 'inbound',
    status: 'completed',
    number_external: number,
    number_internal: extension,
    start_time_utc: startTime,
    duration: durationSeconds,
    subject,
  };
};

export const contactFields =
  'id civility firstName lastName email company website phoneBusiness1 phoneBusiness2 phoneMobile1 phoneMobile2 phoneHome phoneOther entityUrl entityType customValue';
export const callFields =
  'id direction status answered numberFrom numberTo numberExternal numberInternal numberDid source durationSeconds startTime endTime subject body recordingUrl agentFirstName agentLastName agentEmail queueExtension createdAt updatedAt';

/** The legacy face of this product. */
export const rest = {
  search: (occasion) => get(`/api/crm/lookup/contacts/search?phone=${encodeURIComponent(searched(occasion))}`),
  history: () => get('/api/crm/lookup/phone-calls'),
  firstPage: () => get('/api/crm/lookup/phone-calls?cursor='),
  deepPage: ({ cursor }) => get(`/api/crm/lookup/phone-calls?cursor=${cursor}`),
  log: (occasion) => send('/api/crm/lookup/phone-calls', legacyReport(occasion)),
} satisfies Record<string, Build>;

/** The GraphQL face of this product. */
export const graphql = {
  search: (occasion) =>
    query(
      `query ($phone: String) { contactSearch(phone: $phone) { contacts { ${contactFields} matchedNumber placeholder } match { kind } } }`,
      { phone: searched(occasion) },
    ),
  history: () => query(`query { phoneCalls(first: 20) { nodes { ${callFields} } totalCount } }`, {}),
  log: (occasion) => {
    const { number, extension, ...call } = report(occasion);
    return query(`mutation ($input: LogPhoneCallInput!) { logPhoneCall(input: $input) { call { ${callFields} } } }`, {
      input: { direction: 'INBOUND', status: 'COMPLETED', numberExternal: number, numberInternal: extension, ...call },
    });
  },
  figures: () =>
    query(
      `query ($filter: PhoneCallFilter) { callStats(filter: $filter, bucket: HOUR) { rows { time measures { calls answered missed talkSeconds } } } }`,
      { filter: { startTime: month } },
    ),
} satisfies Record<Work, Build>;

/** The server that shows the limit. */
export const limit = {
  search: (occasion) => get(`/search?phone=${encodeURIComponent(searched(occasion))}`),
  history: () => get('/history'),
  log: (occasion) => send('/log', report(occasion)),
  figures: () => get(`/figures?from=${month.from}&to=${month.to}`),
} satisfies Record<Work, Build>;
