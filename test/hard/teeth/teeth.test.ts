import { expect, test } from 'vitest';
import type { Ended } from './run-tests.ts';
import { type Sabotage, sabotages } from './sabotages.ts';
import { stale } from './stale.ts';
import { verdict } from './verdict.ts';

test('every bug still has its place, and the test that must notice it is there', () => {
  expect(stale()).toEqual([]);
});

test('there are twenty bugs, two of them for the smoke, and no two of one name', () => {
  expect(new Set(sabotages.map(({ name }) => name)).size).toBe(20);
  expect(sabotages.filter(({ smoke }) => smoke).length).toBe(2);
});

const bug = { test: { file: 'a.test.ts', title: 'holds' } } as Sabotage;
const end = (status: string, ...messages: string[]): Ended => ({
  file: 'a.test.ts',
  name: 'it holds',
  status,
  messages,
});
const said = 'AssertionError: expected 200 to be 401';

test.each([
  ['fails', [end('passed')], [end('failed', said)], { caught: 'it holds' }],
  ['passes', [end('passed')], [end('passed')], { missed: 'its test did not notice' }],
  [
    'fails without the bug',
    [end('failed', said)],
    [end('failed', said)],
    { missed: 'its test does not pass without the bug' },
  ],
  ['is not run', [end('passed')], [], { missed: 'its test did not notice' }],
  [
    'runs out of time',
    [end('passed')],
    [end('failed', 'Error: Test timed out in 30000ms.\n…')],
    { missed: 'its test broke: Error: Test timed out in 30000ms.' },
  ],
  [
    'cannot be loaded',
    [end('passed')],
    [{ ...end('broken', 'SyntaxError: x'), name: '' }],
    { missed: 'its test broke: SyntaxError: x' },
  ],
  [
    'is not the one',
    [end('passed')],
    [{ ...end('failed', said), name: 'it is' }],
    { missed: 'its test did not notice' },
  ],
])('a test that %s', (_, without, withBug, expected) => {
  expect(verdict(bug, without, withBug)).toEqual(expected);
});
