import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { NumberSlot } from '../../src/store/prisma/enums.ts';
import { newCustomer, store, type TestCustomer } from '../support/world.ts';

interface Written {
  id?: string;
  lastName?: string | null;
  company?: string;
  email?: string;
  updatedAt?: Date;
  numbers?: Partial<Record<NumberSlot, string>>;
}

const columns = {
  MOBILE_1: 'phoneMobile1',
  MOBILE_2: 'phoneMobile2',
  BUSINESS_1: 'phoneBusiness1',
  BUSINESS_2: 'phoneBusiness2',
  HOME: 'phoneHome',
  OTHER: 'phoneOther',
} as const satisfies Record<NumberSlot, string>;
const slots = Object.keys(columns) as NumberSlot[];

/** Writes contacts straight into the customer's store, with what no face can write. */
async function writeContacts(customer: TestCustomer, contacts: Written[]): Promise<string[]> {
  const { prisma } = store.forCustomer(customer.id);
  const rows = contacts.map(({ numbers = {}, id = randomUUID(), email, ...contact }) => ({
    numbers,
    row: {
      id,
      lastName: 'Somebody',
      ...contact,
      email,
      emailKey: email?.toLowerCase(),
      identity: Buffer.from(id),
      ...Object.fromEntries(Object.entries(numbers).map(([slot, number]) => [columns[slot as NumberSlot], number])),
    },
  }));
  await prisma.contact.createMany({ data: rows.map(({ row }) => row) as never });
  const numbers = rows.flatMap(({ numbers, row }) =>
    Object.entries(numbers).map(([slot, number]) => ({
      contactId: row.id,
      slot: slot as NumberSlot,
      sent: number,
      canonical: number,
      tail: number.replace('+', '').slice(-7),
    })),
  );
  await prisma.contactNumber.createMany({ data: numbers as never });
  return rows.map(({ row }) => row.id);
}

async function search(customer: TestCustomer, asked: { phone?: string; email?: string }) {
  const { body } = await customer.graphql(
    `query ($phone: String, $email: String) {
      contactSearch(phone: $phone, email: $email) { match { kind candidates ambiguous } contacts { id } }
    }`,
    asked,
  );
  const { match, contacts } = body.data.contactSearch;
  return { ...match, ids: contacts.map(({ id }: { id: string }) => id) };
}

const mobile = '+33612345678';

test.each(slots)('a number in the slot %s is found', async (slot) => {
  const customer = await newCustomer();
  const ids = await writeContacts(customer, [{ numbers: { [slot]: mobile } }]);
  const one = { candidates: 1, ambiguous: false, ids };
  expect(await search(customer, { phone: '+33612345678' })).toEqual({ kind: 'E164', ...one });
  expect(await search(customer, { phone: '06 12 34 56 78' })).toEqual({ kind: 'NATIONAL', ...one });
  expect(await search(customer, { phone: '12345678' })).toEqual({ kind: 'SUFFIX', ...one });
  const { body } = await customer.graphql(`{ contactSearch(phone: "${mobile}") { contacts { ${columns[slot]} } } }`);
  expect(body.data.contactSearch.contacts).toEqual([{ [columns[slot]]: mobile }]);
});

test('a mobile stands before a business number, that before a home number, and any other last', async () => {
  const customer = await newCustomer();
  const updatedAt = new Date('2026-01-01T00:00:00Z');
  // Written from the last to the first, so that no other rule gives this order.
  const [other, home, business2, mobile2] = await writeContacts(
    customer,
    (['OTHER', 'HOME', 'BUSINESS_2', 'MOBILE_2'] as const).map((slot, at) => ({
      id: `00000000-0000-4000-8000-00000000000${at}`,
      updatedAt: new Date(updatedAt.getTime() + (9 - at) * 1000),
      numbers: { [slot]: mobile },
    })),
  );
  expect(await search(customer, { phone: mobile })).toEqual({
    kind: 'E164',
    candidates: 4,
    ambiguous: true,
    ids: [mobile2, business2, home, other],
  });
});

test('a contact with the number in two slots is one candidate, at the place of the better slot', async () => {
  const customer = await newCustomer();
  const [business, twice] = await writeContacts(customer, [
    { numbers: { BUSINESS_1: mobile } },
    { numbers: { OTHER: mobile, MOBILE_2: mobile } },
  ]);
  expect(await search(customer, { phone: mobile })).toMatchObject({ candidates: 2, ids: [twice, business] });
});

