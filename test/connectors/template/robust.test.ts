import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateCondition, evaluateText } from '../../../src/connectors/template/expression.ts';
import { scope } from './names.ts';

const pieces = [
  ...[
    '[',
    ']',
    '[[',
    ']]',
    '{{',
    '}}',
    '^^',
    '"',
    '(',
    ')',
    ',',
    '.',
    '\\',
    '||',
    '&&',
    '==',
    '!=',
    '<',
    '>',
    '+',
    ' ',
  ],
  ...[
    'IIf(',
    'Number',
    'Loop',
    'Double',
    '.Replace(',
    '.ToString(',
    '.PadLeft(',
    '99999999',
    'yyyy',
    '\uFDD0',
    '\uD800',
  ],
];

test('no input makes the evaluator throw or hang', () => {
  const input = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(input, fc.nat(4), (expression, passes) => {
      expect(typeof evaluateText(expression, scope(), passes)).toBe('string');
      expect(typeof evaluateCondition(expression, scope())).toBe('boolean');
    }),
    { numRuns: 600 },
  );
});

test('a text without expressions is never changed', () => {
  const plain = fc.string({ unit: 'binary' }).filter((line) => !/\[|\]|\{\{|\}\}|\^\^/.test(line));
  fc.assert(
    fc.property(plain, fc.nat(3), (line, passes) => {
      expect(evaluateText(line, scope(), passes)).toBe(line);
    }),
  );
});

test.each([
  ['open brackets', '['.repeat(50_000)],
  ['pairs of brackets', '[]'.repeat(50_000)],
  ['nested brackets', `${'['.repeat(50_000)}a${']'.repeat(50_000)}`],
  ['quotes in brackets', `[${'"'.repeat(50_001)}]`],
  ['open conditions', `[${'IIf('.repeat(50_000)}]`],
  ['parentheses', `[${'('.repeat(40_000)}]`],
  ['one long word', `[${'a '.repeat(50_000)}]`],
  ['operators', `[${'a=='.repeat(40_000)}]`],
])('a long run of %s is read in no time', (_, expression) => {
  const begun = performance.now();
  evaluateText(expression, scope(), 1);
  evaluateCondition(expression, scope());
  expect(performance.now() - begun).toBeLessThan(20_000);
});
