import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { newCustomer, publicUrl, store, type TestCustomer } from '../support/world.ts';

/** Gives a customer a url-builder behind what it has. */
async function buildLinks(customer: TestCustomer, position: number, Url: string, rules?: object[], lookup = true) {
  const id = uuid();
  const given = JSON.stringify({ file: rules ? JSON.stringify(rules) : null, parameters: { Url } });
  const configuration = store.forCustomer(customer.id).seal(given, `integration ${id}`);
  const data = { customerId: customer.id, id, connector: 'url-builder', position, configuration, lookup };
  await store.operator.integration.create({ data });
}

const search = `query ($phone: String, $email: String, $displayName: String, $direction: CallDirection) {
  contactSearch(phone: $phone, email: $email, displayName: $displayName, callDirection: $direction, placeholder: true) {
    contacts { id entityUrl placeholder } match { integration }
  }
}`;

const create = `mutation ($input: CreateContactInput!) { createContact(input: $input) { contact { id entityUrl } created } }`;

async function linkOf(customer: TestCustomer, variables: object): Promise<string> {
  const { body } = await customer.graphql(search, variables);
  return body.data.contactSearch.contacts[0].entityUrl;
}

const jane = { firstName: 'Jane', lastName: 'Döe & Co', phoneMobile: '+33612345678', customValue: '4/2' };

test('a contact without a page in a CRM gets the link that is built for it, wherever it is shown', async () => {
  const customer = await newCustomer();
  await buildLinks(customer, 2, 'https://crm.example/c/{custom_value}?name={display_name}&phone={phone}');
  const link = 'https://crm.example/c/4%2F2?name=Jane%20D%C3%B6e%20%26%20Co&phone=%2B33612345678';
  const created = (await customer.graphql(create, { input: jane })).body.data.createContact;
  expect(created).toEqual({ contact: { id: created.contact.id, entityUrl: link }, created: true });
  expect((await customer.graphql(search, { phone: '06 12 34 56 78' })).body.data.contactSearch).toEqual({
    contacts: [{ id: created.contact.id, entityUrl: link, placeholder: false }],
    match: { integration: 'native' },
  });
  const contact = await customer.graphql('query ($id: ID!) { contact(id: $id) { entityUrl } }', created.contact);
  expect(contact.body.data.contact.entityUrl).toBe(link);
  const { body } = await customer.rest('GET', '/api/crm/lookup/contacts/search?phone=0612345678');
  expect(body.contacts[0].entity_url).toBe(link);
});

test('a caller whom nobody knows gets a link as well, and one who hides the number gets none with it', async () => {
  const customer = await newCustomer();
  await buildLinks(customer, 2, 'https://crm.example/new?phone={phone}&name={display_name}&id={entity_id}');
  expect(await linkOf(customer, { phone: '06 12 34 56 78', displayName: 'Jane' })).toBe(
    'https://crm.example/new?phone=%2B33612345678&name=Jane&id=',
  );
  expect(await linkOf(customer, { phone: 'anonymous' })).toBe(`${publicUrl}/contacts/new?phone=anonymous`);
  const { body } = await customer.rest('GET', '/api/crm/lookup/contacts/search?phone=0612345678');
  expect(body.contacts[0].entity_url).toBe('https://crm.example/new?phone=%2B33612345678&name=&id=');
});

test('the direction of the call chooses the link, on both faces', async () => {
  const customer = await newCustomer();
  const rules = [
    { when: { direction: 'inbound' }, url: 'https://crm.example/in/{phone_digits}' },
    { when: { direction: 'outbound' }, url: 'https://crm.example/out/{phone_digits}' },
  ];
  await buildLinks(customer, 2, 'https://crm.example/any/{phone_digits}', rules);
  const phone = '+33612345678';
  expect(await linkOf(customer, { phone, direction: 'INBOUND' })).toBe('https://crm.example/in/33612345678');
  expect(await linkOf(customer, { phone, direction: 'OUTBOUND' })).toBe('https://crm.example/out/33612345678');
  expect(await linkOf(customer, { phone })).toBe('https://crm.example/any/33612345678');
  const onRest = async (direction: string) => {
    const query = new URLSearchParams({ phone, call_direction: direction });
    return (await customer.rest('GET', `/api/crm/lookup/contacts/search?${query}`)).body.contacts[0].entity_url;
  };
  expect(await onRest('Outbound')).toBe('https://crm.example/out/33612345678');
  expect(await onRest('[CallDirection]')).toBe('https://crm.example/any/33612345678');
  const { body } = await customer.graphql(create, { input: { ...jane, callDirection: 'INBOUND' } });
  expect(body.data.createContact.contact.entityUrl).toBe('https://crm.example/in/33612345678');
});

test('links are built by the first integration that can, if its switch is on', async () => {
  const customer = await newCustomer();
  await buildLinks(customer, 2, 'https://off.example/{phone_digits}', undefined, false);
  await buildLinks(customer, 3, 'https://first.example/{email}');
  await buildLinks(customer, 4, 'https://second.example/{phone_digits}');
  expect(await linkOf(customer, { email: 'jane@example.com' })).toBe('https://first.example/jane%40example.com');
  expect(await linkOf(customer, { phone: '+33612345678' })).toBe('https://second.example/33612345678');
});

test('a url-builder that cannot be used builds nothing and fails nothing', async () => {
  const customer = await newCustomer();
  await buildLinks(customer, 2, 'no address at all');
  const page = `${publicUrl}/contacts/new?${new URLSearchParams({ phone: '+33612345678' })}`;
  expect(await linkOf(customer, { phone: '+33612345678' })).toBe(page);
});
