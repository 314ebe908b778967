import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoTime } from '../src/iso-time.ts';

test('every time is written as the language writes it', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), (time) => {
      expect(isoTime(time)).toBe(time.toISOString());
    }),
    { numRuns: 10_000 },
  );
});

test('what is no time is refused as the language refuses it', () => {
  expect(() => isoTime(new Date(Number.NaN))).toThrow(RangeError);
});
