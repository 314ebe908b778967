import { expect, test } from 'vitest';
import { contact, newContact, paths, refusedFields, statusAndBody } from '../support/rest.ts';
import { newCustomer, store } from '../support/world.ts';

const documented = {
  last_name: 'Durand',
  first_name: 'Anne',
  civility: 'Mme',
  email: 'anne.durand@example.com',
  phone: '+33612345678',
  phone_business: '+33142685300',
  phone_mobile: '+33698765432',
  custom_value: 'VIP',
  call_direction: 'inbound',
};

test('the documented body creates the contact and answers it as a search would', async () => {
  const customer = await newCustomer();
  const answer = await customer.rest('POST', paths.contacts, { body: documented });
  expect(statusAndBody(answer)).toEqual({
    status: 201,
    body: {
      response: 'ok',
      contact: contact({
        civility: 'Mme',
        first_name: 'Anne',
        last_name: 'Durand',
        email: 'anne.durand@example.com',
        phone_business_1: '+33142685300',
        phone_mobile_1: '+33698765432',
        phone_mobile_2: '+33612345678',
        custom_value: 'VIP',
        matched_number: '+33612345678',
      }),
    },
  });
  const found = await customer.rest('GET', `${paths.search}?phone=%2B33612345678`);
  expect(found.body).toEqual({ contacts: [answer.body.contact] });
});

test('a last name alone is enough', async () => {
  const customer = await newCustomer();
  const answer = await customer.rest('POST', paths.contacts, { body: { last_name: 'Durand' } });
  expect(statusAndBody(answer)).toEqual({
    status: 201,
    body: { response: 'ok', contact: contact({ last_name: 'Durand' }) },
  });
});

test.each([
  ['0612345678', { phone_mobile_1: '+33612345678' }],
  ['0142685300', { phone_business_1: '+33142685300' }],
  ['101', { phone_business_1: '101' }],
])('phone %s goes to the slot of its kind', async (phone, slot) => {
  const customer = await newCustomer();
  const { body } = await customer.rest('POST', paths.contacts, { body: { last_name: 'Durand', phone } });
  expect(body).toEqual({
    response: 'ok',
    contact: contact({ last_name: 'Durand', ...slot, matched_number: phone }),
  });
});

test('the same request again answers 201 with the same contact, of which there is one', async () => {
  const customer = await newCustomer();
  const create = () => customer.rest('POST', paths.contacts, { body: documented });
  const [first, racing] = await Promise.all([create(), create()]);
  const repeated = await create();
  expect([first.status, racing.status, repeated.status]).toEqual([201, 201, 201]);
  expect(racing.body).toEqual(first.body);
  expect(repeated.body).toEqual(first.body);
  expect(await store.operator.contact.count({ where: { customerId: customer.id } })).toBe(1);
});

test('another spelling of the numbers or the email is still the same contact', async () => {
  const customer = await newCustomer();
  const id = await newContact(customer, { phone: '0612345678', email: 'anne@example.com' });
  expect(await newContact(customer, { phone: '+33 6 12 34 56 78', email: 'Anne@Example.com' })).toBe(id);
});

test.each([
  ['name', { last_name: 'Martin', phone: '0612345678' }],
  ['first name', { first_name: 'Anne', phone: '0612345678' }],
  ['email', { email: 'anne@example.com', phone: '0612345678' }],
])('another %s on the same number is another contact', async (_, fields) => {
  const customer = await newCustomer();
  const id = await newContact(customer, { phone: '0612345678' });
  expect(await newContact(customer, fields)).not.toBe(id);
  const { body } = await customer.rest('GET', `${paths.search}?phone=0612345678`);
  expect(body.contacts).toHaveLength(2);
});

test('the same creation for two customers makes two contacts', async () => {
  const [one, two] = [await newCustomer(), await newCustomer()];
  expect(await newContact(one, { phone: '0612345678' })).not.toBe(await newContact(two, { phone: '0612345678' }));
});

test.each([
  ['without a last name', { first_name: 'Anne' }, { last_name: 'The last name field is required.' }],
  ['with a blank last name', { last_name: ' ' }, { last_name: 'The last name field is required.' }],
  ['with an unfilled last name', { last_name: '[Name]' }, { last_name: 'The last name field is required.' }],
  [
    'with every field broken, all reported at once',
    {
      first_name: 'a'.repeat(256),
      civility: ['Mme'],
      email: 'anne',
      phone: '1'.repeat(65),
      phone_business: 'a\0b',
      phone_mobile: '\ud800',
      custom_value: { a: 1 },
      call_direction: 'internal',
    },
    {
      last_name: 'The last name field is required.',
      first_name: 'The first name field must not be greater than 255 characters.',
      civility: 'The civility field must be valid text.',
      email: 'The email field must be a valid email address.',
      phone: 'The phone field must not be greater than 64 characters.',
      phone_business: 'The phone business field must be valid text.',
      phone_mobile: 'The phone mobile field must be valid text.',
      custom_value: 'The custom value field must be valid text.',
      call_direction: 'The selected call direction is invalid.',
    },
  ],
])('a contact is refused %s, and nothing is stored', async (_, body, errors) => {
  const customer = await newCustomer();
  const answer = await customer.rest('POST', paths.contacts, { body });
  expect(statusAndBody(answer)).toEqual({ status: 400, body: refusedFields(errors as never) });
  expect(await store.operator.contact.count({ where: { customerId: customer.id } })).toBe(0);
});

test('a customer whose CRMs cannot create contacts is told so', async () => {
  const customer = await newCustomer();
  await store.operator.integration.updateMany({
    where: { customerId: customer.id },
    data: { contactCreation: false },
  });
  const answer = await customer.rest('POST', paths.contacts, { body: documented });
  expect(statusAndBody(answer)).toEqual({
    status: 400,
    body: { response: 'error', message: 'No connected CRM can create contacts.', error: 'contact_not_created' },
  });
});
