import { expect, test } from 'vitest';
import type { Connector } from '../../../src/connectors/connector.ts';
import { DomainError } from '../../../src/errors.ts';
import { minutes, seconds } from '../../support/clock.ts';
import { type Log, newQueue, receipt } from '../../support/queue.ts';
import { legacyCall, legacyChat, logCallByRest, logChatByRest } from '../../support/report.ts';
import { store } from '../../support/world.ts';

const anyText = expect.any(String);
const down = async () => {
  throw new Error('The CRM is down.');
};

/** Delays between attempts, without their random part: half of it is certain, half of it random. */
const fullDelays = [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600].map((delay) => delay * seconds);

const dueAt = async ({ id }: Log) =>
  (await store.operator.delivery.findFirstOrThrow({ where: { id } })).dueAt.getTime();

test('a call and a chat are to be pushed once to every integration that logs them, and to no other', async () => {
  const both = { logPhoneCall: down, logChat: down };
  const { customer, logs } = await newQueue(
    { both, callsOnly: { logPhoneCall: down }, chatsOnly: { logChat: down }, off: both, neither: {} },
    { off: { callLogging: false } },
  );
  await logCallByRest(customer, legacyCall);
  await logCallByRest(customer, { ...legacyCall, subject: 'Again' });
  const pending = { id: anyText, state: 'pending', attempts: 0, message: null, remote_id: null, remote_url: null };
  const times = { created_at: anyText, updated_at: anyText };
  const filed = { state: 'delivered', attempts: 1, message: 'Stored; nobody is known by this number.' };
  expect(await logs()).toEqual([
    { ...pending, ...filed, ...times, integration: 'native' },
    ...['both', 'callsOnly'].map((integration) => ({ ...pending, ...times, integration })),
  ]);
  await logChatByRest(customer, legacyChat);
  const again = await customer.graphql(
    'mutation ($input: LogChatInput!) { logChat(input: $input) { replayed chat { logs { integration state } } } }',
    { input: { email: 'anne@example.com', startTime: '2026-03-01T10:00:00Z' } },
  );
  expect(again.body.data.logChat).toEqual({
    replayed: true,
    chat: {
      logs: [
        { integration: 'native', state: 'delivered' },
        ...['both', 'chatsOnly', 'off'].map((integration) => ({ integration, state: 'pending' })),
      ],
    },
  });
});

test('a push that arrives is told by both faces with all that the CRM said', async () => {
  const { customer, deliver, logOf } = await newQueue({ crm: { logPhoneCall: async () => receipt('R-1') } });
  const { id } = await logCallByRest(customer, legacyCall);
  expect(await deliver()).toBe(1);
  expect(await logOf('crm')).toMatchObject({
    state: 'delivered',
    attempts: 1,
    message: 'Noted.',
    remote_id: 'R-1',
    remote_url: 'https://crm.example/R-1',
  });
  const { body } = await customer.graphql(
    'query ($id: ID!) { phoneCall(id: $id) { logs { integration state attempts message remoteId remoteUrl } } }',
    { id },
  );
  expect(body.data.phoneCall.logs[1]).toEqual({
    integration: 'crm',
    state: 'delivered',
    attempts: 1,
    message: 'Noted.',
    remoteId: 'R-1',
    remoteUrl: 'https://crm.example/R-1',
  });
  expect(await deliver()).toBe(0);
});

test('a connector is given the stored call with its contexts, and the stored chat', async () => {
  const told: object[] = [];
  const remember = async (report: object) => {
    told.push(report);
    return receipt('R-1');
  };
  const { customer, deliver } = await newQueue({ crm: { logPhoneCall: remember, logChat: remember } });
  const call = await logCallByRest(customer, { ...legacyCall, subject: 'Order 1042' });
  const chat = await logChatByRest(customer, legacyChat);
  await deliver();
  expect(told).toHaveLength(2);
  expect(told).toContainEqual(
    expect.objectContaining({ id: call.id, subject: 'Order 1042', numberFrom: '+33612345678' }),
  );
  expect(told).toContainEqual(expect.objectContaining({ id: chat.id, chatMessages: 'Hello' }));
});

test('a push that fails is tried again, each time later, and is dead after twelve attempts', async () => {
  const { customer, deliver, logOf } = await newQueue({ crm: { logPhoneCall: down } });
  await logCallByRest(customer, legacyCall);
  await deliver();
  for (const [index, full] of fullDelays.entries()) {
    const log = await logOf('crm');
    expect(log).toMatchObject({ state: 'pending', attempts: index + 1, message: 'The CRM is down.' });
    const due = await dueAt(log);
    const delay = due - customer.now().getTime();
    expect(delay).toBeGreaterThanOrEqual(full / 2);
    expect(delay).toBeLessThanOrEqual(full);
    customer.goTo(new Date(due - 1));
    expect(await deliver()).toBe(0);
    customer.goTo(new Date(due));
    expect(await deliver()).toBe(1);
  }
  expect(await logOf('crm')).toMatchObject({ state: 'dead', attempts: 12, message: 'The CRM is down.' });
  expect(await logOf('native')).toMatchObject({ state: 'delivered', attempts: 1 });
  customer.pass(24 * 60 * minutes);
  expect(await deliver()).toBe(0);
});

test('many that fail at one moment do not come back at one moment', async () => {
  const { customer, deliver } = await newQueue({ crm: { logPhoneCall: down } });
  for (const second of [0, 1, 2, 3, 4, 5, 6, 7]) {
    await logCallByRest(customer, { ...legacyCall, start_time_utc: `2026-03-01T10:00:0${second}Z` });
  }
  await deliver();
  // Those that were not tried wait for half a minute together: they will be given to the CRM a few at a time.
  const where = { customerId: customer.id, state: 'PENDING' as const, attempts: 1 };
  const tried = await store.operator.delivery.findMany({ where });
  expect(tried.length).toBeGreaterThanOrEqual(3);
  expect(new Set(tried.map((row) => row.dueAt.getTime())).size).toBeGreaterThan(1);
});

test('a push that fails for a time arrives in the end', async () => {
  let attempts = 0;
  const logPhoneCall = async () => (++attempts < 3 ? down() : receipt('R-3'));
  const { customer, deliver, logOf } = await newQueue({ flaky: { logPhoneCall } });
  await logCallByRest(customer, legacyCall);
  for (let round = 0; round < 3; round++) {
    await deliver();
    customer.pass(minutes);
  }
  expect(await logOf('flaky')).toMatchObject({ state: 'delivered', attempts: 3, message: 'Noted.', remote_id: 'R-3' });
});

test.each<[string, Connector, string]>([
  [
    'that the CRM rejects',
    { logPhoneCall: () => Promise.reject(new DomainError('CONNECTOR_REJECTED', 'There is no such record.')) },
    'There is no such record.',
  ],
  [
    'whose connector breaks',
    {
      logPhoneCall: () => {
        throw new Error('Broken.');
      },
    },
    'Broken.',
  ],
])('a push %s says why', async (_, crm, message) => {
  const { customer, deliver, logOf } = await newQueue({ crm });
  await logCallByRest(customer, legacyCall);
  await deliver();
  const state = message === 'Broken.' ? 'pending' : 'dead';
  expect(await logOf('crm')).toMatchObject({ state, attempts: 1, message, remote_id: null });
  expect(await logOf('native')).toMatchObject({ state: 'delivered' });
});
