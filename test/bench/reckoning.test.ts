import { expect, test } from 'vitest';
import { allowedGrowth, growthTolerance, judge } from './gates.ts';
import { median, ratioOf } from './reckoning.ts';
import { figure, gatesTable, table } from './table.ts';

test('the median is the value in the middle, or the mean of the two in the middle', () => {
  expect(median([7])).toBe(7);
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('a ratio is the median of the ratios of each round, so that one disturbed round does not count', () => {
  const ours = [{ perSecond: 80 }, { perSecond: 8 }, { perSecond: 90 }];
  const limit = [{ perSecond: 100 }, { perSecond: 100 }, { perSecond: 100 }];
  expect(ratioOf(ours, limit, 'perSecond')).toBe(0.8);
});

test('a gate is met at its goal, from the side that was promised', () => {
  const gate = { what: 'what', unit: '' };
  expect(judge({ ...gate, goal: 0.75, bound: 'least', found: 0.75 }).met).toBe(true);
  expect(judge({ ...gate, goal: 0.75, bound: 'least', found: 0.74 }).met).toBe(false);
  expect(judge({ ...gate, goal: 3, bound: 'most', found: 3 }).met).toBe(true);
  expect(judge({ ...gate, goal: 3, bound: 'most', found: 3.1 }).met).toBe(false);
});

test('latency may grow with the logarithm of the size, and by the tolerance', () => {
  expect(allowedGrowth(10_000, 10_000)).toBeCloseTo(1 + growthTolerance);
  expect(allowedGrowth(10_000, 100_000_000)).toBeCloseTo(2 * (1 + growthTolerance));
});

test('figures keep three digits that count', () => {
  expect([0.754, 12.34, 123.4, 12_345].map(figure)).toEqual(['0.75', '12.3', '123', '12345']);
});

test('a table puts numbers at the right and leaves out what is not known', () => {
  expect(
    table(
      ['what', 'per second'],
      [
        ['a|b', 1234.5],
        ['c', undefined],
      ],
    ),
  ).toBe(['| what | per second |', '| --- | ---: |', '| a\\|b | 1235 |', '| c |  |'].join('\n'));
});

test('the table of gates tells which were missed', () => {
  const gates = [
    judge({ what: 'search', goal: 0.75, bound: 'least', found: 0.8, unit: '' }),
    judge({ what: 'memory', goal: 300, bound: 'most', found: 301, unit: 'MB' }),
  ];
  expect(gatesTable(gates).split('\n').slice(2)).toEqual([
    '| search | ≥ 0.75 | 0.80 | met |',
    '| memory | ≤ 300 MB | 301 MB | **missed** |',
  ]);
});
