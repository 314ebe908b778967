import { expect, test } from 'vitest';
import { contact, newContact, paths, refusedFields, statusAndBody } from '../support/rest.ts';
import { newCustomer, publicUrl, type TestCustomer } from '../support/world.ts';

const search = (customer: TestCustomer, query: Record<string, string>) =>
  customer.rest('GET', `${paths.search}?${new URLSearchParams(query)}`);

const placeholderId = expect.stringMatching(/^placeholder-.+/);

test('a known caller is answered whole, every field present and null where nothing is known', async () => {
  const customer = await newCustomer();
  const id = await newContact(customer, {
    civility: 'Mme',
    first_name: 'Anne',
    email: 'Anne.Durand@example.com',
    phone: '06 12 34 56 78',
    phone_business: '01 42 68 53 00',
    custom_value: 'VIP',
  });
  const answer = await search(customer, { phone: '0612345678' });
  expect(statusAndBody(answer)).toEqual({
    status: 200,
    body: {
      contacts: [
        contact({
          id,
          civility: 'Mme',
          first_name: 'Anne',
          last_name: 'Durand',
          email: 'Anne.Durand@example.com',
          phone_mobile_1: '+33612345678',
          phone_business_1: '+33142685300',
          custom_value: 'VIP',
          entity_url: `${publicUrl}/contacts/${id}`,
          matched_number: '0612345678',
        }),
      ],
    },
  });
  expect(answer.headers.get('content-type')).toBe('application/json');
});

test.each([
  ['+33612345678'],
  ['0033612345678'],
  ['33612345678'],
  ['0612345678'],
  ['06 12 34 56 78'],
  ['06.12.34.56.78'],
  ['+33 (0)6 12 34 56 78'],
  ['tel:+33612345678'],
  ['sip:+33612345678@pbx.example'],
  ['612345678'],
  ['12345678'],
])('%s finds the contact, and comes back as matched_number exactly as it arrived', async (phone) => {
  const customer = await newCustomer();
  const id = await newContact(customer, { phone: '+33612345678' });
  const { body } = await search(customer, { phone });
  expect(body).toEqual({
    contacts: [contact({ id, last_name: 'Durand', phone_mobile_1: '+33612345678', matched_number: phone })],
  });
});

test('a raw plus in the query is repaired, and matched_number is the repaired text', async () => {
  const customer = await newCustomer();
  const id = await newContact(customer, { phone: '+33612345678' });
  const { body } = await customer.rest('GET', `${paths.search}?phone=+33612345678`);
  expect(body).toEqual({
    contacts: [contact({ id, last_name: 'Durand', phone_mobile_1: '+33612345678', matched_number: '+33612345678' })],
  });
});

test('nobody known: one placeholder that carries the number', async () => {
  const customer = await newCustomer();
  expect(statusAndBody(await search(customer, { phone: '0612345678' }))).toEqual({
    status: 200,
    body: {
      contacts: [
        contact({
          id: placeholderId,
          last_name: '0612345678',
          phone_business_1: '0612345678',
          entity_url: `${publicUrl}/contacts/new?phone=%2B33612345678`,
          matched_number: '0612345678',
          is_placeholder: true,
        }),
      ],
    },
  });
});

test('a placeholder bears the name that the telephone shows', async () => {
  const customer = await newCustomer();
  const { body } = await search(customer, { phone: '0612345678', display_name: ' Queue: Anne ' });
  expect(body.contacts[0]).toEqual(
    contact({
      id: placeholderId,
      last_name: 'Queue: Anne',
      phone_business_1: '0612345678',
      entity_url: `${publicUrl}/contacts/new?phone=%2B33612345678`,
      matched_number: '0612345678',
      is_placeholder: true,
    }),
  );
});

test('the placeholder of an email search has the email, no numbers and no matched number', async () => {
  const customer = await newCustomer();
  const { body } = await search(customer, { email: 'Nobody@example.com' });
  expect(body).toEqual({
    contacts: [
      contact({
        id: placeholderId,
        last_name: 'Nobody@example.com',
        email: 'Nobody@example.com',
        entity_url: `${publicUrl}/contacts/new?email=Nobody%40example.com`,
        is_placeholder: true,
      }),
    ],
  });
});

