import { isPossiblePhoneNumber, type PhoneNumber, parsePhoneNumberFromString as parse } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { newCustomer } from '../support/world.ts';
import { type Country, countries, fixedLines, numbersOf } from './numbers.ts';
import { nearMisses, searchAll, storeContact } from './search.ts';

/** What says nothing of who calls. */
const silent = [
  ...['anonymous', 'Anonymous', 'unknown', 'private', 'withheld', 'restricted', 'No Caller ID', 'Unavailable'],
  ...['sip:anonymous@anonymous.invalid', '"Anonymous" <sip:anonymous@pbx.example>', 'sip:alice2@pbx.example'],
  ...['[Number]', '[EscapedNumber]', '[Contact::PhoneMobile]', '-', '+', '()', 'n/a', '🤷', '%', '_______', '0', '00'],
  ...['101', '8', '12345', '3631', '112', '118218', '*98', '#31#', '+33', '0000000', '99999999', '9'.repeat(64)],
];

test.each(countries)('%s: nobody is found by a number that is not exactly a contact’s', async (country) => {
  const customer = await newCustomer({ country });
  const numbers = numbersOf(country);
  for (const number of numbers) await storeContact(customer, number.formatNational());
  const texts = [
    ...silent,
    ...numbers.flatMap((number) => [
      ...otherNumbers(number, numbers).flatMap((other) => [other.number, other.formatNational()]),
      ...nearMisses(number.number),
      ...nearMisses(number.nationalNumber),
      ...nearMissesOfEnding(number, country),
      ...elsewhere(number, country),
    ]),
  ];
  const found = await searchAll(customer, texts);
  expect(texts.flatMap((text, at) => (found[at]?.kind === 'NONE' ? [] : [{ text, ...found[at] }]))).toEqual([]);
  expect(found.every(({ ids, candidates }) => ids.length === 0 && candidates === 0)).toBe(true);
});

test('a number that tells another country is never matched by its last digits', async () => {
  const customer = await newCustomer({ country: 'FR' });
  await storeContact(customer, '04 91 23 45 67');
  const found = await searchAll(customer, ['+491234567', '00491234567', 'tel:+491234567', '+ 49 1234567', '491234567']);
  expect(found.map(({ kind }) => kind)).toEqual(['NONE', 'NONE', 'NONE', 'NONE', 'NATIONAL']);
});

/** Other valid numbers of the country, beginning like this one. */
function otherNumbers({ number }: PhoneNumber, stored: PhoneNumber[]): PhoneNumber[] {
  const head = number.slice(0, -5);
  return Array.from({ length: 40 }, (_, step) => `${head}${String((step * 24_691 + 13) % 100_000).padStart(5, '0')}`)
    .map((text) => parse(text))
    .filter((other) => other?.isValid() === true)
    .filter((other): other is PhoneNumber => stored.every((one) => one.number !== other?.number))
    .slice(0, 5);
}

const nearMissesOfEnding = ({ number }: PhoneNumber, country: Country) => {
  const ending = number.slice(-8);
  return isPossiblePhoneNumber(ending, country) ? [] : nearMisses(ending);
};

/** The same national number in other countries, written with their code in every way. */
const elsewhere = ({ number, nationalNumber, countryCallingCode }: PhoneNumber, country: Country) =>
  countries
    .map((other) => parse(fixedLines[other])?.countryCallingCode)
    .filter((code) => code !== countryCallingCode)
    .filter((_, at) => at % 6 === countries.indexOf(country) % 6)
    .flatMap((code) => [`+${code}${nationalNumber}`, `00${code}${nationalNumber}`, `${code}${nationalNumber}`])
    // The last ten digits of +351 912… are also a bare 1 912…
    .filter((text) => !number.endsWith(text));
