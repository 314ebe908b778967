import { expect, test, vi } from 'vitest';
import type { ContactHits, ContactQuery } from '../../../src/connectors/connector.ts';
import { minutes, seconds } from '../../support/clock.ts';
import { connectCrms, crmContact, found, newCrmCustomer } from '../../support/crms.ts';
import { connectorOf, newCustomer, serve, store } from '../../support/world.ts';

const number = '+33612345678';
const answering = (hits: ContactHits | null) => vi.fn(async () => hits);

test('somebody found is remembered for five minutes, under every spelling of the number', async () => {
  const searchContacts = answering(found('A'));
  const customer = await newCrmCustomer({ crm: { searchContacts } });
  for (const spelling of [number, '0033612345678', '+33 6 12 34 56 78', 'tel:+33612345678']) {
    expect((await customer.look(spelling)).match).toMatchObject({ kind: 'E164', integration: 'crm' });
  }
  expect(searchContacts).toHaveBeenCalledTimes(1);
  customer.pass(5 * minutes - 1);
  await customer.look(number);
  expect(searchContacts).toHaveBeenCalledTimes(1);
  customer.pass(2);
  await customer.look(number);
  expect(searchContacts).toHaveBeenCalledTimes(2);
});

test('nobody is remembered for fifteen seconds, and only under the spelling that was asked for', async () => {
  const searchContacts = answering(null);
  const customer = await newCrmCustomer({ crm: { searchContacts } });
  await customer.look(number);
  customer.pass(15 * seconds - 1);
  await customer.look(number);
  expect(searchContacts).toHaveBeenCalledTimes(1);
  await customer.look('0033612345678');
  expect(searchContacts).toHaveBeenCalledTimes(2);
  customer.pass(2);
  await customer.look(number);
  expect(searchContacts).toHaveBeenCalledTimes(3);
});

test('a number that told its country and one that did not are two questions, and so are two emails', async () => {
  const searchContacts = answering(found('A'));
  const customer = await newCrmCustomer({ crm: { searchContacts } });
  await customer.look(number);
  await customer.look('0612345678');
  await customer.look(number, { email: 'camille@example.com' });
  await customer.look(number, { email: 'CAMILLE@example.com' });
  await customer.look(number, { email: 'louis@example.com' });
  expect(searchContacts).toHaveBeenCalledTimes(4);
});

test('a failure is not remembered', async () => {
  let answers = 0;
  const searchContacts = async () => {
    if (answers++ === 0) throw new Error('Not now.');
    return found('A');
  };
  const customer = await newCrmCustomer({ crm: { searchContacts } });
  expect((await customer.look(number)).match.kind).toBe('NONE');
  expect((await customer.look(number)).match.kind).toBe('E164');
});

test('what one customer’s CRM told is never answered to another, even of one connector and one number', async () => {
  const asked: string[] = [];
  const connect = ({ store: { customerId } }: { store: { customerId: string } }) => ({
    searchContacts: async () => {
      asked.push(customerId);
      return { ...found(), candidates: 1, contacts: [crmContact('A', { lastName: `canary ${customerId}` })] };
    },
  });
  const app = serve({ connectors: { crm: { ...connectorOf({}), connect } } });
  const customers = await Promise.all([1, 2, 3].map(() => newCustomer({ app })));
  for (const { id } of customers) await connectCrms(id, ['crm']);
  for (let round = 0; round < 2; round++) {
    for (const customer of customers) {
      const { body } = await customer.rest(
        'GET',
        `/api/crm/lookup/contacts/search?phone=${encodeURIComponent(number)}`,
      );
      expect(body.contacts).toMatchObject([{ last_name: `canary ${customer.id}` }]);
    }
  }
  expect(asked.toSorted()).toEqual(customers.map(({ id }) => id).toSorted());
});

test('what a CRM told is forgotten when its integration changes', async () => {
  const searchContacts = answering(found('A'));
  const customer = await newCrmCustomer({ crm: { searchContacts } });
  await customer.look(number);
  await store.operator.integration.updateMany({
    where: { customerId: customer.id, connector: 'crm' },
    data: { updatedAt: new Date(Date.now() + minutes) },
  });
  // A credential is remembered for less than a second, and the integrations with it.
  const token = await customer.tokenWith(['client', 'crm']);
  await customer.rest('GET', `/api/crm/lookup/contacts/search?phone=${encodeURIComponent(number)}`, { token });
  expect(searchContacts).toHaveBeenCalledTimes(2);
});

test('our own contacts are always fresh', async () => {
  const customer = await newCustomer();
  const look = async () =>
    (await customer.graphql(`{ contactSearch(phone: "${number}") { contacts { lastName } } }`)).body.data.contactSearch;
  expect((await look()).contacts).toEqual([]);
  await customer.graphql('mutation ($input: CreateContactInput!) { createContact(input: $input) { created } }', {
    input: { lastName: 'Martin', phone: number },
  });
  expect((await look()).contacts).toEqual([{ lastName: 'Martin' }]);
  await store.operator.contact.updateMany({ where: { customerId: customer.id }, data: { lastName: 'Durand' } });
  expect((await look()).contacts).toEqual([{ lastName: 'Durand' }]);
});

test('lookups of one number at the same moment share one request', async () => {
  const answer = Promise.withResolvers<ContactHits>();
  const searchContacts = vi.fn((_: ContactQuery) => answer.promise);
  const customer = await newCrmCustomer({ crm: { searchContacts } });
  const looks = Array.from({ length: 20 }, () => customer.look(number));
  const other = customer.look('+33698765432');
  await expect.poll(() => searchContacts.mock.calls.length).toBe(2);
  answer.resolve(found('A'));
  for (const look of await Promise.all(looks)) expect(look.contacts).toEqual([{ id: 'A', placeholder: false }]);
  await other;
  expect(searchContacts.mock.calls.map(([{ phone }]) => phone?.sent).toSorted()).toEqual([number, '+33698765432']);
});

test('an answer that comes too late for its lookup serves the next one', async () => {
  const answer = Promise.withResolvers<ContactHits>();
  const searchContacts = vi.fn(() => answer.promise);
  const customer = await newCrmCustomer({ slow: { searchContacts } }, { lookupDeadlineMs: 400 });
  expect((await customer.look(number)).match.skipped).toEqual([{ integration: 'slow', reason: 'TIMEOUT' }]);
  answer.resolve(found('A'));
  await answer.promise;
  expect((await customer.look(number)).match).toMatchObject({ integration: 'slow', skipped: [] });
  expect(searchContacts).toHaveBeenCalledTimes(1);
});

test('a request for which nobody waits any longer is given up', async () => {
  const given = Promise.withResolvers<AbortSignal | undefined>();
  const searchContacts = (_: ContactQuery, options?: { signal?: AbortSignal | undefined }) => {
    given.resolve(options?.signal);
    return new Promise<never>(() => {});
  };
  const customer = await newCrmCustomer({ hanging: { searchContacts } }, { lookupDeadlineMs: 200 });
  await customer.look(number);
  const signal = await given.promise;
  await expect.poll(() => signal?.aborted, { timeout: 5000 }).toBe(true);
});
