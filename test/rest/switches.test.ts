import { expect, test } from 'vitest';
import { type CustomerSwitches, updateCustomer } from '../../src/domain/customer.ts';
import { paths, report, statusAndBody } from '../support/rest.ts';
import { newCustomer, store } from '../support/world.ts';

const callsOff = {
  response: 'error',
  message: 'Phone call logging is not enabled for this account.',
  error: 'call_logging_disabled',
};
const chatsOff = {
  response: 'error',
  message: 'Chat logging is not enabled for this account.',
  error: 'chat_logging_disabled',
};
const creationOff = {
  response: 'error',
  message: 'Contact creation is not enabled for this account.',
  error: 'contact_not_created',
};

const operations: [keyof CustomerSwitches, string, object, object][] = [
  ['callLoggingEnabled', paths.calls, report, callsOff],
  ['chatLoggingEnabled', paths.chats, { email: 'anne@example.com' }, chatsOff],
  ['contactCreationEnabled', paths.contacts, { last_name: 'Durand' }, creationOff],
];

test.each(operations)('%s off: %s is refused, and nothing is stored', async (name, path, body, refusal) => {
  const customer = await newCustomer();
  await updateCustomer(store, customer.id, { [name]: false });
  expect(statusAndBody(await customer.rest('POST', path, { body }))).toEqual({ status: 400, body: refusal });
  const where = { customerId: customer.id };
  const { phoneCall, chat, contact } = store.operator;
  expect([await phoneCall.count({ where }), await chat.count({ where }), await contact.count({ where })]).toEqual([
    0, 0, 0,
  ]);
});

test.each(operations)('%s off: everything else goes on', async (name, path) => {
  const customer = await newCustomer();
  await updateCustomer(store, customer.id, { [name]: false });
  for (const [, other, body] of operations.filter(([, other]) => other !== path)) {
    expect((await customer.rest('POST', other, { body })).status).toBe(201);
  }
  const context = { direction: 'inbound', number_from: '0612345678' };
  expect((await customer.rest('POST', paths.context, { body: context })).status).toBe(201);
  expect((await customer.rest('GET', paths.calls)).status).toBe(200);
  expect((await customer.rest('GET', `${paths.search}?phone=0612345678`)).status).toBe(200);
});

test.each(operations)('%s is one customer’s alone', async (name, path, body) => {
  const [off, on] = [await newCustomer(), await newCustomer()];
  await updateCustomer(store, off.id, { [name]: false });
  expect((await on.rest('POST', path, { body })).status).toBe(201);
});

test('a switch takes effect within one second while its customer is at work, off and on again', async () => {
  const customer = await newCustomer();
  const log = async (number_to: string) =>
    (await customer.rest('POST', paths.calls, { body: { ...report, number_to } })).status;
  const settled = () => new Promise((resolve) => setTimeout(resolve, 1000));
  expect(await log('101')).toBe(201);
  await updateCustomer(store, customer.id, { callLoggingEnabled: false });
  await settled();
  expect(await log('102')).toBe(400);
  await updateCustomer(store, customer.id, { callLoggingEnabled: true });
  await settled();
  expect(await log('102')).toBe(201);
});
