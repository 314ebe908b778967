import { otherOperations } from './bad-operator-operations.ts';

interface Operation {
  operation: string;
  /** The fields of a right request; every number makes another one. */
  base(number: number): Record<string, unknown>;
  fields: string[];
}

const minute = 60_000;
const at = (number: number, minutes = 0) =>
  new Date(Date.UTC(2026, 0, 5) + (number * 10 + minutes) * minute).toISOString().replace('.000Z', 'Z');
const span = (number: number) => ({ startTime: at(number), endTime: at(number, 5) });
const external = (number: number) => `+336${String(10_000_000 + number)}`;

const contact = (number: number) => ({
  lastName: `Name ${number}`,
  firstName: `First ${number}`,
  phone: external(number),
});
const call = (number: number) => ({
  ...{ direction: 'INBOUND', status: 'COMPLETED', numberFrom: external(number), numberTo: `ext ${number}` },
  ...{ subject: 'A subject', ...span(number) },
});
const context = (number: number) => ({
  ...{ direction: 'INBOUND', numberFrom: external(number), startTime: at(number) },
  contextData: [{ key: 'a', value: `b${number}` }],
});
const chat = (number: number) => ({ email: `a${number}@example.com`, subject: 'A subject', ...span(number) });

const webhook = (number: number) => ({
  url: `https://hooks.example/${number}`,
  events: ['CHAT_LOGGED'],
  enabled: false,
});

const agent = [
  'agentFirstName',
  'agentLastName',
  'agentEmail',
  'queueExtension',
  'entityType',
  'entityId',
  'source',
  'subject',
];
const times = ['startTime', 'endTime', 'durationSeconds'];
const contactFields = [
  'lastName',
  'firstName',
  'civility',
  'email',
  'phone',
  'phoneBusiness',
  'phoneMobile',
  'customValue',
  'callDirection',
];
const callFields = [
  ...[
    ...agent,
    ...times,
    'direction',
    'status',
    'numberFrom',
    'numberTo',
    'numberExternal',
    'numberInternal',
    'numberDid',
  ],
  ...['answered', 'body', 'recordingUrl', 'transcription', 'summary', 'sentiment'],
];
const contextFields = [
  'direction',
  'numberFrom',
  'numberTo',
  'source',
  'startTime',
  'startTimeReference',
  'segmentDnType',
  'contextData',
];
const chatFields = [...agent, ...times, 'email', 'numberExternal', 'name', 'chatMessages', 'agent'];

/** The name of a field on the legacy face. */
export const legacyName = (name: string) =>
  ({ startTime: 'start_time_utc', endTime: 'end_time_utc', durationSeconds: 'duration' })[name] ??
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const legacyOperation = (operation: string, path: string, base: Operation['base'], fields: string[]) => ({
  operation,
  path,
  fields: fields.map(legacyName),
  base: (number: number) =>
    Object.fromEntries(
      Object.entries(base(number)).map(([name, value]) => [
        legacyName(name),
        name === 'direction' || name === 'status' ? String(value).toLowerCase() : value,
      ]),
    ),
});

export const restOperations: (Operation & { path: string })[] = [
  legacyOperation('createContact', 'contacts', contact, contactFields),
  legacyOperation('logPhoneCall', 'phone-calls', call, callFields),
  legacyOperation('upsertCallContext', 'phone-calls/context', context, contextFields),
  legacyOperation('logChat', 'chats', chat, chatFields),
];

/** What an answer must tell as it was told. */
const echoes: Record<string, string> = {
  createContact: 'lastName firstName civility customValue email',
  logPhoneCall: `source subject body recordingUrl transcription summary sentiment agentFirstName agentLastName agentEmail
    queueExtension entityType entityId`,
  upsertCallContext: 'source',
  logChat: `email source name subject chatMessages queueExtension entityType entityId agent agentFirstName agentLastName
    agentEmail`,
  createWebhook: 'url',
};

const mutation = (operation: string, type: string, payload: string, base: Operation['base'], fields: string[]) => ({
  operation,
  document: `mutation ($input: ${type}!) { ${operation}(input: $input) { ${payload} { id ${echoes[operation]} } } }`,
  input: true,
  base,
  fields,
});
const asking = (signature: string, field: string, fields: string[]) => ({
  operation: 'ask',
  document: `query (${signature}) { ${field} }`,
  input: false,
  base: () => ({}),
  fields,
});

export const graphqlOperations: (Operation & { document: string; input: boolean })[] = [
  mutation('createContact', 'CreateContactInput', 'contact', contact, contactFields),
  mutation('logPhoneCall', 'LogPhoneCallInput', 'replayed call', call, [...callFields, 'idempotencyKey']),
  mutation('upsertCallContext', 'UpsertCallContextInput', 'callContext', context, contextFields),
  mutation('logChat', 'LogChatInput', 'replayed chat', chat, [...chatFields, 'idempotencyKey']),
  mutation('createWebhook', 'CreateWebhookInput', 'webhook', webhook, ['url', 'events', 'enabled']),
  asking(
    '$phone: String, $email: String, $displayName: String, $placeholder: Boolean',
    'contactSearch(phone: $phone, email: $email, displayName: $displayName, placeholder: $placeholder) { contacts { id } }',
    ['phone', 'email', 'displayName', 'placeholder'],
  ),
  asking('$id: ID!', 'contact(id: $id) { id } phoneCall(id: $id) { id }', ['id']),
  asking(
    '$filter: PhoneCallFilter, $orderBy: [PhoneCallOrder!], $first: Int, $after: String, $last: Int, $before: String, $offset: Int',
    `phoneCalls(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before, offset: $offset) {
      totalCount nodes { id }
    }`,
    ['filter', 'orderBy', 'first', 'after', 'last', 'before', 'offset'],
  ),
  asking(
    '$text: String, $texts: [String!], $time: DateTime, $id: ID, $status: [CallStatus!]',
    `phoneCalls(filter: { number: $text, subject: $text, numberFrom: $texts, agentEmail: $texts, contactId: $id,
      startTime: { from: $time }, endTime: { to: $time }, status: $status }) { totalCount nodes { id } }`,
    ['text', 'texts', 'time', 'id', 'status'],
  ),
  ...otherOperations.map((other) => ({
    ...other,
    input: false,
    base: (number: number) => ({ ...other.base(number) }),
  })),
];
