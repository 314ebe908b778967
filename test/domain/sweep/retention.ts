import { describe, expect, test } from 'vitest';
import { sweep } from '../../../src/domain/sweep.ts';
import { newTimedCustomer, type TimedCustomer } from '../../support/clock.ts';
import { fillHistory } from '../../support/history.ts';
import { leaveTraces, newPerson } from '../../support/person.ts';
import { countRows, legacyCall, legacyChat, logCallByRest, logChatByRest } from '../../support/report.ts';
import { graphql, newCustomer, store, type TestCustomer } from '../../support/world.ts';

const document = 'mutation ($days: Int) { updateRetention(days: $days) { retentionDays } }';

const keep = async (customer: TestCustomer, days: number | null) =>
  (await graphql(document, { days }, { token: await customer.tokenWith(['admin']) })).body;

const subjects = async (customer: TimedCustomer) =>
  (await customer.rest('GET', '/api/crm/lookup/phone-calls?per_page=100')).body.data.map(
    ({ subject }: { subject: string }) => subject,
  );

describe('a customer that keeps 30 days', () => {
  test('loses what began or arrived before, and nothing later', async () => {
    const customer = await newTimedCustomer('1975-03-01T10:00:00Z');
    expect(await keep(customer, 30)).toEqual({ data: { updateRetention: { retentionDays: 30 } } });
    await logCallByRest(customer, { ...legacyCall, subject: 'old', start_time_utc: '1975-03-01T10:00:00Z' });
    await logCallByRest(customer, { ...legacyCall, subject: 'timeless', number_to: '102', start_time_utc: '' });
    customer.goTo('1975-03-20T10:00:00Z');
    await logCallByRest(customer, { ...legacyCall, subject: 'told late', start_time_utc: '1975-03-01T09:00:00Z' });
    await logCallByRest(customer, { ...legacyCall, subject: 'young', start_time_utc: '1975-03-20T10:00:00Z' });
    await sweep(store, new Date('1975-03-31T09:59:59Z'));
    expect(await subjects(customer)).toEqual(['young', 'old', 'timeless']);
    await sweep(store, new Date('1975-03-31T10:00:01Z'));
    expect(await subjects(customer)).toEqual(['young']);
  });

  test('loses all that hangs on a call or chat, and keeps its contacts', async () => {
    const customer = await newTimedCustomer('1976-03-01T10:00:00Z');
    await leaveTraces(customer, newPerson(31), '1976-03-01');
    await keep(customer, 30);
    await sweep(store, new Date('1976-05-01T10:00:00Z'));
    expect(await countRows(customer)).toEqual({ calls: 0, chats: 0, deliveries: 0, keys: 0, contexts: 0 });
    const where = { customerId: customer.id };
    expect(await store.operator.callSegment.count({ where })).toBe(0);
    expect(await store.operator.contact.count({ where })).toBe(1);
  });

  test('loses any number of rows, in bounded pieces', async () => {
    const customer = await newTimedCustomer('1977-03-01T10:00:00Z');
    await fillHistory(customer.id, 1201, new Date('1977-03-01T10:00:00Z'));
    await keep(customer, 30);
    // What a stopped one leaves is for the next.
    expect(await sweep(store, new Date('1977-05-01T10:00:00Z'), AbortSignal.abort())).toMatchObject({ old: 0 });
    const [one, other] = await Promise.all([
      sweep(store, new Date('1977-05-01T10:00:00Z')),
      sweep(store, new Date('1977-05-01T10:00:00Z')),
    ]);
    expect(one.old + other.old).toBe(1201);
    expect((await countRows(customer)).calls).toBe(0);
  });
});

test('a customer keeps everything unless it says otherwise, and again once it says so', async () => {
  const [silent, changed] = [
    await newTimedCustomer('1978-03-01T10:00:00Z'),
    await newTimedCustomer('1978-03-01T10:00:00Z'),
  ];
  for (const customer of [silent, changed]) {
    await logCallByRest(customer, { ...legacyCall, start_time_utc: '1978-03-01T10:00:00Z' });
    await logChatByRest(customer, { ...legacyChat, start_time_utc: '1978-03-01T10:00:00Z' });
  }
  await keep(changed, 1);
  expect(await keep(changed, null)).toEqual({ data: { updateRetention: { retentionDays: null } } });
  await sweep(store, new Date('1983-03-01T10:00:00Z'));
  for (const customer of [silent, changed]) expect(await countRows(customer)).toMatchObject({ calls: 1, chats: 1 });
});

test.each([0, -1, 36_501])('%s days are refused', async (days) => {
  expect((await keep(await newCustomer(), days)).errors?.[0]).toMatchObject({
    message: 'Must be 1 to 36500 days, or null to keep everything.',
    extensions: { code: 'BAD_USER_INPUT', issues: [{ path: ['days'] }] },
  });
});
