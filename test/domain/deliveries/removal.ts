import { expect, test } from 'vitest';
import { findCustomerRecord } from '../../../src/domain/customer.ts';
import { findIntegration, removeIntegration } from '../../../src/domain/integration.ts';
import { logPhoneCall } from '../../../src/domain/phone-call.ts';
import { newQueue, type Queue, receipt } from '../../support/queue.ts';
import { legacyCall, logCallByRest } from '../../support/report.ts';
import { store } from '../../support/world.ts';

async function theCustomer({ customer, setup }: Queue) {
  return setup.openCustomer(await findCustomerRecord(store, customer.id));
}

async function newLogged(answers: boolean) {
  const logPhoneCall = async () => {
    if (!answers) throw new Error('Nobody answers.');
    return receipt('R-1');
  };
  const queue = await newQueue({ crm: { logPhoneCall } });
  await logCallByRest(queue.customer, legacyCall);
  await queue.deliver();
  const customer = await theCustomer(queue);
  const integration = customer.integrations.find(({ connector }) => connector === 'crm');
  return { queue, customer, id: integration?.id ?? '' };
}

test('the log of what has arrived survives the integration, under its name', async () => {
  const { queue, customer, id } = await newLogged(true);
  const before = await queue.logs();
  expect(await removeIntegration(customer, id, false)).toEqual({ id, abandoned: 0 });
  expect(await queue.logs()).toEqual(before);
  expect(before.map(({ integration, state }) => [integration, state])).toContainEqual(['crm', 'delivered']);
  await expect(findIntegration(customer, id)).rejects.toThrow(`There is no integration ${id}.`);
});

test('what is still to be pushed holds a removal up, unless it is forced; then its pushes are dead', async () => {
  const { queue, customer, id } = await newLogged(false);
  await expect(removeIntegration(customer, id, false)).rejects.toThrow(/^1 calls or chats are still to be pushed/);
  expect(await queue.logOf('crm')).toMatchObject({ state: 'pending' });
  expect(await removeIntegration(customer, id, true)).toEqual({ id, abandoned: 1 });
  expect(await queue.logOf('crm')).toMatchObject({ state: 'dead', message: 'The integration was removed.' });
});

test('nothing is left of what it was told', async () => {
  const { customer, id } = await newLogged(true);
  await store.operator.integration.updateMany({ where: { id }, data: { configuration: Buffer.from('secret') } });
  await removeIntegration(customer, id, false);
  const row = await store.operator.integration.findFirstOrThrow({ where: { id } });
  expect(row).toMatchObject({ position: null, configuration: null });
});

test('a call that is logged by somebody who has not heard of the removal is stored, and its push is dead', async () => {
  const { queue, customer, id } = await newLogged(true);
  await removeIntegration(customer, id, false);
  const numbers = { numberFrom: '0699999999', numberTo: '101' };
  await logPhoneCall(customer, { direction: 'INBOUND', status: 'MISSED', ...numbers });
  await queue.deliver();
  const where = { customerId: customer.id, integrationId: id, phoneCall: { numberExternal: '+33699999999' } };
  expect(await store.operator.delivery.findFirst({ where })).toMatchObject({ state: 'DEAD' });
});