test('two spellings of one number give one placeholder, another number another one with another link', async () => {
  const customer = await newCustomer();
  const placeholderOf = async (phone: string) => (await search(customer, { phone })).body.contacts[0];
  const [first, spelled, other] = [
    await placeholderOf('0612345678'),
    await placeholderOf('+33 6 12 34 56 78'),
    await placeholderOf('0612345679'),
  ];
  expect([spelled.id, spelled.entity_url]).toEqual([first.id, first.entity_url]);
  expect(other.id).not.toBe(first.id);
  expect(other.entity_url).not.toBe(first.entity_url);
});

test('a placeholder is not stored: it finds nobody, and a contact that is created takes its place', async () => {
  const customer = await newCustomer();
  const query = '{ contactSearch(phone: "0612345678") { contacts { id } match { candidates } } }';
  await search(customer, { phone: '0612345678' });
  expect((await customer.graphql(query)).body.data.contactSearch).toEqual({ contacts: [], match: { candidates: 0 } });
  const id = await newContact(customer, { phone: '0612345678' });
  expect((await search(customer, { phone: '0612345678' })).body.contacts).toEqual([
    contact({ id, last_name: 'Durand', phone_mobile_1: '+33612345678', matched_number: '0612345678' }),
  ]);
});

test('the email is asked only if the phone found nobody, and its case is ignored', async () => {
  const customer = await newCustomer();
  const byPhone = await newContact(customer, { last_name: 'Phone', phone: '0612345678' });
  const byEmail = await newContact(customer, { last_name: 'Email', email: 'Anne@Example.com' });
  const ids = async (query: Record<string, string>) =>
    (await search(customer, query)).body.contacts.map((found: { id: string }) => found.id);
  expect(await ids({ phone: '0612345678', email: 'anne@example.com' })).toEqual([byPhone]);
  expect(await ids({ phone: '0699999999', email: 'ANNE@example.COM' })).toEqual([byEmail]);
  expect(await ids({ email: 'anne@example.com' })).toEqual([byEmail]);
});

test('everybody on a shared number is answered, mobile owners before business lines', async () => {
  const customer = await newCustomer();
  const business = await newContact(customer, { last_name: 'Switchboard', phone_business: '0612345678' });
  const mobile = await newContact(customer, { last_name: 'Owner', phone_mobile: '0612345678' });
  const { body } = await search(customer, { phone: '+33612345678' });
  expect(body).toEqual({
    contacts: [
      contact({ id: mobile, last_name: 'Owner', phone_mobile_1: '+33612345678', matched_number: '+33612345678' }),
      contact({
        id: business,
        last_name: 'Switchboard',
        phone_business_1: '+33612345678',
        matched_number: '+33612345678',
      }),
    ],
  });
});

test('an extension finds only who has exactly that extension, a hidden caller finds nobody', async () => {
  const customer = await newCustomer();
  const id = await newContact(customer, { phone_business: '101' });
  await newContact(customer, { last_name: 'Longer', phone_business: '0142685101' });
  const { body } = await search(customer, { phone: '101' });
  expect(body.contacts).toEqual([contact({ id, last_name: 'Durand', phone_business_1: '101', matched_number: '101' })]);
  expect((await search(customer, { phone: 'anonymous' })).body.contacts[0].is_placeholder).toBe(true);
});

test('another customer’s contacts are unknown', async () => {
  const [owner, stranger] = [await newCustomer(), await newCustomer()];
  await newContact(owner, { phone: '0612345678', email: 'anne@example.com' });
  const { body } = await search(stranger, { phone: '0612345678', email: 'anne@example.com' });
  expect(body.contacts.map((found: { is_placeholder: boolean }) => found.is_placeholder)).toEqual([true]);
});

const neither = refusedFields({
  phone: 'The phone field is required when email is not present.',
  email: 'The email field is required when phone is not present.',
});

test.each([
  ['neither phone nor email', '', neither],
  ['both empty', 'phone=&email=%20', neither],
  ['only variables that were never filled in', 'phone=[Number]&email=[Email]', neither],
  [
    'a phone that is too long',
    `phone=${'1'.repeat(65)}`,
    refusedFields({ phone: 'The phone field must not be greater than 64 characters.' }),
  ],
  [
    'everything broken at once',
    `phone=%00&email=${'a'.repeat(255)}&display_name=%ED%A0%80`,
    refusedFields({
      phone: 'The phone field must be valid text.',
      email: 'The email field must not be greater than 254 characters.',
      display_name: 'The display name field must be valid text.',
    }),
  ],
])('a search is refused with %s', async (_, query, body) => {
  const customer = await newCustomer();
  expect(statusAndBody(await customer.rest('GET', `${paths.search}?${query}`))).toEqual({ status: 400, body });
});
