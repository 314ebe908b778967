import { connectors } from '../../src/connectors/index.ts';

/** Every operation as a document, with variables that it takes and variables that break one of its rules. */
export interface Operation {
  document: string;
  right: object;
  /** Absent where nothing can be sent that is wrong. */
  wrong?: object;
  /** What a customer without any data is answered. */
  answer: { data: object | null; errors?: object[] };
  /** The scopes that it needs, all of them. */
  scopes: string[];
}

const lookup = ['client', 'crm'];
const nobody = '0197f0c4-0000-7000-8000-000000000000';

const nothingErased = { contacts: 0, phoneCalls: 0, callContexts: 0, chats: 0 };
/** An operator's mutation of something that there is not. */
function onNobody(name: string, variables = '', args = '', more: object = {}, what = 'integration #'): Operation {
  const head = `mutation ($id: ID! ${variables}) { `;
  return {
    document: `${head}${name}(id: $id ${args}) { __typename } }`,
    right: { id: nobody, ...more },
    answer: {
      data: null,
      errors: [
        {
          message: `There is no ${what.replace('#', nobody)}.`,
          path: [name],
          locations: [{ line: 1, column: head.length + 1 }],
          extensions: { code: 'NOT_FOUND' },
        },
      ],
    },
    scopes: ['admin'],
  };
}

