import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isHopelesslyDeep } from '../../src/graphql/variable-bounds.ts';

const bytes = (json: string) => new TextEncoder().encode(json);

test('brackets in texts are no depth, whatever stands around them', () => {
  const value = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.constant('[{"'.repeat(300)), fc.constant('\\"[')));
  fc.assert(fc.property(value, (json) => !isHopelesslyDeep(bytes(JSON.stringify([json, json])))));
});

test.each([
  ['lists side by side', JSON.stringify(Array(1000).fill([[]])), false],
  ['128 levels', `${'['.repeat(128)}${']'.repeat(128)}`, false],
  ['129 levels', `${'['.repeat(129)}${']'.repeat(129)}`, true],
  ['levels that never end', '{"a":'.repeat(129), true],
])('%s', (_, json, deep) => {
  expect(isHopelesslyDeep(bytes(json))).toBe(deep);
});
