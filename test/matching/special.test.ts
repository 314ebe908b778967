import { expect, test } from 'vitest';
import { newCustomer } from '../support/world.ts';
import { searchAll, storeContact } from './search.ts';

/** Each text, and what it finds of a contact that is stored in the given form. */
async function searching(country: string, stored: string, texts: string[]) {
  const customer = await newCustomer({ country });
  const id = await storeContact(customer, stored);
  const found = await searchAll(customer, texts);
  expect(found.every(({ ids }) => ids.every((other) => other === id))).toBe(true);
  return Object.fromEntries(texts.map((text, at) => [text, found[at]?.kind]));
}

test('Italy keeps the zero of its landlines, and has none before its mobiles', async () => {
  expect(
    await searching('IT', '06 5551 2345', ['+390655512345', '0655512345', '655512345', '+39655512345', '390655512345']),
  ).toEqual({
    '+390655512345': 'E164',
    '0655512345': 'NATIONAL',
    '655512345': 'NONE',
    '+39655512345': 'NONE',
    '390655512345': 'E164',
  });
  expect(await searching('IT', '312 345 6789', ['3123456789', '03123456789', '+393123456789'])).toEqual({
    '3123456789': 'NATIONAL',
    '03123456789': 'NONE',
    '+393123456789': 'E164',
  });
});

test('a North American number is found with and without its 1', async () => {
  const texts = ['2015550123', '12015550123', '+12015550123', '(201) 555-0123', '1-201-555-0123', '0112015550123'];
  expect(await searching('US', '(201) 555-0123', texts)).toEqual({
    '2015550123': 'NATIONAL',
    '12015550123': 'E164',
    '+12015550123': 'E164',
    '(201) 555-0123': 'NATIONAL',
    '1-201-555-0123': 'E164',
    // 011 is followed by a country code, and +20 15550123 is not this number.
    '0112015550123': 'NONE',
  });
});

test('a neighbour in the North American plan is dialled like a number of one’s own country', async () => {
  expect(await searching('US', '+18765551234', ['8765551234', '18765551234', '+18765551234'])).toEqual({
    '8765551234': 'NATIONAL',
    '18765551234': 'E164',
    '+18765551234': 'E164',
  });
});

test.each([
  ['Réunion', '+262692123456', '0692123456', '0692 12 34 56', '262692123456'],
  ['Mayotte', '+262639012345', '0639012345', '06 39 01 23 45', '262639012345'],
  ['Guadeloupe', '+590690001234', '0690001234', '06 90 00 12 34', '590690001234'],
  ['French Guiana', '+594694201234', '0694201234', '06 94 20 12 34', '594694201234'],
  ['Martinique', '+596696201234', '0696201234', '06 96 20 12 34', '596696201234'],
])('a number of %s is read as such in mainland France', async (_, number, dialled, spaced, bare) => {
  expect(await searching('FR', number, [number, dialled, spaced, bare, `00${bare}`])).toEqual({
    [number]: 'E164',
    [dialled]: 'NATIONAL',
    [spaced]: 'NATIONAL',
    [bare]: 'E164',
    [`00${bare}`]: 'E164',
  });
});

test('a mainland mobile is read as such in Réunion', async () => {
  expect(await searching('RE', '+33612345678', ['0612345678', '33612345678', '0692345678'])).toEqual({
    '0612345678': 'NATIONAL',
    '33612345678': 'E164',
    '0692345678': 'NONE',
  });
});

test('a bare country code is one only if the number is then valid, and is not valid without it', async () => {
  expect(await searching('FR', '+33612345678', ['33612345678', ' 33612345678', '33 6 12 34 56 78'])).toEqual({
    '33612345678': 'E164',
    ' 33612345678': 'E164',
    '33 6 12 34 56 78': 'E164',
  });
  // In Germany 04915 is an area code, so 4915 123456789 is somebody there and no mobile without its plus.
  expect(await searching('DE', '+494915123456789', ['4915123456789', '04915123456789'])).toEqual({
    '4915123456789': 'NATIONAL',
    '04915123456789': 'NATIONAL',
  });
  expect(await searching('DE', '01512 3456789', ['4915123456789', '+4915123456789'])).toEqual({
    '4915123456789': 'NONE',
    '+4915123456789': 'E164',
  });
});

test('00 is dialled abroad from every country, beside the country’s own prefix', async () => {
  expect(await searching('US', '+33612345678', ['0033612345678', '01133612345678', '00 33 (0)6 12 34 56 78'])).toEqual({
    '0033612345678': 'E164',
    '01133612345678': 'E164',
    '00 33 (0)6 12 34 56 78': 'E164',
  });
  // 0011 is Australia’s prefix, and not 00 with the code of North America.
  expect(await searching('AU', '+6583123456', ['00116583123456', '0011 65 8312 3456', '006583123456'])).toEqual({
    '00116583123456': 'E164',
    '0011 65 8312 3456': 'E164',
    '006583123456': 'E164',
  });
});

test('a number of an unknown country is found by itself alone', async () => {
  expect(await searching('FR', '+999 123 456 789', ['+999123456789', '+999 123-456-789', '123456789'])).toEqual({
    '+999123456789': 'E164',
    '+999 123-456-789': 'E164',
    '123456789': 'NONE',
  });
});

test('a (0) between country code and number is left out, unless the number begins with it', async () => {
  expect(await searching('FR', '+34612345678', ['+34 (0)612 345 678'])).toEqual({ '+34 (0)612 345 678': 'E164' });
  expect(await searching('FR', '+390655512345', ['+39 (0)6 5551 2345'])).toEqual({ '+39 (0)6 5551 2345': 'E164' });
  expect(await searching('FR', '+393331234567', ['+39 (0)333 1234567'])).toEqual({ '+39 (0)333 1234567': 'E164' });
});
