import { parsePhoneNumberFromString as parse } from 'libphonenumber-js/max';
import { afterAll, expect, test } from 'vitest';
import { newCustomer, type TestCustomer } from '../support/world.ts';
import { countries, fixedLines, formsOf, internationalForms, numbersOf } from './numbers.ts';
import { searchAll, storeContact } from './search.ts';
import { createTable } from './table.ts';

const table = createTable();
afterAll(() => console.log(table.print()));

test('the fixed-line numbers of the corpus are valid fixed lines of their countries', () => {
  const kinds = countries.map((country) => {
    const number = parse(fixedLines[country]);
    return [country, number?.country, number?.isValid(), number?.getType()?.startsWith('FIXED_LINE')];
  });
  expect(kinds).toEqual(countries.map((country) => [country, country, true, true]));
});

test.each(countries)('%s: every form that a phone system sends finds the contact, and tells how', async (country) => {
  const customer = await newCustomer({ country });
  const numbers = numbersOf(country);
  const ids = await inTurn(numbers, (number) => storeContact(customer, number.formatNational()));
  for (const [index, number] of numbers.entries()) {
    const id = ids[index] as string;
    const forms = formsOf(number, country);
    const found = await searchAll(
      customer,
      forms.map((form) => form.text),
    );
    const answers = forms.map((form, at) => ({ ...form, found: found[at] }));
    for (const { name, ambiguous, found } of answers) table.count(country, name, ambiguous, found?.ids[0] === id);
    expect(answers.filter((answer) => answer.ambiguous && answer.found?.ids.some((other) => other !== id))).toEqual([]);
    const certain = answers.filter(({ ambiguous }) => !ambiguous);
    expect(certain.map(({ text, found }) => ({ text, ...found }))).toEqual(
      certain.map(({ text, kind }) => ({ text, kind, candidates: 1, ids: [id] })),
    );
    const lost = await searchWithLostPlus(customer, number.number);
    table.count(country, 'lost +', false, lost[0] === id);
    expect(lost).toEqual([id]);
  }
});

test('a contact abroad is found by every form that tells its country code', async () => {
  const customer = await newCustomer({ country: 'FR' });
  const numbers = countries.flatMap((country) => numbersOf(country));
  const ids = await inTurn(numbers, (number) => storeContact(customer, number.number));
  const forms = numbers.flatMap((number, index) =>
    internationalForms(number, 'FR')
      .filter(({ text }) => text !== '')
      .map((form) => ({ ...form, id: ids[index] as string })),
  );
  const found = await searchAll(
    customer,
    forms.map(({ text }) => text),
  );
  for (const [at, { name, ambiguous, id }] of forms.entries())
    table.count('abroad', name, ambiguous, found[at]?.ids[0] === id);
  const answers = forms.map((form, at) => ({ ...form, found: found[at] })).filter(({ ambiguous }) => !ambiguous);
  expect(answers.map(({ text, found }) => ({ text, ...found }))).toEqual(
    answers.map(({ text, id }) => ({ text, kind: 'E164', candidates: 1, ids: [id] })),
  );
});

test('at least 999 of 1,000 unambiguous searches found their contact', () => {
  const { found, total } = table.totals();
  expect(total).toBeGreaterThan(1000);
  expect(found / total).toBeGreaterThanOrEqual(0.999);
});

/** A template that does not encode the number sends its plus raw, which a query turns into a space. */
async function searchWithLostPlus(customer: TestCustomer, number: string): Promise<string[]> {
  const { body } = await customer.rest('GET', `/api/crm/lookup/contacts/search?phone=${number}`);
  return body.contacts.map(({ id }: { id: string }) => id);
}

async function inTurn<Item, Result>(items: Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
