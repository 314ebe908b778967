import { expect, test } from 'vitest';
import { minutes, newTimedCustomer, seconds } from '../support/clock.ts';
import { lifeOf, logCall, saveContext } from '../support/life.ts';
import { countRows } from '../support/report.ts';
import { newCustomer, type TestCustomer } from '../support/world.ts';

const at = (time: string, known: object = {}) => ({ start_time_utc: `2026-03-01T${time}Z`, context_data: known });

const dataOf = async (customer: TestCustomer, callId: string) => (await lifeOf(customer, callId)).contextData;

test('reports of one context are merged by key, and the later wins', async () => {
  const customer = await newCustomer();
  const id = await saveContext(customer, { ...at('10:00:00', { language: 'fr', queue: 'sales' }), source: 'flow' });
  const again = { ...at('10:00:30', { language: 'de', caller: { vip: true } }), number_from: '+33612345678' };
  expect(await saveContext(customer, again)).toBe(id);
  expect((await countRows(customer)).contexts).toBe(1);
  const call = await logCall(customer);
  expect(await lifeOf(customer, call)).toMatchObject({
    contextData: { language: 'de', queue: 'sales', caller: { vip: true } },
    callContextId: id,
    context: { id, call: { id: call } },
  });
});

test.each([
  ['two minutes later', at('10:02:00'), true],
  ['two minutes earlier', at('09:58:00'), true],
  ['more than two minutes later', at('10:02:01'), false],
  ['more than two minutes earlier', at('09:57:59'), false],
  ['of another number', { ...at('10:00:00'), number_from: '0612345679' }, false],
  ['of another direction', { ...at('10:00:00'), direction: 'outbound', number_to: '0612345678' }, false],
  ['of a segment', { ...at('10:00:00'), start_time_reference: 'segment' }, false],
  ['of a kind of leg', { ...at('10:00:00'), segment_dn_type: 'ivr' }, false],
])('a report %s is the same context: %s', async (_, other, same) => {
  const customer = await newCustomer();
  const id = await saveContext(customer, at('10:00:00'));
  expect((await saveContext(customer, other)) === id).toBe(same);
});

test('another customer’s equal context is another one', async () => {
  const [one, two] = [await newCustomer(), await newCustomer()];
  expect(await saveContext(one, at('10:00:00'))).not.toBe(await saveContext(two, at('10:00:00')));
});

test('a report without a time updates the newest open context of the last two minutes', async () => {
  const customer = await newTimedCustomer('2026-03-01T10:00:00Z');
  const older = await saveContext(customer);
  customer.pass(2 * minutes + seconds);
  const newer = await saveContext(customer);
  expect(newer).not.toBe(older);
  customer.pass(minutes);
  expect(await saveContext(customer)).toBe(newer);
  customer.pass(minutes + seconds);
  expect([older, newer]).not.toContain(await saveContext(customer));
});

test('a report without a time never touches a context whose call is logged', async () => {
  const customer = await newTimedCustomer('2026-03-01T10:00:00Z');
  const first = await saveContext(customer, { context_data: { call: 1 } });
  customer.pass(30 * seconds);
  const call = await logCall(customer, { duration: 30 });
  customer.pass(30 * seconds);
  expect(await saveContext(customer, { context_data: { call: 2 } })).not.toBe(first);
  expect(await dataOf(customer, call)).toEqual({ call: 1 });
});

test('a caller who rings again within two minutes of a short call gets a context of his own', async () => {
  const customer = await newCustomer();
  const first = await saveContext(customer, at('10:00:00', { call: 1 }));
  const one = await logCall(customer, { status: 'Missed', duration: 20 });
  expect(await saveContext(customer, at('10:01:00', { call: 2 }))).not.toBe(first);
  const two = await logCall(customer, { start_time_utc: '2026-03-01T10:01:00Z' });
  expect([await dataOf(customer, one), await dataOf(customer, two)]).toEqual([{ call: 1 }, { call: 2 }]);
});

test.each([
  ['reports the same time', '10:00:00'],
  ['reports a later time of the call', '10:01:30'],
  ['is sent by a clock that is behind', '09:58:30'],
])('an update of a context whose call is logged reaches the call when it %s', async (_, time) => {
  const customer = await newCustomer();
  const id = await saveContext(customer, at('10:00:00', { state: 'open', queue: 'sales' }));
  const call = await logCall(customer);
  expect(await saveContext(customer, at(time, { state: 'solved' }))).toBe(id);
  expect(await dataOf(customer, call)).toEqual({ state: 'solved', queue: 'sales' });
});

test('an update of a short call reaches it although the clocks of the two reports differ', async () => {
  const customer = await newCustomer();
  const id = await saveContext(customer, at('10:03:00', { state: 'open' }));
  const call = await logCall(customer, { end_time_utc: '2026-03-01T10:00:15Z', duration: undefined });
  expect(await saveContext(customer, at('10:03:00', { state: 'solved' }))).toBe(id);
  expect(await dataOf(customer, call)).toEqual({ state: 'solved' });
});