export const operations: Record<string, Operation> = {
  viewer: {
    document: '{ viewer { scopes } }',
    right: {},
    answer: { data: { viewer: { scopes: lookup } } },
    scopes: lookup,
  },
  contactSearch: {
    document: 'query ($phone: String) { contactSearch(phone: $phone) { match { kind } } }',
    right: { phone: '0612345678' },
    wrong: { phone: ' ' },
    answer: { data: { contactSearch: { match: { kind: 'NONE' } } } },
    scopes: lookup,
  },
  contact: {
    document: 'query ($id: ID!) { contact(id: $id) { id } }',
    right: { id: nobody },
    answer: { data: { contact: null } },
    scopes: lookup,
  },
  createContact: {
    document: 'mutation ($input: CreateContactInput!) { createContact(input: $input) { created } }',
    right: { input: { lastName: 'Moreau' } },
    wrong: { input: { lastName: ' ' } },
    answer: { data: { createContact: { created: true } } },
    scopes: lookup,
  },
  phoneCalls: {
    document: 'query ($filter: PhoneCallFilter) { phoneCalls(filter: $filter) { totalCount } }',
    right: { filter: { number: '0612345678' } },
    wrong: { filter: { number: ' ' } },
    answer: { data: { phoneCalls: { totalCount: 0 } } },
    scopes: lookup,
  },
  phoneCall: {
    document: 'query ($id: ID!) { phoneCall(id: $id) { id } }',
    right: { id: nobody },
    answer: { data: { phoneCall: null } },
    scopes: lookup,
  },
  callStats: {
    document: 'query ($timeZone: String) { callStats(timeZone: $timeZone) { timeZone total { calls } } }',
    right: { timeZone: 'Asia/Kathmandu' },
    wrong: { timeZone: 'Europe/Atlantis' },
    answer: { data: { callStats: { timeZone: 'Asia/Kathmandu', total: { calls: 0 } } } },
    scopes: lookup,
  },
  logPhoneCall: {
    document: 'mutation ($input: LogPhoneCallInput!) { logPhoneCall(input: $input) { replayed } }',
    right: { input: { direction: 'INBOUND', status: 'MISSED', numberFrom: '0612345678', numberTo: '101' } },
    wrong: { input: { direction: 'INBOUND', status: 'MISSED', numberFrom: '0612345678' } },
    answer: { data: { logPhoneCall: { replayed: false } } },
    scopes: lookup,
  },
  upsertCallContext: {
    document: 'mutation ($input: UpsertCallContextInput!) { upsertCallContext(input: $input) { created } }',
    right: { input: { direction: 'INBOUND', numberFrom: '0612345678' } },
    wrong: { input: { direction: 'INBOUND' } },
    answer: { data: { upsertCallContext: { created: true } } },
    scopes: lookup,
  },
  logChat: {
    document: 'mutation ($input: LogChatInput!) { logChat(input: $input) { replayed } }',
    right: { input: { email: 'camille.martin@example.com' } },
    wrong: { input: {} },
    answer: { data: { logChat: { replayed: false } } },
    scopes: lookup,
  },
  eraseContact: {
    document: 'mutation ($id: ID!) { eraseContact(id: $id) { contacts phoneCalls callContexts chats } }',
    right: { id: nobody },
    answer: { data: { eraseContact: nothingErased } },
    scopes: ['admin'],
  },
  eraseNumber: {
    document: 'mutation ($number: String!) { eraseNumber(number: $number) { contacts phoneCalls callContexts chats } }',
    right: { number: '0612345678' },
    wrong: { number: ' ' },
    answer: { data: { eraseNumber: nothingErased } },
    scopes: ['admin'],
  },
  eraseEmail: {
    document: 'mutation ($email: String!) { eraseEmail(email: $email) { contacts phoneCalls callContexts chats } }',
    right: { email: 'camille.martin@example.com' },
    wrong: { email: ' ' },
    answer: { data: { eraseEmail: nothingErased } },
    scopes: ['admin'],
  },
  personRecord: {
    document: 'query ($person: PersonInput!) { personRecord(person: $person) }',
    right: { person: { email: 'camille.martin@example.com' } },
    wrong: { person: { number: ' ' } },
    answer: {
      data: {
        personRecord: {
          contacts: [],
          contactNumbers: [],
          phoneCalls: [],
          callSegments: [],
          callContexts: [],
          chats: [],
          deliveries: [],
        },
      },
    },
    scopes: ['admin'],
  },
  updateRetention: {
    document: 'mutation ($days: Int) { updateRetention(days: $days) { retentionDays } }',
    right: { days: null },
    wrong: { days: 0 },
    answer: { data: { updateRetention: { retentionDays: null } } },
    scopes: ['admin'],
  },
  connectors: {
    document: '{ connectors { connector } }',
    right: {},
    answer: { data: { connectors: Object.keys(connectors).map((connector) => ({ connector })) } },
    scopes: ['admin'],
  },
  integrationForm: {
    document: 'query ($connector: String!) { integrationForm(connector: $connector) { connector } }',
    right: { connector: 'native' },
    wrong: { connector: ' ' },
    answer: { data: { integrationForm: { connector: 'native' } } },
    scopes: ['admin'],
  },
  integrations: {
    document: '{ integrations { connector } }',
    right: {},
    answer: { data: { integrations: [{ connector: 'native' }] } },
    scopes: ['admin'],
  },
  createIntegration: {
    document:
      'mutation ($connector: String!, $input: IntegrationInput!) { createIntegration(connector: $connector, input: $input) { position } }',
    right: { connector: 'native', input: {} },
    wrong: { connector: 'native', input: { position: 0 } },
    answer: { data: { createIntegration: { position: 2 } } },
    scopes: ['admin'],
  },
  updateIntegration: onNobody('updateIntegration', '$input: IntegrationInput!', 'input: $input', { input: {} }),
  removeIntegration: onNobody('removeIntegration'),
  authorizeIntegration: onNobody('authorizeIntegration'),
  testIntegration: onNobody('testIntegration', '$phone: String', 'phone: $phone', { phone: '0612345678' }),
  webhooks: {
    document: '{ webhooks { url } }',
    right: {},
    answer: { data: { webhooks: [] } },
    scopes: ['admin'],
  },
  webhookDeliveries: {
    document: 'query ($id: ID) { webhookDeliveries(webhookId: $id) { totalCount } }',
    right: { id: nobody },
    wrong: { id: 'x' },
    answer: { data: { webhookDeliveries: { totalCount: 0 } } },
    scopes: ['admin'],
  },
  createWebhook: {
    document: 'mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { enabled } } }',
    right: { input: { url: 'https://crm.example/hook', events: ['CHAT_LOGGED'] } },
    wrong: { input: { url: 'ftp://crm.example', events: [] } },
    answer: { data: { createWebhook: { webhook: { enabled: true } } } },
    scopes: ['admin'],
  },
  updateWebhook: onNobody('updateWebhook', '$input: UpdateWebhookInput!', 'input: $input', { input: {} }, 'webhook #'),
  rotateWebhookSecret: onNobody('rotateWebhookSecret', '', '', {}, 'webhook #'),
  testWebhook: onNobody('testWebhook', '', '', {}, 'webhook #'),
  removeWebhook: onNobody('removeWebhook', '', '', {}, 'webhook #'),
  redeliverToWebhook: onNobody('redeliverToWebhook', '', '', {}, 'delivery # to a webhook'),
  redeliver: {
    document: 'mutation ($id: ID!) { redeliver(id: $id) { id } }',
    right: { id: nobody },
    answer: {
      data: null,
      errors: [
        {
          message: `There is no delivery ${nobody}.`,
          path: ['redeliver'],
          locations: [{ line: 1, column: 23 }],
          extensions: { code: 'NOT_FOUND' },
        },
      ],
    },
    scopes: ['admin'],
  },
};
