import { expect, test } from 'vitest';
import { sweep } from '../../../src/domain/sweep.ts';
import { days, minutes, newTimedCustomer, seconds, utc } from '../../support/clock.ts';
import { lifeOf, logCall, saveContext } from '../../support/life.ts';
import { countRows, legacyCall, logCallByRest } from '../../support/report.ts';
import { store } from '../../support/world.ts';

test('a context waits a day for its call, and is then removed', async () => {
  const customer = await newTimedCustomer('1970-03-01T10:00:00Z');
  await saveContext(customer);
  await sweep(store, new Date('1970-03-02T10:00:00Z'));
  expect((await countRows(customer)).contexts).toBe(1);
  await sweep(store, new Date('1970-03-02T10:00:01Z'));
  expect((await countRows(customer)).contexts).toBe(0);
});

test('an update lets a context wait for another day', async () => {
  const customer = await newTimedCustomer('1971-03-01T10:00:00Z');
  await saveContext(customer, { start_time_utc: utc(customer.now()) });
  customer.pass(minutes);
  await saveContext(customer, { start_time_utc: '1971-03-01T10:00:00Z' });
  await sweep(store, new Date('1971-03-02T10:00:30Z'));
  expect((await countRows(customer)).contexts).toBe(1);
});

test('a context whose call is logged stays with the call', async () => {
  const customer = await newTimedCustomer('1972-03-01T10:00:00Z');
  const id = await saveContext(customer, { context_data: { order: 1042 } });
  await saveContext(customer, { number_from: '0612345679' });
  const call = await logCall(customer, { start_time_utc: '1972-03-01T10:00:00Z' });
  await sweep(store, new Date('1972-04-01T10:00:00Z'));
  expect((await countRows(customer)).contexts).toBe(1);
  expect(await lifeOf(customer, call)).toMatchObject({ contextData: { order: 1042 }, context: { id } });
});

test('a key is removed after seven days, and its call stays', async () => {
  const customer = await newTimedCustomer('1973-03-01T10:00:00Z');
  await logCallByRest(customer, legacyCall, 'key');
  await sweep(store, new Date(customer.now().getTime() + 7 * days));
  expect((await countRows(customer)).keys).toBe(1);
  await sweep(store, new Date(customer.now().getTime() + 7 * days + seconds));
  expect(await countRows(customer)).toMatchObject({ keys: 0, calls: 1 });
});

test('the sweep tells what it removed, and may run several times at once', async () => {
  const customer = await newTimedCustomer('1974-03-01T10:00:00Z');
  await saveContext(customer);
  await logCallByRest(customer, legacyCall, 'key');
  const later = new Date('1974-03-09T10:00:00Z');
  const swept = await Promise.all([sweep(store, later), sweep(store, later), sweep(store, later)]);
  const sum = (name: 'contexts' | 'keys') => swept.reduce((total, figures) => total + figures[name], 0);
  expect({ contexts: sum('contexts'), keys: sum('keys') }).toEqual({ contexts: 1, keys: 1 });
});
