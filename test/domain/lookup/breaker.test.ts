import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ContactHits } from '../../../src/connectors/connector.ts';
import { seconds } from '../../support/clock.ts';
import { type CrmCustomer, fails, found, hangs, newCrmCustomer } from '../../support/crms.ts';

// Only the clock stands still: time-outs pass as they are.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

let numbers = 0;

/** Asks for a number that nobody has asked for, so that nothing remembered answers. */
const lookAnew = (customer: CrmCustomer) => customer.look(`+336123${String(10_000 + numbers++)}`);

const skipped = (reason: string) => [{ integration: 'crm', reason }];

async function breakCircuit(customer: CrmCustomer) {
  for (let failure = 0; failure < 5; failure++) {
    expect((await lookAnew(customer)).match.skipped).toEqual(skipped('UNAVAILABLE'));
  }
}

test('after five failures in a row a CRM is left alone for half a minute, then one lookup tries it', async () => {
  const searchContacts = vi.fn(fails as () => Promise<ContactHits | null>);
  const customer = await newCrmCustomer({ crm: { searchContacts } });
  await breakCircuit(customer);
  for (let look = 0; look < 10; look++) {
    expect((await lookAnew(customer)).match.skipped).toEqual(skipped('CIRCUIT_OPEN'));
  }
  expect(searchContacts).toHaveBeenCalledTimes(5);
  vi.setSystemTime(Date.now() + 30 * seconds);
  expect((await lookAnew(customer)).match.skipped).toEqual(skipped('UNAVAILABLE'));
  expect((await lookAnew(customer)).match.skipped).toEqual(skipped('CIRCUIT_OPEN'));
  vi.setSystemTime(Date.now() + 30 * seconds);
  searchContacts.mockImplementation(async () => found('A'));
  expect((await lookAnew(customer)).match).toMatchObject({ integration: 'crm', skipped: [] });
  expect((await lookAnew(customer)).match).toMatchObject({ integration: 'crm', skipped: [] });
});

test('an answer in between, be it that nobody is known, begins the count anew', async () => {
  let looks = 0;
  const searchContacts = async () => (++looks % 5 === 0 ? null : fails());
  const customer = await newCrmCustomer({ crm: { searchContacts } });
  for (let look = 1; look <= 20; look++) {
    expect((await lookAnew(customer)).match.skipped).toEqual(look % 5 === 0 ? [] : skipped('UNAVAILABLE'));
  }
});

test('while one lookup tries a CRM again, the others do not wait for it', async () => {
  const answer = Promise.withResolvers<ContactHits | null>();
  const searchContacts = vi.fn(fails as () => Promise<ContactHits | null>);
  const customer = await newCrmCustomer({ crm: { searchContacts } });
  await breakCircuit(customer);
  vi.setSystemTime(Date.now() + 30 * seconds);
  searchContacts.mockImplementation(() => answer.promise);
  const trying = lookAnew(customer);
  await expect.poll(() => searchContacts.mock.calls.length).toBe(6);
  expect((await lookAnew(customer)).match.skipped).toEqual(skipped('CIRCUIT_OPEN'));
  answer.resolve(found('A'));
  expect((await trying).match).toMatchObject({ integration: 'crm', skipped: [] });
});

test('a CRM that hangs opens its circuit too, and then takes none of the others’ time', async () => {
  const customer = await newCrmCustomer(
    { crm: { searchContacts: hangs }, healthy: { searchContacts: async () => found('B') } },
    { lookupDeadlineMs: 200 },
  );
  const looks = await Promise.all(Array.from({ length: 5 }, () => lookAnew(customer)));
  for (const { match } of looks) expect(match.skipped).toEqual(skipped('TIMEOUT'));
  await expect.poll(async () => (await lookAnew(customer)).match.skipped).toEqual(skipped('CIRCUIT_OPEN'));
  expect((await lookAnew(customer)).match.integration).toBe('healthy');
});

test('what is remembered is answered while a CRM is left alone', async () => {
  const searchContacts = vi.fn(async (): Promise<ContactHits | null> => found('A'));
  const customer = await newCrmCustomer({ crm: { searchContacts } });
  await customer.look('+33612345678');
  searchContacts.mockImplementation(fails);
  await breakCircuit(customer);
  expect((await customer.look('+33612345678')).match).toMatchObject({ integration: 'crm', skipped: [] });
});

test('one customer’s broken CRM is not another’s', async () => {
  const broken = await newCrmCustomer({ crm: { searchContacts: fails } });
  await breakCircuit(broken);
  const customer = await newCrmCustomer({ crm: { searchContacts: async () => found('A') } });
  expect((await lookAnew(customer)).match).toMatchObject({ integration: 'crm', skipped: [] });
});
