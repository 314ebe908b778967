import { isoTime } from '../iso-time.ts';
import type { CallDirection, CallStatus, SegmentDnType, StartTimeReference } from './lookup.generated.ts';

// The vocabulary of the legacy face: its words for our enumerations, and the form of its times.

export const callDirections = {
  inbound: 'INBOUND',
  outbound: 'OUTBOUND',
  internal: 'INTERNAL',
} as const satisfies Record<string, CallDirection>;

export const externalDirections = { inbound: 'INBOUND', outbound: 'OUTBOUND' } as const satisfies Record<
  string,
  CallDirection
>;

export const callStatuses = {
  completed: 'COMPLETED',
  failed: 'FAILED',
  busy: 'BUSY',
  'no-answer': 'NO_ANSWER',
  missed: 'MISSED',
  notanswered: 'NOTANSWERED',
} as const satisfies Record<string, CallStatus>;

export const startTimeReferences = { call: 'CALL', segment: 'SEGMENT' } as const satisfies Record<
  string,
  StartTimeReference
>;

export const segmentDnTypes = {
  extension: 'EXTENSION',
  trunk: 'TRUNK',
  call_queue: 'CALL_QUEUE',
  voicemail: 'VOICEMAIL',
  ivr: 'IVR',
  external_number: 'EXTERNAL_NUMBER',
  call_flow: 'CALL_FLOW',
} as const satisfies Record<string, SegmentDnType>;

const words: Record<string, string> = { NO_ANSWER: 'no-answer', MISSED: 'Missed', NOTANSWERED: 'Notanswered' };

/** How answers spell the word of an enumeration. */
export const spellWord = (word: string): string => words[word] ?? word.toLowerCase();

/** How answers write the values of these types, times to the second; all others are written as the schema writes them. */
// biome-ignore lint/suspicious/noExplicitAny: what a type holds, only the schema knows.
export const legacySpelling: Record<string, (value: any) => string> = {
  CallDirection: spellWord,
  CallStatus: spellWord,
  SegmentDnType: spellWord,
  DateTime: (time: Date) => `${isoTime(time).slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}Z`,
};
