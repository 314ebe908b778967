import { expect, test, vi } from 'vitest';
import type { ConnectorContact, NewContact } from '../../src/connectors/connector.ts';
import { ConnectorFailure } from '../../src/connectors/failure.ts';
import { minutes } from '../support/clock.ts';
import { type CrmCustomer, connectCrms, crmContact, hangs, newCrmCustomer } from '../support/crms.ts';
import { connectorOf, newCustomer, serve, store } from '../support/world.ts';

const input = { lastName: 'Martin', firstName: 'Camille', phone: '06 12 34 56 78', email: 'camille@example.com' };
const body = { last_name: 'Martin', first_name: 'Camille', phone: '06 12 34 56 78', email: 'camille@example.com' };

const mutation = `mutation ($input: CreateContactInput!) {
  createContact(input: $input) { created contact { id lastName phoneMobile1 entityUrl } }
}`;

const create = async (customer: Pick<CrmCustomer, 'graphql'>, more: object = {}) =>
  (await customer.graphql(mutation, { input: { ...input, ...more } })).body;

/** A CRM that creates contacts, and of which nobody can say when its search will find them. */
function creating() {
  let count = 0;
  const createContact = vi.fn(async ({ lastName, numbers }: NewContact) => {
    const contact: ConnectorContact = crmContact(`C-${++count}`, {
      lastName,
      phoneMobile1: numbers[0]?.canonical ?? null,
    });
    await new Promise((passed) => setTimeout(passed, 20));
    return { contact, created: true };
  });
  const searchContacts = vi.fn(async () => null);
  return { createContact, searchContacts };
}

test('a contact is created in the first CRM that can, and not in one whose switch is off', async () => {
  const [off, crm] = [creating(), creating()];
  const customer = await newCrmCustomer({ mute: {}, off, crm });
  await store.operator.integration.updateMany({
    where: { customerId: customer.id, connector: 'off' },
    data: { contactCreation: false },
  });
  expect(await create(customer)).toEqual({
    data: {
      createContact: {
        created: true,
        contact: {
          id: 'C-1',
          lastName: 'Martin',
          phoneMobile1: '+33612345678',
          entityUrl: 'https://crm.example/C-1',
        },
      },
    },
  });
  expect([off.createContact.mock.calls.length, crm.createContact.mock.calls.length]).toEqual([0, 1]);
});

test('the next lookup finds a contact that was created, under every spelling, though nobody was remembered', async () => {
  const customer = await newCrmCustomer({ crm: creating() });
  const spellings = ['0612345678', '+33612345678', '0033612345678', '06 12 34 56 78', 'tel:+33612345678', '12345678'];
  for (const spelling of spellings) expect((await customer.look(spelling)).match.kind).toBe('NONE');
  await create(customer);
  for (const spelling of spellings) {
    expect(await customer.look(spelling)).toMatchObject({
      contacts: [{ id: 'C-1', placeholder: false }],
      match: { integration: 'crm', candidates: 1 },
    });
  }
  expect((await customer.look('+33699999999', { email: 'CAMILLE@example.com' })).match.kind).toBe('EMAIL');
  expect((await customer.look('+33699999999')).match.kind).toBe('NONE');
});

test('a contact that was created stands beside those whom the CRM knows under its number', async () => {
  const hits = { kind: 'E164' as const, contacts: [crmContact('A')], candidates: 1 };
  const customer = await newCrmCustomer({ crm: { ...creating(), searchContacts: async () => hits } });
  await create(customer);
  expect(await customer.look('+33612345678')).toMatchObject({
    contacts: [{ id: 'C-1' }, { id: 'A' }],
    match: { candidates: 2 },
  });
});

test('a repeat within ten minutes is answered the first contact, in any process', async () => {
  const crm = creating();
  const customer = await newCrmCustomer({ crm });
  const first = await create(customer);
  const again = await create(customer, { phone: '+33612345678', email: 'Camille@Example.com' });
  expect(again.data.createContact).toEqual({ ...first.data.createContact, created: false });
  const other = serve({ connectors: { crm: connectorOf(crm) }, now: customer.now });
  const path = '/api/crm/lookup/contacts';
  const elsewhere = await customer.rest('POST', path, { body, app: other });
  expect(elsewhere.body.contact).toMatchObject({ id: 'C-1', entity_url: 'https://crm.example/C-1' });
  expect(crm.createContact).toHaveBeenCalledTimes(1);
  customer.pass(10 * minutes);
  await create(customer);
  expect(crm.createContact).toHaveBeenCalledTimes(2);
});

