import fc from 'fast-check';
import { leaks } from './leaks.ts';

const ownKey = (key: string, value: unknown) => Object.fromEntries([[key, value]]);
const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

const brokenText = [
  '\0',
  'a\0b',
  '\ud800',
  'a\udfffb',
  '\udc00\ud800',
  '\ufffe',
  '\u202e',
  '\u0001\u001f\u007f',
  '\ufeff',
];
const code = [
  ...[
    "' OR 1=1 --",
    "'; DROP TABLE contacts; --",
    '" OR ""="',
    '$1',
    '$$',
    '\\',
    '\\\\x00',
    "E'\\\\x00'",
    '%',
    '_%',
    '%s%n',
  ],
  ...[
    '${',
    '{{7*7}}',
    '<%= 7*7 %>',
    '#{7*7}',
    '[[7*7]]',
    '<script>alert(1)</script>',
    '{"$gt":""}',
    '../../etc/passwd',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'prototype',
    '[object Object]',
    'undefined',
    'NaN',
    'null',
  ],
  ...[
    '[Number]',
    '[Transcription]',
    '[',
    ']',
    '[]',
    '\r\nSet-Cookie: a=b',
    'javascript:alert(1)',
    'file:///etc/passwd',
  ],
];
const times = [
  ...[
    '0000-00-00T00:00:00Z',
    '9999-99-99T99:99:99Z',
    '2026-02-30T00:00:00Z',
    '31.12.2026 10:00',
    '1969-12-31T23:59:59Z',
  ],
  ...[
    '2101-01-01T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '-271821-04-20T00:00:00Z',
    '2026-01-01T00:00:00+99:99',
    '2026-W01',
  ],
  ...[
    '2026-01-01',
    'now',
    '2026-01-01T24:00:00Z',
    '2100-12-31T23:59:59-23:59',
    ',',
    '>=',
    '2026-01-01,,',
    '>2026-13-01',
  ],
];
const amounts = [
  ...[-1, -0, 0.5, 1e21, 1e308, -1e308, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, Number.MIN_VALUE],
  ...[
    '-1',
    '1e9',
    '0x10',
    '१२',
    '1,5',
    '99:99:99',
    '999.99:99:99',
    'PT999999999H',
    'P',
    '604801',
    '9'.repeat(400),
    ' 7 ',
    '--1',
  ],
];
const shapes = [
  ...[
    null,
    true,
    false,
    [],
    {},
    [[]],
    [null],
    ['a', 'b'],
    { key: 'a' },
    { '0': 'a' },
    { length: 3 },
    { toString: 'x' },
  ],
  ...[ownKey('__proto__', { admin: true }), { constructor: { prototype: { admin: true } } }, ownKey('__proto__', null)],
  ...[{ not: '1' }, [{ key: 'a', value: 'b' }], [{ key: '', value: 1 }], [{ key: '__proto__', value: { a: '\0' } }]],
];
const ids = [
  ...['', ' ', '00000000-0000-0000-0000-000000000000', 'placeholder-', 'x'.repeat(36), '-'.repeat(36), 'e30', 'W10'],
  ...['WyJzdGFydFRpbWUgREVTQyxpZCBERVNDIiwieCIsIngiXQ', 'WyJzdGFydFRpbWUgREVTQyxpZCBERVNDIixudWxsLCItLSJd'],
];

/** Without what looks like a leak by chance: where it is told back, it would be taken for one. */
const innocent = <Value>(values: fc.Arbitrary<Value>) =>
  values.filter((value) => !leaks.some((leak) => leak.test(JSON.stringify(value))));

/** Values that some field, somewhere, is not made for. */
export const badValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<unknown>(...brokenText, ...code) },
  { weight: 5, arbitrary: fc.constantFrom<unknown>(...times, ...amounts, ...ids) },
  { weight: 5, arbitrary: fc.constantFrom<unknown>(...shapes) },
  { weight: 3, arbitrary: innocent(fc.string({ unit: 'binary', maxLength: 300, size: 'max' })) },
  {
    weight: 2,
    arbitrary: innocent(fc.string({ unit: fc.integer({ max: 0xffff }).map((unit) => String.fromCharCode(unit)) })),
  },
  { weight: 2, arbitrary: innocent(fc.jsonValue({ maxDepth: 3 })) },
  { weight: 1, arbitrary: fc.constantFrom(20, 33, 500).map(nested) },
  { weight: 1, arbitrary: fc.constantFrom(256, 2049, 65_537, 300_000).map((length) => 'é'.repeat(length)) },
);

/** Names that no operation has, and some that every object has. */
export const badName = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  '',
  'x',
  'last_name.x',
  'a]',
  '[b',
  'é\0',
);
