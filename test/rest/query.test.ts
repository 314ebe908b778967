import fc from 'fast-check';
import { expect, test } from 'vitest';
import { queryOf, readQuery } from '../../src/rest/input.ts';

const piece = fc.constantFrom(
  'a',
  'b',
  'phone',
  '=',
  '=',
  '&',
  '&',
  '+',
  '%20',
  '%2B',
  '33',
  '%',
  '%C3%A9',
  '%FF',
  '0',
  '.',
  '__proto__',
  'toString',
  'length',
);
const query = fc.array(piece, { maxLength: 16 }).map((pieces) => pieces.join(''));

test('a query without brackets is read as if it had some', () => {
  fc.assert(
    fc.property(query, (text) => {
      const { nested: _, ...flat } = readQuery(`${text}&nested[x]=1`);
      expect({ ...readQuery(text) }).toStrictEqual(flat);
    }),
    { numRuns: 2000 },
  );
});

test('the query of an address is what stands between its question mark and its fragment', () => {
  const found = [
    'http://a/b',
    'http://a/b?',
    'http://a/b?c=1',
    'http://a/b?c=1?d=2',
    'http://a/b?c=1#?e=3',
    'http://a/b#?c=1',
  ];
  expect(found.map(queryOf)).toEqual(['', '', 'c=1', 'c=1?d=2', 'c=1', '']);
});
