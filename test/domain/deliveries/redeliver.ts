import { expect, test } from 'vitest';
import { DomainError } from '../../../src/errors.ts';
import { minutes } from '../../support/clock.ts';
import { adminCommand } from '../../support/command.ts';
import { newQueue, type Queue, receipt } from '../../support/queue.ts';
import { legacyCall, logCallByRest } from '../../support/report.ts';
import { graphql, newCustomer, serve } from '../../support/world.ts';

const mutation = 'mutation ($id: ID!) { redeliver(id: $id) { id state attempts message } }';

/** A call whose push to a CRM was rejected, until the CRM thinks better of it. */
async function newRejected(): Promise<Queue & { mend(): void }> {
  let mended = false;
  const logPhoneCall = async () => {
    if (mended) return receipt('R-1');
    throw new DomainError('CONNECTOR_REJECTED', 'There is no such record.');
  };
  const queue = await newQueue({ crm: { logPhoneCall } });
  await logCallByRest(queue.customer, legacyCall);
  await queue.deliver();
  expect(await queue.logOf('crm')).toMatchObject({ state: 'dead', attempts: 1 });
  const mend = () => {
    mended = true;
  };
  return { ...queue, mend };
}

const redeliverAs = async ({ customer, setup }: Queue, scopes: string[], id: string) => {
  const token = await customer.tokenWith(scopes);
  return (await graphql(mutation, { id }, { token, app: serve({ now: setup.now }) })).body;
};

test('an operator’s token revives a dead push, which then begins anew and arrives', async () => {
  const queue = await newRejected();
  const { id } = await queue.logOf('crm');
  queue.mend();
  queue.customer.pass(minutes);
  expect(await redeliverAs(queue, ['admin'], id)).toEqual({
    data: { redeliver: { id, state: 'pending', attempts: 0, message: 'There is no such record.' } },
  });
  expect(await queue.deliver()).toBe(1);
  expect(await queue.logOf('crm')).toMatchObject({ state: 'delivered', attempts: 1, remote_id: 'R-1' });
});

test('a push that waits for its next attempt is tried at once', async () => {
  let attempts = 0;
  const logPhoneCall = async () => {
    if (++attempts === 1) throw new Error('The CRM is down.');
    return receipt('R-2');
  };
  const queue = await newQueue({ crm: { logPhoneCall } });
  await logCallByRest(queue.customer, legacyCall);
  await queue.deliver();
  expect(await queue.deliver()).toBe(0);
  await redeliverAs(queue, ['admin'], (await queue.logOf('crm')).id);
  expect(await queue.deliver()).toBe(1);
  expect(await queue.logOf('crm')).toMatchObject({ state: 'delivered', attempts: 1 });
});

test.each([[['client', 'crm']], [['client']], [['crm']]])(
  'a token with the scopes %s may not redeliver',
  async (scopes) => {
    const queue = await newRejected();
    const { id } = await queue.logOf('crm');
    const { data, errors } = await redeliverAs(queue, scopes, id);
    expect([data, errors?.[0]?.extensions.code]).toEqual([null, 'FORBIDDEN']);
    expect(await queue.logOf('crm')).toMatchObject({ state: 'dead', attempts: 1 });
  },
);

test('a push that has arrived is not repeated', async () => {
  const queue = await newRejected();
  const { errors } = await redeliverAs(queue, ['admin'], (await queue.logOf('native')).id);
  expect(errors?.[0]).toMatchObject({
    message: 'The delivery has already arrived.',
    extensions: { code: 'BAD_USER_INPUT' },
  });
  expect(await queue.logOf('native')).toMatchObject({ state: 'delivered', attempts: 1 });
});

test('another customer’s push is not found, and stays as it is', async () => {
  const [queue, stranger] = [await newRejected(), await newCustomer()];
  const { id } = await queue.logOf('crm');
  const { body } = await graphql(mutation, { id }, { token: await stranger.tokenWith(['admin']) });
  expect(body.errors?.[0]).toMatchObject({
    message: `There is no delivery ${id}.`,
    extensions: { code: 'NOT_FOUND' },
  });
  await expect(command('--customer', stranger.id, '--id', id)).rejects.toThrow(`There is no delivery ${id}.`);
  expect(await queue.logOf('crm')).toMatchObject({ state: 'dead', attempts: 1 });
});

const command = (...words: string[]) =>
  adminCommand(['delivery', 'redeliver', ...words], { now: new Date('1970-01-02T00:00:00Z') });

test('the operator’s command revives one dead push, or all of a customer’s', async () => {
  const queue = await newRejected();
  const { id } = await queue.logOf('crm');
  const customer = ['--customer', queue.customer.id];
  expect(await command(...customer, '--id', id)).toEqual({ redelivered: 1 });
  expect(await queue.logOf('crm')).toMatchObject({ state: 'pending', attempts: 0 });
  expect(await command(...customer)).toEqual({ redelivered: 0 });
  await queue.deliver();
  expect(await command(...customer)).toEqual({ redelivered: 1 });
  queue.mend();
  await queue.deliver();
  expect(await queue.logOf('crm')).toMatchObject({ state: 'delivered', attempts: 1 });
  await expect(command(...customer, '--id', id)).rejects.toThrow('The delivery has already arrived.');
});
