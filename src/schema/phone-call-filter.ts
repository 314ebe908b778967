import { z } from 'zod';
import type { PhoneCallFilter as Filter } from '../domain/phone-call-filter.ts';
import { limits } from '../limits.ts';
import { builder } from './builder.ts';
import { CallDirection, CallStatus } from './enums.ts';
import { atMost, filledText, list, moment, phoneNumber, text } from './validation.ts';

const TimeRange = builder.inputType('TimeRange', {
  description: 'A span of time; either end may be left open, and both belong to it.',
  fields: (t) => ({
    from: t.field({ type: 'DateTime', description: 'Not before this moment.', validate: { schema: moment } }),
    to: t.field({ type: 'DateTime', description: 'Not after this moment.', validate: { schema: moment } }),
  }),
});

const LocalTime = builder.inputType('LocalTime', {
  description: 'What clocks showed, whatever the date. Calls without a start time are never found by it.',
  fields: (t) => ({
    weekday: t.intList({
      description: 'Any of these days, from Monday as 1 to Sunday as 7 (ISO 8601).',
      validate: { schema: list(z.int().min(1, 'Must be 1 to 7.').max(7, 'Must be 1 to 7.')) },
    }),
    hourOfDay: t.intList({
      description: 'Any of these hours, from 0 to 23.',
      validate: { schema: list(z.int().min(0, 'Must be 0 to 23.').max(23, 'Must be 0 to 23.')) },
    }),
    timeZone: t.string({
      description: 'Where the clocks stand, as an IANA name (`Europe/Paris`); in the customer’s time zone if absent.',
      validate: { schema: text() },
    }),
  }),
});

const CallDetail = builder.enumType('CallDetail', {
  description: 'Something that is known of some calls and not of others.',
  values: {
    START_TIME: { description: 'When the call began.' },
    AGENT: { description: 'To whom it is attributed.' },
    QUEUE: { description: 'Through which queue it came.' },
    DID: { description: 'Which number of the company was dialled.' },
    SOURCE: { description: 'Who reported it.' },
    CONTACT: { description: 'With which contact it was.' },
    RECORDING: { description: 'Where its recording is.' },
  } as const,
});

export const PhoneCallFilter = builder.inputRef<Filter>('PhoneCallFilter');

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
    localTime: t.field({ type: LocalTime, description: 'Began when clocks showed this.' }),
    agent: t.stringList({
      description: 'Attributed to any of these agents, as `agentKey` of a call names them.',
      validate: { schema: list(text()) },
    }),
    agentEmail: t.stringList({
      description: 'Any of these agents, whatever the case.',
      validate: { schema: list(text(limits.email)) },
    }),
    queueExtension: t.stringList({ description: 'Any of these queues.', validate: { schema: list(text()) } }),
    source: t.stringList({ description: 'Reported by any of these.', validate: { schema: list(text()) } }),
    without: t.field({
      type: [CallDetail],
      description: 'Nothing is known of any of these.',
      validate: atMost(limits.filterValues),
    }),
    subject: t.string({ description: 'The subject contains this, whatever the case.', validate: { schema: text() } }),
    search: t.string({
      description:
        'Every one of these words stands in the subject, body or transcription, in any order and whatever the case; a word of three or more characters also stands for those that begin with it.',
      validate: { schema: filledText() },
    }),
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
