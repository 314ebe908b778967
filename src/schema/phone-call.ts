import { agentKeyOf } from '../domain/agent.ts';
import { logPhoneCall, type PhoneCall as PhoneCallShape } from '../domain/phone-call.ts';
import {
  type CallSegment as CallSegmentShape,
  contactsById,
  contextsById,
  findPhoneCall,
  logsOf,
  segmentsOf,
} from '../domain/phone-call-parts.ts';
import { limits } from '../limits.ts';
import { builder } from './builder.ts';
import { CallLog } from './call-log.ts';
import { CallDirection, CallStatus, SegmentDnType } from './enums.ts';
import { CallContext, Contact, PhoneCall } from './refs.ts';
import { duration, email, filledText, inOrder, moment, phoneNumber, text, webAddress } from './validation.ts';

const CallSegment = builder.objectRef<CallSegmentShape>('CallSegment').implement({
  description: 'One leg of a call: a queue, a menu, the extension that answered.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'Never changes.' }),
    order: t.exposeInt('order', { nullable: false, description: 'Its place within the call, from 1.' }),
    dnType: t.expose('dnType', { type: SegmentDnType, nullable: false, description: 'What the leg was connected to.' }),
    dn: t.exposeString('dn', { description: 'The number of it; null if it was not told.' }),
    displayName: t.exposeString('displayName', { description: 'The name of it; null if it was not told.' }),
    answered: t.exposeBoolean('answered', { nullable: false, description: 'Whether somebody answered on this leg.' }),
    startTime: t.expose('startTime', { type: 'DateTime', description: 'When the leg began.' }),
    answerTime: t.expose('answerTime', {
      type: 'DateTime',
      description: 'When it was answered; null if it was not, or not told.',
    }),
    endTime: t.expose('endTime', {
      type: 'DateTime',
      description: 'When the next leg began, or the call ended; null if not told.',
    }),
  }),
});

