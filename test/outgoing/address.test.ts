import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPublicAddress } from '../../src/outgoing/address.ts';

const octets = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 });

test('addresses of the public internet are public', () => {
  const addresses = ['1.1.1.1', '8.8.8.8', '93.184.215.14', '172.15.255.255', '172.32.0.0', '100.63.255.255'];
  const newer = ['2606:4700:4700::1111', '2a00:1450:4001:829::200e', '2001:4860:4860::8888', '2c0f:fb50:4002::1'];
  for (const address of [...addresses, ...newer]) expect([address, isPublicAddress(address)]).toEqual([address, true]);
});

test('what is no address is not public', () => {
  for (const text of [
    '',
    'localhost',
    '8.8.8',
    '8.8.8.8.8',
    '::1%',
    'fe80::1%eth0',
    'fe80::1%eth-0',
    '0x8.8.8.8',
    '8.8.8.8/32',
    ' 8.8.8.8',
  ])
    expect([text, isPublicAddress(text)]).toEqual([text, false]);
});

test('an address of the older kind within one of the newer kind is never public', () => {
  fc.assert(
    fc.property(octets, ([a = 0, b = 0, c = 0, d = 0]) => {
      const [high, low] = [(a * 256 + b).toString(16), (c * 256 + d).toString(16)];
      const forms = ['::', '::ffff:', '::ffff:0:', '64:ff9b::', '64:ff9b:1::'].map((start) => `${start}${high}:${low}`);
      const carriers = [...forms, `2002:${high}:${low}::`, `2001:0:${high}:${low}::`, `2001:0:1::${high}:${low}`];
      expect(carriers.filter(isPublicAddress)).toEqual([]);
    }),
    { seed: 1, numRuns: 2000 },
  );
});
