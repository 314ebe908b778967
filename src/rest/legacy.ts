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

const lowerCase = (word: string) => word.toLowerCase();

/** How the values of these fields are spelled in answers. */
const spellings: Record<string, (word: string) => string> = {
  direction: lowerCase,
  dn_type: lowerCase,
  status: (word) =>
    ({ NO_ANSWER: 'no-answer', MISSED: 'Missed', NOTANSWERED: 'Notanswered' })[word] ?? word.toLowerCase(),
};

/** Fields that hold somebody else's data, which is given back as it came. */
const foreign = new Set(['context_data']);

/** Puts the values of an executed document into the legacy spelling, in place: enumerations, and times to the second. */
export function spellLegacy<Value>(value: Value): Value {
  if (Array.isArray(value)) {
    for (const item of value) spellLegacy(item);
  } else if (typeof value === 'object' && value !== null) {
    const fields = value as Record<string, unknown>;
    for (const name of Object.keys(fields)) {
      const inner = fields[name];
      if (inner instanceof Date) fields[name] = legacyTime(inner);
      else if (typeof inner === 'string') fields[name] = spellings[name]?.(inner) ?? inner;
      else if (!foreign.has(name)) spellLegacy(inner);
    }
  }
  return value;
}

const legacyTime = (time: Date) => `${time.toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}Z`;
