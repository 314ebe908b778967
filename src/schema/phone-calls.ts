import type { PhoneCallFilter as Filter } from '../domain/phone-call-filter.ts';
import { listPhoneCalls } from '../domain/phone-call-list.ts';
import { limits } from '../limits.ts';
import { builder } from './builder.ts';
import { CallDirection, CallStatus, OrderDirection, PhoneCallOrderField } from './enums.ts';
import { PhoneCall } from './refs.ts';
import { atMost, list, moment, phoneNumber, text } from './validation.ts';

const TimeRange = builder.inputType('TimeRange', {
  description: 'A span of time; either end may be left open, and both belong to it.',
  fields: (t) => ({
    from: t.field({ type: 'DateTime', description: 'Not before this moment.', validate: { schema: moment } }),
    to: t.field({ type: 'DateTime', description: 'Not after this moment.', validate: { schema: moment } }),
  }),
});

const PhoneCallFilter = builder.inputRef<Filter>('PhoneCallFilter');

PhoneCallFilter.implement({
  description:
    'Which calls to list. All conditions must hold; of a list of values, one must. Numbers may be written in any form.',
  fields: (t) => ({
    direction: t.field({
      type: [CallDirection],
      description: 'Any of these directions.',
      validate: atMost(limits.filterValues),
    }),
    status: t.field({
      type: [CallStatus],
      description: 'Any of these statuses.',
      validate: atMost(limits.filterValues),
    }),
    answered: t.boolean({ description: 'Answered or not.' }),
    number: t.string({ description: 'This number on any side of the call.', validate: { schema: phoneNumber } }),
    numberFrom: t.stringList({ description: 'Any of these callers.', validate: { schema: list(phoneNumber) } }),
    numberTo: t.stringList({ description: 'Any of these called numbers.', validate: { schema: list(phoneNumber) } }),
    numberDid: t.stringList({
      description: 'Any of these dialled numbers of the company.',
      validate: { schema: list(phoneNumber) },
    }),
    startTime: t.field({ type: TimeRange, description: 'Began within this span.' }),
    endTime: t.field({ type: TimeRange, description: 'Ended within this span.' }),
    agentEmail: t.stringList({
      description: 'Any of these agents, whatever the case.',
      validate: { schema: list(text(limits.email)) },
    }),
    queueExtension: t.stringList({ description: 'Any of these queues.', validate: { schema: list(text()) } }),
    subject: t.string({ description: 'The subject contains this, whatever the case.', validate: { schema: text() } }),
    contactId: t.id({ description: 'Calls with this contact.' }),
    awaitingCallback: t.boolean({
      description:
        'True: missed calls that somebody should return. Nobody was reached at the number since, and of several missed calls of a number only the latest counts. False: all others.',
    }),
    and: t.field({
      type: [PhoneCallFilter],
      description: 'All of these hold as well.',
      validate: atMost(limits.filterValues),
    }),
    or: t.field({
      type: [PhoneCallFilter],
      description: 'At least one of these holds as well.',
      validate: atMost(limits.filterValues),
    }),
    not: t.field({ type: PhoneCallFilter, description: 'This does not hold.' }),
  }),
});

const PhoneCallOrder = builder.inputType('PhoneCallOrder', {
  description: 'One field of an order; calls that are equal in it are put in order by the next, at last by their id.',
  fields: (t) => ({
    field: t.field({ type: PhoneCallOrderField, required: true, description: 'By what.' }),
    direction: t.field({ type: OrderDirection, required: true, defaultValue: 'DESC', description: 'Which end first.' }),
  }),
});

export const PhoneCallConnection = builder.connectionObject(
  { type: PhoneCall, name: 'PhoneCallConnection', description: 'One page of a list of calls.' },
  { name: 'PhoneCallEdge', description: 'A call and where it stands in its list.' },
);

/** What a page costs: as many answers as it has rows. */
export const pageComplexity = ({
  first,
  last,
}: {
  first?: number | null | undefined;
  last?: number | null | undefined;
}) => ({
  field: 1,
  multiplier: Math.min(Math.max(first ?? last ?? limits.defaultPageSize, 1), limits.pageSize),
});

builder.queryField('phoneCalls', (t) =>
  t.connection(
    {
      type: PhoneCall,
      nullable: false,
      description:
        'The call history, newest first unless told otherwise. Cursors stay good while calls are being added: every call appears exactly once.',
      args: {
        filter: t.arg({ type: PhoneCallFilter, description: 'Which calls; all of them if absent.' }),
        orderBy: t.arg({
          type: [PhoneCallOrder],
          description: 'In which order; by start time, newest first, if absent.',
          validate: atMost(4),
        }),
        offset: t.arg.int({
          description: 'How many rows to skip, for numbered pages; cursors are faster on deep ones.',
        }),
      },
      complexity: pageComplexity,
      resolve: (_, listing, { customer }) => listPhoneCalls(customer, listing),
    },
    PhoneCallConnection,
  ),
);
