import { type Build, callFields, contactFields, query, report, searched } from './requests.ts';

type PeerWork = 'search' | 'history' | 'log';

/** Mercurius, whose schema was made for this work. */
export const mercurius = {
  search: (occasion) =>
    query(`query ($phone: String!) { contactSearch(phone: $phone) { ${contactFields} } }`, {
      phone: searched(occasion),
    }),
  history: () => query(`query { phoneCalls(first: 20) { nodes { ${callFields} } totalCount } }`, {}),
  log: (occasion) =>
    query(`mutation ($report: Report!) { logPhoneCall(report: $report) { ${callFields} } }`, {
      report: report(occasion),
    }),
} satisfies Record<PeerWork, Build>;

/** PostGraphile calls every column `id` so, as it has ids of its own. */
const rowId = (fields: string) => fields.replace(/^id\b/, 'rowId');

/** PostGraphile, whose schema is made from the tables; the customer is one of the conditions. */
export const postgraphile = {
  search: (occasion) => {
    const phone = searched(occasion);
    return query(
      `query ($customer: UUID!, $tail: String!, $phone: String!) {
        allContactNumbers(condition: { customerId: $customer, tail: $tail, canonical: $phone }, first: 20) {
          nodes { contactByCustomerIdAndContactId { ${rowId(contactFields)} } } } }`,
      { customer: occasion.customer, tail: phone.slice(-7), phone },
    );
  },
  history: ({ customer }) =>
    query(
      `query ($customer: UUID!) {
        allPhoneCalls(condition: { customerId: $customer }, first: 20, orderBy: [START_TIME_DESC, ROW_ID_DESC]) {
          nodes { ${rowId(callFields)} } totalCount } }`,
      { customer },
    ),
  log: (occasion) => {
    const { startTime, durationSeconds, ...call } = report(occasion);
    return query(
      `mutation ($input: PeersLogPhoneCallInput!) { peersLogPhoneCall(input: $input) { result { ${rowId(callFields)} } } }`,
      { input: { customer: occasion.customer, ...call, seconds: durationSeconds, began: startTime } },
    );
  },
} satisfies Record<PeerWork, Build>;
