import { expect, test } from 'vitest';
import { newCustomer, type TestCustomer } from '../support/world.ts';

const logCall = (customer: TestCustomer, number: string, more: object = {}) =>
  customer.rest('POST', '/api/crm/lookup/phone-calls', {
    body: { direction: 'inbound', status: 'completed', number_from: number, number_to: '101', ...more },
  });

const createContact = async (customer: TestCustomer, fields: object) =>
  (await customer.rest('POST', '/api/crm/lookup/contacts', { body: fields })).body.contact.id as string;

const contactOfCall = async (customer: TestCustomer) =>
  (await customer.rest('GET', '/api/crm/lookup/phone-calls')).body.data[0].contact_id;

test('a call is with the only contact that has its number', async () => {
  const customer = await newCustomer();
  const id = await createContact(customer, { last_name: 'Martin', phone: '06 12 34 56 78' });
  expect((await logCall(customer, '+33612345678')).body.call.contact_id).toBe(id);
});

test('a call is with nobody when two contacts share its number, unless it names one of them', async () => {
  const customer = await newCustomer();
  const id = await createContact(customer, { last_name: 'Martin', phone: '0612345678' });
  await createContact(customer, { last_name: 'Durand', phone: '0612345678' });
  expect((await logCall(customer, '0612345678')).body.call.contact_id).toBeNull();
  const named = await logCall(customer, '0612345678', { entity_id: id, start_time_utc: '2026-02-01T10:00:00Z' });
  expect(named.body.call.contact_id).toBe(id);
});

test('a new contact takes over the calls of its number that were nobody’s', async () => {
  const customer = await newCustomer();
  const stranger = await newCustomer();
  await logCall(customer, '0612345678');
  await logCall(stranger, '0612345678');
  const id = await createContact(customer, { last_name: 'Martin', phone: '+33612345678' });
  expect(await contactOfCall(customer)).toBe(id);
  expect(await contactOfCall(stranger)).toBeNull();
});

test('a second contact on the number takes no calls from the first', async () => {
  const customer = await newCustomer();
  const first = await createContact(customer, { last_name: 'Martin', phone: '0612345678' });
  await logCall(customer, '0612345678');
  await createContact(customer, { last_name: 'Durand', phone: '0612345678' });
  expect(await contactOfCall(customer)).toBe(first);
});

test('a new contact takes over the chats of its email', async () => {
  const customer = await newCustomer();
  const chat = { email: 'Camille@Example.com', start_time_utc: '2026-02-01T10:00:00Z' };
  const before = await customer.rest('POST', '/api/crm/lookup/chats', { body: chat });
  expect(before.body.chat.contact_id).toBeNull();
  const id = await createContact(customer, { last_name: 'Martin', email: 'camille@example.com' });
  const again = await customer.rest('POST', '/api/crm/lookup/chats', { body: chat });
  expect(again.body.chat).toMatchObject({ id: before.body.chat.id, contact_id: id });
});
