import { builder } from './builder.ts';

export const CallDirection = builder.enumType('CallDirection', {
  description: 'Which way a call went, seen from the company.',
  values: {
    INBOUND: { description: 'Somebody called the company.' },
    OUTBOUND: { description: 'The company called somebody.' },
    INTERNAL: { description: 'Both ends belong to the company.' },
  } as const,
});

export const CallStatus = builder.enumType('CallStatus', {
  description: 'How a call ended, in the words of whoever reported it.',
  values: {
    COMPLETED: { description: 'It was answered and ended normally.' },
    FAILED: { description: 'It could not be connected.' },
    BUSY: { description: 'The called side was busy.' },
    NO_ANSWER: { description: 'Nobody answered; said of either direction.' },
    MISSED: { description: 'An inbound call that nobody answered, as a 3CX says it.' },
    NOTANSWERED: { description: 'An outbound call that nobody answered, as a 3CX says it.' },
  } as const,
});

export const StartTimeReference = builder.enumType('StartTimeReference', {
  description: 'What the start time of a call context is the start of.',
  values: {
    CALL: { description: 'The whole call.' },
    SEGMENT: { description: 'One leg of it, the one that `segmentDnType` names.' },
  } as const,
});

export const SegmentDnType = builder.enumType('SegmentDnType', {
  description: 'What a leg of a call was connected to (DN: directory number).',
  values: {
    EXTENSION: { description: 'A person’s extension.' },
    TRUNK: { description: 'A line to the outside.' },
    CALL_QUEUE: { description: 'A queue.' },
    VOICEMAIL: { description: 'A voice mailbox.' },
    IVR: { description: 'A menu (interactive voice response).' },
    EXTERNAL_NUMBER: { description: 'A number outside, such as a forwarding target.' },
    CALL_FLOW: { description: 'A scripted call flow.' },
  } as const,
});

export const MatchKind = builder.enumType('MatchKind', {
  description: 'How a contact was found, the surest first. The search stops at the first kind that finds anybody.',
  values: {
    E164: { description: 'The number told its country, and the whole number is equal.' },
    NATIONAL: { description: 'The number was read in the customer’s country, and is then equal.' },
    SUFFIX: { description: 'Only the last digits were sent, at least seven, and the contact’s number ends with them.' },
    EXTENSION: { description: 'A short number, equal digit by digit.' },
    EMAIL: { description: 'The email is equal, whatever its case.' },
    NONE: { description: 'Nobody was found.' },
  } as const,
});

export const SkipReason = builder.enumType('SkipReason', {
  description: 'Why a lookup went on without the answer of an integration.',
  values: {
    TIMEOUT: {
      description: 'It did not answer in its share of the time; what it answers later serves the next lookup.',
    },
    UNAVAILABLE: { description: 'It could not be reached, or answered with an error.' },
    CIRCUIT_OPEN: { description: 'It failed several times in a row, and is left alone for half a minute.' },
  } as const,
});

export const PhoneCallOrderField = builder.enumType('PhoneCallOrderField', {
  description: 'By what calls can be put in order. Calls without the time come last in either direction.',
  values: {
    START_TIME: { description: 'When the call began.' },
    END_TIME: { description: 'When the call ended.' },
    CREATED_AT: { description: 'When the call was stored.' },
    UPDATED_AT: { description: 'When the call was last completed or changed.' },
  } as const,
});

export const OrderDirection = builder.enumType('OrderDirection', {
  description: 'Which end of an order comes first.',
  values: {
    ASC: { description: 'Oldest first.' },
    DESC: { description: 'Newest first.' },
  } as const,
});