test('of forty requests at once, over two processes and both faces, one creates the contact', async () => {
  const crm = creating();
  const customer = await newCrmCustomer({ crm });
  const other = serve({ connectors: { crm: connectorOf(crm) }, now: customer.now });
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) => [
      create(customer).then(({ data }) => data.createContact.contact.id),
      customer
        .rest('POST', '/api/crm/lookup/contacts', { body, ...(at % 2 === 0 && { app: other }) })
        .then((answer) => answer.body.contact.id),
    ]).flat(),
  );
  expect(answers).toEqual(Array(40).fill('C-1'));
  expect(crm.createContact).toHaveBeenCalledTimes(1);
});

test('another name on the same number is another contact', async () => {
  const customer = await newCrmCustomer({ crm: creating() });
  await create(customer);
  expect((await create(customer, { firstName: 'Louis' })).data.createContact.contact.id).toBe('C-2');
});

test('two customers who create the same contact in one kind of CRM each have their own', async () => {
  const crm = creating();
  const app = serve({ connectors: { crm: connectorOf(crm) } });
  const customers = [await newCustomer({ app }), await newCustomer({ app })];
  const ids: string[] = [];
  for (const customer of customers) {
    await connectCrms(customer.id, ['crm']);
    ids.push((await create(customer)).data.createContact.contact.id);
  }
  expect(ids).toEqual(['C-1', 'C-2']);
});

test.each([
  ['refuses', 'refused', 'CONNECTOR_REJECTED', 400, 'contact_not_created'],
  ['is away', 'unavailable', 'CONNECTOR_UNAVAILABLE', 503, 'service_unavailable'],
] as const)(
  'a CRM that %s is told as such, and the next request asks it again',
  async (_, outcome, code, status, word) => {
    const createContact = vi.fn(async () => {
      throw new ConnectorFailure(outcome, 'Not this one.');
    });
    const customer = await newCrmCustomer({ crm: { createContact } });
    expect((await create(customer)).errors).toMatchObject([{ extensions: { code } }]);
    const answer = await customer.rest('POST', '/api/crm/lookup/contacts', { body });
    expect([answer.status, answer.body.error]).toEqual([status, word]);
    expect(createContact).toHaveBeenCalledTimes(2);
  },
);

test('a CRM that hangs is given up in time; whoever asks again is answered what it then says', async () => {
  const createContact = vi.fn<(given: NewContact) => Promise<{ contact: ConnectorContact; created: boolean }>>(hangs);
  const customer = await newCrmCustomer({ crm: { createContact } }, { creationLimitMs: 200 });
  const [error] = (await create(customer)).errors ?? [];
  expect(error).toMatchObject({
    message: 'No answer within 0.2 seconds. The CRM may have created the contact all the same.',
    extensions: { code: 'CONNECTOR_UNAVAILABLE' },
  });
  createContact.mockImplementation(async () => ({ contact: crmContact('C-1'), created: false }));
  expect((await create(customer)).data.createContact).toMatchObject({ created: false, contact: { id: 'C-1' } });
});

test('a creation whose process died does not stand in the way for longer than half a minute', async () => {
  const crm = creating();
  const customer = await newCrmCustomer({ crm }, { creationLimitMs: 200 });
  await create(customer);
  const held = new Date(customer.now().getTime() + minutes / 2);
  await store.operator.$executeRaw`
    UPDATE contact_creations SET remote = NULL, held_until = ${held} WHERE customer_id = ${customer.id}::uuid`;
  expect((await create(customer)).errors).toMatchObject([{ extensions: { code: 'CONNECTOR_UNAVAILABLE' } }]);
  customer.pass(minutes / 2);
  expect((await create(customer)).data.createContact.contact.id).toBe('C-2');
});
