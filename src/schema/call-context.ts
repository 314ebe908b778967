import {
  type CallContext as CallContextShape,
  type UpsertCallContextInput as Upsert,
  upsertCallContext,
} from '../domain/call-context.ts';
import { phoneCallsById } from '../domain/phone-call-parts.ts';
import { limits } from '../limits.ts';
import { builder } from './builder.ts';
import { CallDirection, SegmentDnType, StartTimeReference } from './enums.ts';
import { CallContext, PhoneCall } from './refs.ts';
import { atMost, filledText, json, moment, phoneNumber, text } from './validation.ts';

const ContextEntry = builder.objectRef<{ key: string; value: unknown }>('ContextEntry').implement({
  description: 'One thing that is known of a call.',
  fields: (t) => ({
    key: t.exposeString('key', { nullable: false, description: 'Its name, unique within the context.' }),
    value: t.expose('value', { type: 'JSON', description: 'Its value, of any shape.' }),
  }),
});

CallContext.implement({
  description: 'What is known while a call runs. When the call is logged, it takes over its contexts.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'Never changes; updating a context keeps it.' }),
    direction: t.expose('direction', { type: CallDirection, nullable: false, description: 'Which way the call goes.' }),
    numberFrom: t.exposeString('numberFrom', { description: 'Who calls; null if not told.' }),
    numberTo: t.exposeString('numberTo', { description: 'Who is called; null if not told.' }),
    source: t.exposeString('source', { description: 'Who reported the context.' }),
    startTime: t.expose('startTime', {
      type: 'DateTime',
      description: 'The start of what `startTimeReference` says; null if not told.',
    }),
    startTimeReference: t.expose('startTimeReference', {
      type: StartTimeReference,
      nullable: false,
      description: 'What the start time is the start of.',
    }),
    segmentDnType: t.expose('segmentDnType', {
      type: SegmentDnType,
      description: 'The kind of leg that the context is about.',
    }),
    contextData: t.field({
      type: [ContextEntry],
      nullable: false,
      description: 'What is known, one entry for every key.',
      resolve: ({ contextData }) => Object.entries(contextData as object).map(([key, value]) => ({ key, value })),
    }),
    call: t.loadable({
      type: PhoneCall,
      description: 'The call that took the context over; null until it is logged. A context belongs to one call only.',
      load: (ids: string[], { customer }) => phoneCallsById(customer, ids),
      sort: (call) => call.id,
      resolve: ({ phoneCallId }) => phoneCallId,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: false, description: 'When it first arrived.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', nullable: false, description: 'When it last changed.' }),
  }),
});

const ContextEntryInput = builder.inputType('ContextEntryInput', {
  description: 'One thing that is known of a call.',
  fields: (t) => ({
    key: t.string({
      required: true,
      description: 'Its name; a later entry of the same name replaces it.',
      validate: { schema: filledText() },
    }),
    value: t.field({ type: 'JSON', description: 'Its value, of any shape.', validate: { schema: json } }),
  }),
});

interface Ends {
  direction?: string;
  numberFrom?: string | null | undefined;
  numberTo?: string | null | undefined;
}

const UpsertCallContextInput = builder.inputType('UpsertCallContextInput', {
  description:
    'What is known of a running call. The external number is needed: `numberFrom` if inbound, `numberTo` if outbound.',
  fields: (t) => ({
    direction: t.field({ type: CallDirection, required: true, description: '`INBOUND` or `OUTBOUND`.' }),
    numberFrom: t.string({ description: 'Who calls.', validate: { schema: phoneNumber } }),
    numberTo: t.string({
      description: 'Who is called; of an inbound call, the company’s number that was dialled.',
      validate: { schema: phoneNumber },
    }),
    source: t.string({ description: 'Who reports.', validate: { schema: text() } }),
    startTime: t.field({
      type: 'DateTime',
      description:
        'The start of what `startTimeReference` says; the moment of arrival if absent. Clocks may differ by 5 minutes.',
      validate: { schema: moment },
    }),
    startTimeReference: t.field({
      type: StartTimeReference,
      defaultValue: 'CALL',
      description: 'What the start time is the start of.',
    }),
    segmentDnType: t.field({ type: SegmentDnType, description: 'The kind of leg, for a start time of a `SEGMENT`.' }),
    contextData: t.field({
      type: [ContextEntryInput],
      description: `What is known, at most ${limits.contextEntries} entries; merged by key with what was known before.`,
      validate: atMost(limits.contextEntries),
    }),
  }),
  validate: [
    [
      ({ direction }: Ends) => direction !== 'INTERNAL',
      { message: 'An internal call has no context.', path: ['direction'] },
    ],
    [
      ({ direction, numberFrom }: Ends) => direction !== 'INBOUND' || !!numberFrom,
      { message: '`numberFrom` is needed when the direction is inbound.', path: ['numberFrom'] },
    ],
    [
      ({ direction, numberTo }: Ends) => direction !== 'OUTBOUND' || !!numberTo,
      { message: '`numberTo` is needed when the direction is outbound.', path: ['numberTo'] },
    ],
  ],
});

const UpsertCallContextPayload = builder
  .objectRef<{ callContext: CallContextShape; created: boolean }>('UpsertCallContextPayload')
  .implement({
    description: 'The saved context.',
    fields: (t) => ({
      callContext: t.expose('callContext', {
        type: CallContext,
        nullable: false,
        description: 'The context as it is now.',
      }),
      created: t.exposeBoolean('created', {
        nullable: false,
        description: 'False when a context that was there was updated.',
      }),
    }),
  });

builder.mutationField('upsertCallContext', (t) =>
  t.field({
    type: UpsertCallContextPayload,
    nullable: false,
    skipTypeScopes: true,
    authScopes: { lookup: true, saveContext: true },
    description:
      'Saves what is known while a call runs; a second report of the same call updates the first. Needs the scopes `client` and `crm`, or a context token. Safe to repeat.',
    args: { input: t.arg({ type: UpsertCallContextInput, required: true, description: 'The context.' }) },
    resolve: (_, { input }, { customer }) => upsertCallContext(customer, input as Upsert),
  }),
);
