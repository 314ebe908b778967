import { expect, test, vi } from 'vitest';
import type { Connector } from '../../../src/connectors/connector.ts';
import { crmContact, fails, found, hangs, newCrmCustomer } from '../../support/crms.ts';
import { store } from '../../support/world.ts';

/** A deadline that is short for a test, and the longest that an answer may take on a machine that is busy. */
const lookupDeadlineMs = 400;
const generousMs = 4000;

async function timed<Result>(work: () => Promise<Result>) {
  const began = performance.now();
  return { result: await work(), ms: performance.now() - began };
}

const none = { kind: 'NONE', candidates: 0, integration: null };

test('the first integration that knows somebody answers, and those after it are not asked', async () => {
  const asked = vi.fn(async () => found('C'));
  const customer = await newCrmCustomer({
    first: { searchContacts: async () => null },
    second: { searchContacts: async () => found('B', 'B2') },
    third: { searchContacts: asked },
  });
  expect(await customer.look('+33612345678')).toEqual({
    contacts: [
      { id: 'B', placeholder: false },
      { id: 'B2', placeholder: false },
    ],
    match: { kind: 'E164', candidates: 2, integration: 'second', skipped: [] },
  });
  expect(asked).not.toHaveBeenCalled();
});

test('integrations that cannot search, or are switched off for it, are passed over in silence', async () => {
  const asked = vi.fn(async () => found('A'));
  const off: Connector = { searchContacts: asked };
  const customer = await newCrmCustomer({ mute: {}, off, on: { searchContacts: async () => found('B') } });
  await store.operator.integration.updateMany({
    where: { customerId: customer.id, connector: 'off' },
    data: { lookup: false },
  });
  expect((await customer.look('+33612345678')).match).toMatchObject({ integration: 'on', skipped: [] });
  expect(asked).not.toHaveBeenCalled();
});

test.each([
  ['rejects', fails, 'UNAVAILABLE'],
  ['throws', () => fails() as never, 'UNAVAILABLE'],
  ['hangs', hangs, 'TIMEOUT'],
  ['hangs and does not listen', () => new Promise<never>(() => {}), 'TIMEOUT'],
])('a CRM that %s is skipped, the lookup says so, and the next one answers', async (_, searchContacts, reason) => {
  const healthy = { searchContacts: async () => found('B') };
  const customer = await newCrmCustomer({ broken: { searchContacts }, healthy }, { lookupDeadlineMs });
  const { result, ms } = await timed(() => customer.look('+33612345678'));
  expect(result).toEqual({
    contacts: [{ id: 'B', placeholder: false }],
    match: { kind: 'E164', candidates: 1, integration: 'healthy', skipped: [{ integration: 'broken', reason }] },
  });
  expect(ms).toBeLessThan(generousMs);
});

test('a CRM that throws before it promises anything is skipped too', async () => {
  const searchContacts = () => {
    throw new Error('The CRM is broken.');
  };
  const customer = await newCrmCustomer({ broken: { searchContacts } });
  expect((await customer.look('+33612345678')).match).toEqual({
    ...none,
    skipped: [{ integration: 'broken', reason: 'UNAVAILABLE' }],
  });
});

test('when every CRM hangs, the lookup answers what our own contacts know, within its deadline', async () => {
  const customer = await newCrmCustomer(
    { first: { searchContacts: hangs }, second: { searchContacts: hangs } },
    { lookupDeadlineMs },
  );
  await customer.graphql('mutation ($input: CreateContactInput!) { createContact(input: $input) { created } }', {
    input: { lastName: 'Martin', phone: '0612345678' },
  });
  const { result, ms } = await timed(() => customer.look('+33612345678'));
  const skipped = ['first', 'second'].map((integration) => ({ integration, reason: 'TIMEOUT' }));
  expect(result.match).toEqual({ kind: 'E164', candidates: 1, integration: 'native', skipped });
  expect(ms).toBeLessThan(generousMs);
});

test('when every CRM hangs and nobody is known, both faces answer the placeholder all the same', async () => {
  const crms = { first: { searchContacts: hangs }, second: { searchContacts: fails } };
  const customer = await newCrmCustomer(crms, { lookupDeadlineMs });
  const answer = await customer.rest('GET', '/api/crm/lookup/contacts/search?phone=0612345678');
  expect(answer.status).toBe(200);
  expect(answer.body.contacts).toMatchObject([{ is_placeholder: true, last_name: '0612345678' }]);
  expect(await customer.look('0612345678', { placeholder: true })).toMatchObject({
    contacts: [{ placeholder: true }],
    match: none,
  });
});

test('a CRM that fails at once leaves its time to the others', async () => {
  const slow = async () => {
    await new Promise((passed) => setTimeout(passed, 300));
    return found('B');
  };
  const customer = await newCrmCustomer(
    { broken: { searchContacts: fails }, slow: { searchContacts: slow } },
    { lookupDeadlineMs: 4000 },
  );
  expect((await customer.look('+33612345678')).match).toMatchObject({ integration: 'slow' });
});

test('nobody is asked about a number that can never match', async () => {
  const searchContacts = vi.fn(async () => found('A'));
  const customer = await newCrmCustomer({ crm: { searchContacts } });
  for (const phone of ['anonymous', '[Number]', 'unknown']) {
    expect((await customer.look(phone)).match).toEqual({ ...none, skipped: [] });
  }
  expect(searchContacts).not.toHaveBeenCalled();
});

test('an integration that cannot be connected is skipped', async () => {
  const customer = await newCrmCustomer({ crm: { searchContacts: async () => found('A') } });
  await store.operator.integration.updateMany({
    where: { customerId: customer.id, connector: 'crm' },
    data: { connector: 'nonsense' },
  });
  expect((await customer.look('+33612345678')).match).toEqual({
    ...none,
    skipped: [{ integration: 'nonsense', reason: 'UNAVAILABLE' }],
  });
});

test('what a CRM tells of somebody is answered as it is', async () => {
  const contact = crmContact('A', { company: 'Acme', entityType: 'Contacts', customValue: 'gold', phoneHome: '101' });
  const hits = { kind: 'EMAIL' as const, contacts: [contact], candidates: 1 };
  const customer = await newCrmCustomer({ crm: { searchContacts: async () => hits } });
  const { body } = await customer.rest('GET', '/api/crm/lookup/contacts/search?email=camille%40example.com');
  expect(body.contacts).toMatchObject([
    {
      id: 'A',
      company: 'Acme',
      entity_type: 'Contacts',
      custom_value: 'gold',
      phone_home: '101',
      is_placeholder: false,
    },
  ]);
});