test('in one slot a person stands before a company, then whoever changed last, then the lower id', async () => {
  const customer = await newCustomer();
  const numbers = { BUSINESS_1: mobile };
  const [early, late] = [new Date('2026-01-01T00:00:00Z'), new Date('2026-02-01T00:00:00Z')];
  const id = (last: number) => `00000000-0000-4000-8000-00000000000${last}`;
  await writeContacts(customer, [
    { id: id(1), lastName: null, company: 'Acme', updatedAt: late, numbers },
    { id: id(4), updatedAt: early, numbers },
    { id: id(3), updatedAt: early, numbers },
    { id: id(5), updatedAt: late, company: 'Acme', numbers },
    { id: id(2), lastName: null, company: 'Acme', updatedAt: early, numbers },
  ]);
  const { ids } = await search(customer, { phone: mobile });
  expect(ids).toEqual([id(5), id(3), id(4), id(1), id(2)]);
});

test('the surest kind of match is answered alone, whatever the slots', async () => {
  const customer = await newCustomer();
  // Both end with what is searched; only one of them is the bare number of another country.
  const [, swiss] = await writeContacts(customer, [
    { numbers: { MOBILE_1: '+9941781234567' } },
    { numbers: { OTHER: '+41781234567' } },
  ]);
  expect(await search(customer, { phone: '41781234567' })).toMatchObject({ kind: 'E164', candidates: 1, ids: [swiss] });
  const both = await search(customer, { phone: '1234567' });
  expect(both).toMatchObject({ kind: 'SUFFIX', candidates: 2, ambiguous: true });
});

test('at most 20 are answered, while the count tells how many there are, and a repetition answers the same', async () => {
  const customer = await newCustomer();
  const updatedAt = new Date('2026-01-01T00:00:00Z');
  const ids = await writeContacts(
    customer,
    Array.from({ length: 23 }, () => ({ updatedAt, numbers: { BUSINESS_1: mobile } })),
  );
  const first = await search(customer, { phone: mobile });
  expect(first).toEqual({ kind: 'E164', candidates: 23, ambiguous: true, ids: ids.toSorted().slice(0, 20) });
  for (let repetition = 0; repetition < 5; repetition++) {
    expect(await search(customer, { phone: mobile })).toEqual(first);
  }
});

test('a short number finds only who has exactly that extension', async () => {
  const customer = await newCustomer();
  const [extension] = await writeContacts(customer, [
    { numbers: { BUSINESS_1: '101' } },
    { numbers: { BUSINESS_1: '1101' } },
    { numbers: { BUSINESS_1: '+33612300101' } },
  ]);
  expect(await search(customer, { phone: '101' })).toMatchObject({
    kind: 'EXTENSION',
    candidates: 1,
    ids: [extension],
  });
  for (const phone of ['01', '1', '0101', '00101', '10', '1010', 'alice101', 'sip:bob101@pbx.example']) {
    expect(await search(customer, { phone })).toMatchObject({ kind: 'NONE', candidates: 0, ids: [] });
  }
});

test('an email is asked for only when the number found nobody, whatever its case', async () => {
  const customer = await newCustomer();
  const [caller, writer] = await writeContacts(customer, [
    { numbers: { MOBILE_1: mobile } },
    { email: 'Élodie.Martin@Example.com' },
  ]);
  const email = 'élodie.martin@example.COM';
  expect(await search(customer, { phone: mobile, email })).toMatchObject({
    kind: 'E164',
    candidates: 1,
    ids: [caller],
  });
  expect(await search(customer, { phone: '0699999999', email })).toMatchObject({ kind: 'EMAIL', ids: [writer] });
  expect(await search(customer, { phone: '[Number]', email })).toMatchObject({ kind: 'EMAIL', ids: [writer] });
  expect(await search(customer, { email })).toMatchObject({ kind: 'EMAIL', candidates: 1, ids: [writer] });
  expect(await search(customer, { email: 'martin@example.com' })).toMatchObject({ kind: 'NONE', ids: [] });
  expect(await search(customer, { email: '%@example.com' })).toMatchObject({ kind: 'NONE', ids: [] });
});

test('nobody finds another customer’s contact', async () => {
  const [owner, other] = [await newCustomer(), await newCustomer()];
  await writeContacts(owner, [{ email: 'a@example.com', numbers: { MOBILE_1: mobile, BUSINESS_1: '101' } }]);
  for (const asked of [{ phone: mobile }, { phone: '12345678' }, { phone: '101' }, { email: 'a@example.com' }]) {
    expect(await search(owner, asked)).toMatchObject({ candidates: 1 });
    expect(await search(other, asked)).toMatchObject({ kind: 'NONE', candidates: 0, ids: [] });
  }
});
