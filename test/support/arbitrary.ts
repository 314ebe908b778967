import fc from 'fast-check';

/** What tends to be mangled on its way through encodings, templates and databases. */
const awkward = [
  ...[
    '🧑‍🚀',
    '👩🏽‍❤️‍👨🏿',
    '🇫🇷',
    'e\u0301',
    'Ạ̈',
    'שלום',
    'مرحبا',
    '\u202Eabc\u202C',
    '\u200B',
    '\uFEFF',
    '\u{10FFFF}',
    'ﬁ',
    'İı',
    'ß',
  ],
  ...["'", '"', '`', '\\', '\\n', '\\u0000', '\n', '\r\n', '\t', '\u2028', '\u0001', '\u007F', ' '],
  ...['%', '%41', '%00', '_', '$&', '$1', '$$', '{{x}}', '$$\\1', '&', '&amp;', '=', '+', '#', '?', ';', ',', '[', ']'],
  ...["'; DROP TABLE contacts; --", '<script>', '<br/>', '[Name]x', 'null', 'undefined', 'true', '0', '\uD83D\uDE00'],
];

/** Text as both faces take it: trimmed, filled, and no unresolved variable. */
export const text = (maximum = 255) =>
  fc
    .array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constantFrom(...awkward)), {
      minLength: 1,
      maxLength: 8,
    })
    .map((parts) => parts.join('').replaceAll('\0', '').trim())
    .filter((value) => value !== '' && value.length <= maximum && !/^\[.*\]$/s.test(value) && value.isWellFormed());

export const email = fc
  .tuple(fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,8}([._+-][a-z0-9]{1,5})?$/), fc.stringMatching(/^[a-zA-Z0-9]{1,9}$/))
  .map(([name, host]) => `${name}@${host}.example`);

/** Numbers of every kind that a phone system names. */
export const phone = fc.oneof(
  fc.constantFrom(
    '+33612345678',
    '06 12 34 56 78',
    '0033142685300',
    '33698765432',
    '+1 (201) 555-0123',
    '+999 123 456',
  ),
  fc.constantFrom('101', '3631', '0692123456', 'sip:+33612345678@pbx.example', 'tel:+4930123456', '12345678901234567'),
  fc.integer({ min: 100_000_000, max: 799_999_999 }).map((digits) => `0${digits}`),
);

/** A whole second of the years that are taken. */
const second = fc.integer({ min: 0, max: 4_102_444_799 - 604_800 });

/** When something began and ended; either may be untold. */
export const span = fc
  .record({
    start: second,
    length: fc.integer({ min: 0, max: 604_800 }),
    told: fc.constantFrom('both', 'start', 'end'),
  })
  .map(({ start, length, told }) => ({
    ...(told !== 'end' && { startTime: moment(start) }),
    ...(told !== 'start' && { endTime: moment(start + length) }),
  }));

const moment = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

/** Data of any shape whose texts both faces give back unchanged. */
export const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number || 0),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text(), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

/** Inputs of the operations, as GraphQL names them. */
export type Input = Record<string, unknown>;

const optional = <Shape extends Record<string, fc.Arbitrary<unknown>>>(shape: Shape) =>
  fc.record(shape, { requiredKeys: [] });

export const contact = fc
  .tuple(
    fc.record({ lastName: text() }),
    optional({ firstName: text(), civility: text(), customValue: text(), phoneBusiness: phone }),
    optional({ phone: phone, phoneMobile: phone, callDirection: fc.constantFrom('INBOUND', 'OUTBOUND') }),
    fc.record({ email: email }),
  )
  .map((parts): Input => Object.assign({}, ...parts));

const agent = optional({ agentFirstName: text(), agentLastName: text(), agentEmail: email });
const texts = optional({
  ...{ source: text(), subject: text(), queueExtension: text(), entityType: text() },
  ...{ entityId: text(), durationSeconds: fc.integer({ min: 0, max: 604_800 }) },
});
const pair = fc
  .tuple(phone, phone, fc.boolean())
  .map(([a, b, sides]) => (sides ? { numberExternal: a, numberInternal: b } : { numberFrom: a, numberTo: b }));
export const call = fc
  .tuple(
    fc.record({
      direction: fc.constantFrom('INBOUND', 'OUTBOUND', 'INTERNAL'),
      status: fc.constantFrom('COMPLETED', 'FAILED', 'BUSY', 'NO_ANSWER', 'MISSED', 'NOTANSWERED'),
    }),
    ...[pair, span, agent, texts],
    optional({
      ...{ answered: fc.boolean(), body: text(65_536), transcription: text(65_536), summary: text() },
      ...{ sentiment: text(), numberDid: phone },
      recordingUrl: fc.constantFrom('https://pbx.example/ä b?x=1&y=%20#%41', 'http://[::1]:8080/rec/$&.wav'),
    }),
  )
  .map((parts): Input => Object.assign({}, ...parts));

export const context = fc.record({
  numberFrom: phone,
  startTime: fc.constant('2026-01-05T10:00:00Z'),
  contextData: fc.uniqueArray(fc.record({ key: text(), value: json }), {
    selector: ({ key }) => key,
    minLength: 1,
    maxLength: 6,
  }),
});

export const chat = fc
  .tuple(
    fc.record({ email: email }),
    ...[span, agent, texts],
    optional({ chatMessages: text(65_536), name: text(), agent: text(), numberExternal: phone }),
  )
  .map((parts): Input => Object.assign({}, ...parts));
