import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openSeals } from '../../src/store/seal.ts';

const [first, second] = ['first key, of more than 32 characters', 'second key, of more than 32 characters'] as const;
const seals = openSeals([first]);

test('a sealed text comes back as it was, and its bytes tell nothing of it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, place) => {
      const sealed = seals.seal(text, place);
      expect(seals.unseal(sealed, place)).toBe(text);
      if (text.length > 3) expect(sealed.toString('utf8')).not.toContain(text);
    }),
    { seed: 5 },
  );
});

test('the same text is never sealed to the same bytes twice', () => {
  expect(seals.seal('text', 'here').equals(seals.seal('text', 'here'))).toBe(false);
});

test('a text opens only at its place, and only unchanged', () => {
  const sealed = seals.seal('secret', 'customer 1');
  expect(() => seals.unseal(sealed, 'customer 2')).toThrow('it was changed or moved');
  for (let index = 0; index < sealed.length; index++) {
    const changed = Buffer.from(sealed);
    changed[index] = (changed[index] as number) ^ 1;
    expect(() => seals.unseal(changed, 'customer 1'), `byte ${index}`).toThrow('A secret cannot be opened');
  }
  expect(() => seals.unseal(sealed.subarray(0, 9), 'customer 1')).toThrow('A secret cannot be opened');
});

test('a new key in front of the old seals, and the old one still opens', () => {
  const old = seals.seal('secret', 'here');
  const both = openSeals([second, first]);
  expect(both.unseal(old, 'here')).toBe('secret');
  expect(openSeals([second]).unseal(both.seal('secret', 'here'), 'here')).toBe('secret');
  expect(() => openSeals([second]).unseal(old, 'here')).toThrow('its key is not in SECRET_KEY');
});

test('without a key nothing is sealed', () => {
  expect(() => openSeals([]).seal('secret', 'here')).toThrow('SECRET_KEY is not set');
});
