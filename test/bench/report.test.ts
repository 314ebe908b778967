import { expect, test } from 'vitest';
import { comparisonTable, gatesOf, type Result } from './comparison.ts';
import { judge } from './gates.ts';
import { growthGates, growthTable } from './growth.ts';

const measured = { requests: 1000, perSecond: 4000, p50Ms: 1, p99Ms: 4, cpuMicroseconds: 100 };
const result = (server: string, more: Partial<Result> = {}): Result => ({
  ...measured,
  scenario: 'REST contact search',
  server,
  ratio: 1,
  p99Ratio: 1,
  peakMegabytes: 90,
  ...more,
});
const figures = { scenario: 'GraphQL callStats', p50Ms: 61 };

test('only ours has promised anything: throughput, the slowest hundredth, figures, memory', () => {
  const results = [
    result('limit'),
    result('ours', { ratio: 0.8, p99Ratio: 3.2, peakMegabytes: 250 }),
    result('limit', figures),
    result('ours', { ...figures, peakMegabytes: 310 }),
  ];
  const judged = gatesOf(results).map(judge);
  expect(judged.map(({ what, met }) => [what, met])).toEqual([
    ['REST contact search: throughput / limit', true],
    ["REST contact search: p99 / limit's p99", false],
    ['GraphQL callStats: p50', false],
    ["GraphQL callStats: p99 / limit's p99", true],
    ['most memory under load', false],
  ]);
  expect(comparisonTable(results).split('\n').slice(2, 4)).toEqual([
    '| REST contact search | limit | 4000 | 1.00 |  | 1.00 | 4.00 | 1.00 | 100 | 90.0 |',
    '|  | ours | 4000 | 0.80 | 0.75 | 1.00 | 4.00 | 3.20 | 100 | 250 |',
  ]);
});

test('latency that grows faster than the logarithm of the size misses its gate', () => {
  const at = (size: number, growth: number, allowed: number) => ({
    ...measured,
    what: 'contact search',
    size,
    growth,
    allowed,
  });
  const grown = [at(10_000, 1, 1.15), at(100_000, 1.4, 1.44), at(1_000_000, 1.8, 1.73)];
  expect(growthGates(grown).map((gate) => judge(gate).met)).toEqual([true, false]);
  expect(growthTable(grown).split('\n')[4]).toBe('|  | 1,000,000 | 1.00 | 4.00 | 100 | 1.80 | 1.50 | 1.73 |');
});