PhoneCall.implement({
  description: 'A finished call. Numbers are in E.164 where they parse, as sent where not, `anonymous` where hidden.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'Never changes.' }),
    direction: t.expose('direction', { type: CallDirection, nullable: false, description: 'Which way the call went.' }),
    status: t.expose('status', { type: CallStatus, nullable: false, description: 'How it ended.' }),
    answered: t.exposeBoolean('answered', { nullable: false, description: 'Whether somebody answered.' }),
    numberFrom: t.exposeString('numberFrom', { description: 'Who called.' }),
    numberTo: t.exposeString('numberTo', { description: 'Who was called.' }),
    numberExternal: t.exposeString('numberExternal', { description: 'The side outside the company.' }),
    numberInternal: t.exposeString('numberInternal', {
      description: 'The side inside the company, often an extension.',
    }),
    numberDid: t.exposeString('numberDid', {
      description: 'The company’s number that was dialled (DID); null if not told.',
    }),
    source: t.exposeString('source', { description: 'Who reported the call.' }),
    durationSeconds: t.exposeInt('durationSeconds', {
      description: 'Seconds, as reported, else from start to end; null if neither is known.',
    }),
    startTime: t.expose('startTime', {
      type: 'DateTime',
      description: 'When it began, to the second; null if not told.',
    }),
    endTime: t.expose('endTime', { type: 'DateTime', description: 'When it ended, to the second; null if not told.' }),
    subject: t.exposeString('subject', { description: 'What it was about, in one line.' }),
    body: t.exposeString('body', { description: 'Notes of the call.' }),
    recordingUrl: t.exposeString('recordingUrl', {
      description: 'Where the recording can be heard; never fetched by this server.',
    }),
    transcription: t.exposeString('transcription', { description: 'What was said, as text.' }),
    summary: t.exposeString('summary', { description: 'A summary of what was said.' }),
    sentiment: t.exposeString('sentiment', { description: 'The mood of the call, in the words of whoever judged it.' }),
    agentFirstName: t.exposeString('agentFirstName', { description: 'First name of the agent.' }),
    agentLastName: t.exposeString('agentLastName', { description: 'Last name of the agent.' }),
    agentEmail: t.exposeString('agentEmail', { description: 'Email of the agent.' }),
    agentKey: t.string({
      description:
        'To whom the call is attributed: the agent’s email in lower case; without one, the email last seen at the extension; else the extension.',
      resolve: agentKeyOf,
    }),
    queueExtension: t.exposeString('queueExtension', { description: 'The queue through which the call came.' }),
    contactId: t.exposeID('contactId', {
      description:
        'The contact that `entityId` names, else the only one with the external number; null if there is none, or several.',
    }),
    contact: t.loadable({
      type: Contact,
      description: 'The contact behind `contactId`.',
      load: (ids: string[], { customer }) => contactsById(customer, ids),
      sort: (contact) => contact.id,
      resolve: ({ contactId }) => contactId,
    }),
    entityType: t.exposeString('entityType', { description: 'What the CRM calls the record with which the call was.' }),
    entityId: t.exposeString('entityId', { description: 'The id of that record in its CRM; null for a placeholder.' }),
    callContextId: t.exposeID('callContextId', { description: 'The context of the whole call; null if none arrived.' }),
    contextData: t.expose('contextData', {
      type: 'JSON',
      description:
        'The data of every context of the call as one object, the whole call’s before its legs’; null if there is none.',
    }),
    context: t.loadable({
      type: CallContext,
      description: 'The context behind `callContextId`.',
      load: (ids: string[], { customer }) => contextsById(customer, ids),
      sort: (context) => context.id,
      resolve: ({ callContextId }) => callContextId,
    }),
    segments: t.loadableGroup({
      type: CallSegment,
      nullable: false,
      description: 'The legs of the call, in order. Empty if none were told.',
      load: (ids: string[], { customer }) => segmentsOf(customer, ids),
      group: (segment) => segment.phoneCallId,
      resolve: ({ id }) => id,
    }),
    logs: t.loadableGroup({
      type: CallLog,
      nullable: false,
      description: 'How the pushes of the call to the customer’s CRMs stand.',
      load: (ids: string[], { customer }) => logsOf(customer, ids),
      group: (log) => log.phoneCallId as string,
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

builder.queryField('phoneCall', (t) =>
  t.field({
    type: PhoneCall,
    description: 'A call by its id; null if there is none for this customer.',
    args: { id: t.arg.id({ required: true, description: 'The `id` of a call.' }) },
    resolve: (_, { id }, { customer }) => findPhoneCall(customer, id),
  }),
);

interface Pairs {
  numberFrom?: string | null | undefined;
  numberTo?: string | null | undefined;
  numberExternal?: string | null | undefined;
  numberInternal?: string | null | undefined;
}

const anyPair = ({ numberFrom, numberTo, numberExternal, numberInternal }: Pairs) =>
  !!(numberFrom ?? numberTo ?? numberExternal ?? numberInternal);
const pairWhole = (one: unknown, other: unknown) => (one == null) === (other == null);

const LogPhoneCallInput = builder.inputType('LogPhoneCallInput', {
  description: 'A finished call. One complete pair of numbers is needed; the other is derived from the direction.',
  validate: [
    [anyPair, { message: 'A pair of numbers is needed: from and to, or external and internal.', path: ['numberFrom'] }],
    [
      (input: Pairs) => pairWhole(input.numberFrom, input.numberTo),
      { message: '`numberFrom` and `numberTo` go together.', path: ['numberTo'] },
    ],
    [
      (input: Pairs) => pairWhole(input.numberExternal, input.numberInternal),
      { message: '`numberExternal` and `numberInternal` go together.', path: ['numberInternal'] },
    ],
    [inOrder, { message: 'The end must not be before the start.', path: ['endTime'] }],
  ],
  fields: (t) => ({
    direction: t.field({ type: CallDirection, required: true, description: 'Which way the call went.' }),
    status: t.field({ type: CallStatus, required: true, description: 'How it ended.' }),
    numberFrom: t.string({
      description: 'Who called; hidden callers may be sent as `anonymous`.',
      validate: { schema: phoneNumber },
    }),
    numberTo: t.string({ description: 'Who was called.', validate: { schema: phoneNumber } }),
    numberExternal: t.string({ description: 'The side outside the company.', validate: { schema: phoneNumber } }),
    numberInternal: t.string({ description: 'The side inside the company.', validate: { schema: phoneNumber } }),
    numberDid: t.string({ description: 'The company’s number that was dialled.', validate: { schema: phoneNumber } }),
    source: t.string({ description: 'Who reports.', validate: { schema: text() } }),
    answered: t.boolean({ description: 'Whether somebody answered; if absent, true for `COMPLETED` alone.' }),
    durationSeconds: t.int({ description: 'Seconds; if absent, end minus start.', validate: { schema: duration } }),
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
    subject: t.string({ description: 'One line.', validate: { schema: text() } }),
    body: t.string({ description: 'Notes.', validate: { schema: text(limits.longText) } }),
    recordingUrl: t.string({ description: 'An http or https address.', validate: { schema: webAddress } }),
    transcription: t.string({ description: 'What was said.', validate: { schema: text(limits.longText) } }),
    summary: t.string({ description: 'A summary of it.', validate: { schema: text(limits.longText) } }),
    sentiment: t.string({ description: 'The mood of the call.', validate: { schema: text() } }),
    agentFirstName: t.string({ description: 'First name of the agent.', validate: { schema: text() } }),
    agentLastName: t.string({ description: 'Last name of the agent.', validate: { schema: text() } }),
    agentEmail: t.string({ description: 'Email of the agent.', validate: { schema: email } }),
    queueExtension: t.string({ description: 'The queue through which it came.', validate: { schema: text() } }),
    entityType: t.string({ description: 'What the CRM calls the record.', validate: { schema: text() } }),
    entityId: t.string({
      description: 'The id of the record; a placeholder’s means nobody.',
      validate: { schema: text() },
    }),
    idempotencyKey: t.string({
      description: 'Chosen by the caller, kept for 7 days: the same key with another call is refused.',
      validate: { schema: filledText(limits.idempotencyKey) },
    }),
  }),
});

const LogPhoneCallPayload = builder
  .objectRef<{ call: PhoneCallShape; replayed: boolean }>('LogPhoneCallPayload')
  .implement({
    description: 'The stored call.',
    fields: (t) => ({
      call: t.expose('call', { type: PhoneCall, nullable: false, description: 'The call, new or already there.' }),
      replayed: t.exposeBoolean('replayed', {
        nullable: false,
        description: 'True when the call was stored before; it then took over what this report added.',
      }),
    }),
  });

builder.mutationField('logPhoneCall', (t) =>
  t.field({
    type: LogPhoneCallPayload,
    nullable: false,
    description:
      'Logs a finished call, exactly once: a report of the same direction, numbers and start second, or with the same key, is the same call. Fields that were empty are filled, none is overwritten. Safe to repeat.',
    args: { input: t.arg({ type: LogPhoneCallInput, required: true, description: 'The call.' }) },
    resolve: (_, { input }, { customer }) => logPhoneCall(customer, input),
  }),
);
