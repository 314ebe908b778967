import { expect, test } from 'vitest';
import { type Customer, findCustomerRecord } from '../../../src/domain/customer.ts';
import { logPhoneCall } from '../../../src/domain/phone-call.ts';
import { unfinished } from '../../../src/domain/transaction.ts';
import { newQueue, type Queue, receipt } from '../../support/queue.ts';
import { countRows, graphqlCall, graphqlChat } from '../../support/report.ts';
import { anyContactPage, newContact } from '../../support/rest.ts';
import { store } from '../../support/world.ts';

const arrived = { integration: 'native', state: 'delivered', attempts: 1 };
const ofNobody = { message: 'Stored; nobody is known by this number.', remoteId: null, remoteUrl: null };

const logs = 'logs { integration state attempts message remoteId remoteUrl }';
const reports: [string, string, object][] = [
  [
    'call',
    `mutation ($input: LogPhoneCallInput!) { logged: logPhoneCall(input: $input) { report: call { ${logs} } } }`,
    graphqlCall,
  ],
  [
    'chat',
    `mutation ($input: LogChatInput!) { logged: logChat(input: $input) { report: chat { ${logs} } } }`,
    graphqlChat,
  ],
];

test.each(reports)('the very answer that stores a %s says that it stands in our own journal', async (_, log, input) => {
  const { customer, deliver } = await newQueue({});
  const known = await newContact(customer, { phone: '0699999999' });
  const ask = async (more: object) => (await customer.graphql(log, { input: { ...input, ...more } })).body.data.logged;
  expect((await ask({})).report.logs).toEqual([{ ...arrived, ...ofNobody }]);
  const named = { message: 'Filed under the contact.', remoteId: known, remoteUrl: anyContactPage };
  const ofKnown = await ask({ entityId: known, startTime: '2026-03-01T10:01:00Z' });
  expect(ofKnown.report.logs).toEqual([{ ...arrived, ...named }]);
  expect(await deliver()).toBe(0);
});

const customerOf = async ({ customer: { id }, setup }: Queue): Promise<Customer> =>
  setup.openCustomer(await findCustomerRecord(store, id));

test('a report that is undone leaves neither a delivery to our own journal nor one to a CRM', async () => {
  const queue = await newQueue({ crm: { logPhoneCall: async ({ id }) => receipt(id) } });
  const customer = await customerOf(queue);
  let written = 0;
  const transaction: Customer['store']['transaction'] = (locks, work) =>
    customer.store.transaction(locks, async (rows) => {
      await work(unfinished(rows));
      written = (await rows.rows<object>({ text: 'SELECT id FROM deliveries WHERE customer_id = $1' })).length;
      throw new Error('It cannot be committed.');
    });
  const failing = { ...customer, store: { ...customer.store, transaction } };
  const call = { direction: 'INBOUND', status: 'COMPLETED', numberFrom: '0612345678', numberTo: '101' } as const;
  await expect(logPhoneCall(failing, call)).rejects.toThrow('It cannot be committed.');
  expect(written).toBe(2);
  expect(await countRows(queue.customer)).toMatchObject({ calls: 0, deliveries: 0 });
  expect(await queue.deliver()).toBe(0);
  expect((await logPhoneCall(customer, call)).replayed).toBe(false);
  expect(await countRows(queue.customer)).toMatchObject({ calls: 1, deliveries: 2 });
});
