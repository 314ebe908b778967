import { type Chat as ChatShape, logChat } from '../domain/chat.ts';
import { chatLogsOf, contactsById } from '../domain/phone-call-parts.ts';
import { limits } from '../limits.ts';
import { builder } from './builder.ts';
import { CallLog } from './call-log.ts';
import { Contact } from './refs.ts';
import { duration, email, filledText, inOrder, moment, phoneNumber, text } from './validation.ts';

export const Chat = builder.objectRef<ChatShape>('Chat').implement({
  description: 'A finished chat.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'Never changes.' }),
    email: t.exposeString('email', { description: 'Who chatted; null for a chat by number.' }),
    numberExternal: t.exposeString('numberExternal', {
      description: 'The number of an SMS or WhatsApp chat, in E.164 where it parses.',
    }),
    source: t.exposeString('source', { description: 'Who reported the chat.' }),
    name: t.exposeString('name', { description: 'The name the other side gave.' }),
    startTime: t.expose('startTime', {
      type: 'DateTime',
      description: 'When it began, to the second; null if not told.',
    }),
    endTime: t.expose('endTime', { type: 'DateTime', description: 'When it ended, to the second; null if not told.' }),
    durationSeconds: t.exposeInt('durationSeconds', { description: 'Seconds, as reported, else from start to end.' }),
    subject: t.exposeString('subject', { description: 'What it was about, in one line.' }),
    chatMessages: t.exposeString('chatMessages', { description: 'The whole conversation.' }),
    queueExtension: t.exposeString('queueExtension', { description: 'The queue through which it came.' }),
    entityType: t.exposeString('entityType', { description: 'What the CRM calls the record with which the chat was.' }),
    entityId: t.exposeString('entityId', { description: 'The id of that record in its CRM; null for a placeholder.' }),
    agent: t.exposeString('agent', { description: 'The agent, often an extension.' }),
    agentFirstName: t.exposeString('agentFirstName', { description: 'First name of the agent.' }),
    agentLastName: t.exposeString('agentLastName', { description: 'Last name of the agent.' }),
    agentEmail: t.exposeString('agentEmail', { description: 'Email of the agent.' }),
    contactId: t.exposeID('contactId', {
      description:
        'The contact that `entityId` names, else the only one with the number or email; null if there is none, or several.',
    }),
    contact: t.loadable({
      type: Contact,
      description: 'The contact behind `contactId`.',
      load: (ids: string[], { customer }) => contactsById(customer, ids),
      sort: (contact) => contact.id,
      resolve: ({ contactId }) => contactId,
    }),
    logs: t.loadableGroup({
      type: CallLog,
      nullable: false,
      description: 'How the pushes of the chat to the customer’s CRMs stand.',
      load: (ids: string[], { customer }) => chatLogsOf(customer, ids),
      group: (log) => log.chatId as string,
      resolve: ({ id }) => id,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: false, description: 'When it was stored.' }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      nullable: false,
      description: 'When it was last completed or changed.',
    }),
  }),
});

export const ChatConnection = builder.connectionObject(
  { type: Chat, name: 'ChatConnection', description: 'One page of a list of chats.' },
  { name: 'ChatEdge', description: 'A chat and where it stands in its list.' },
);

const LogChatInput = builder.inputType('LogChatInput', {
  description: 'A finished chat. `email` or `numberExternal` is needed.',
  validate: [
    [
      ({ email, numberExternal }: { email?: string | null; numberExternal?: string | null }) =>
        !!(email ?? numberExternal),
      { message: 'An email or an external number is needed.', path: ['email'] },
    ],
    [inOrder, { message: 'The end must not be before the start.', path: ['endTime'] }],
  ],
  fields: (t) => ({
    email: t.string({ description: 'Who chatted.', validate: { schema: email } }),
    numberExternal: t.string({
      description: 'The number of an SMS or WhatsApp chat.',
      validate: { schema: phoneNumber },
    }),
    source: t.string({ description: 'Who reports.', validate: { schema: text() } }),
    name: t.string({ description: 'The name the other side gave.', validate: { schema: text() } }),
    startTime: t.field({
      type: 'DateTime',
      description: 'When it began; fractions of a second are cut off.',
      validate: { schema: moment },
    }),
    endTime: t.field({
      type: 'DateTime',
      description: 'When it ended; fractions of a second are cut off.',
      validate: { schema: moment },
    }),
    durationSeconds: t.int({ description: 'Seconds; if absent, end minus start.', validate: { schema: duration } }),
    subject: t.string({ description: 'One line.', validate: { schema: text() } }),
    chatMessages: t.string({ description: 'The whole conversation.', validate: { schema: text(limits.chatMessages) } }),
    queueExtension: t.string({ description: 'The queue through which it came.', validate: { schema: text() } }),
    entityType: t.string({ description: 'What the CRM calls the record.', validate: { schema: text() } }),
    entityId: t.string({
      description: 'The id of the record; a placeholder’s means nobody.',
      validate: { schema: text() },
    }),
    agent: t.string({ description: 'The agent, often an extension.', validate: { schema: text() } }),
    agentFirstName: t.string({ description: 'First name of the agent.', validate: { schema: text() } }),
    agentLastName: t.string({ description: 'Last name of the agent.', validate: { schema: text() } }),
    agentEmail: t.string({ description: 'Email of the agent.', validate: { schema: email } }),
    idempotencyKey: t.string({
      description: 'Chosen by the caller, kept for 7 days: the same key with another chat is refused.',
      validate: { schema: filledText(limits.idempotencyKey) },
    }),
  }),
});

const LogChatPayload = builder.objectRef<{ chat: ChatShape; replayed: boolean }>('LogChatPayload').implement({
  description: 'The stored chat.',
  fields: (t) => ({
    chat: t.expose('chat', { type: Chat, nullable: false, description: 'The chat, new or already there.' }),
    replayed: t.exposeBoolean('replayed', {
      nullable: false,
      description: 'True when the chat was stored before; it then took over what this report added.',
    }),
  }),
});

builder.mutationField('logChat', (t) =>
  t.field({
    type: LogChatPayload,
    nullable: false,
    description:
      'Logs a finished chat, exactly once: a report of the same party and start second, or with the same key, is the same chat. Safe to repeat.',
    args: { input: t.arg({ type: LogChatInput, required: true, description: 'The chat.' }) },
    resolve: (_, { input }, { customer }) => logChat(customer, input),
  }),
);
