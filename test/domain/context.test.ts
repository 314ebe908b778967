import { expect, test } from 'vitest';
import { lifeOf, logCall, saveContext } from '../support/life.ts';
import { stored } from '../support/report.ts';
import { newCustomer, rest, store, type TestCustomer } from '../support/world.ts';

const at = (time: string, known: object = {}) => ({ start_time_utc: `2026-03-01T${time}Z`, context_data: known });

const dataOf = async (customer: TestCustomer, callId: string) => (await lifeOf(customer, callId)).contextData;

test.each([
  ['before', true],
  ['after', false],
])('a context that arrives %s its log belongs to the call', async (_, contextFirst) => {
  const customer = await newCustomer();
  const early = contextFirst ? await saveContext(customer, at('10:00:20', { order: 1042 })) : null;
  const call = await logCall(customer);
  const id = early ?? (await saveContext(customer, at('10:00:20', { order: 1042 })));
  expect(await lifeOf(customer, call)).toMatchObject({ contextData: { order: 1042 }, callContextId: id });
});

test('the answer to a late context names the call, and the answer to a log holds its context', async () => {
  const customer = await newCustomer();
  const call = await logCall(customer);
  const mutation = `mutation ($input: UpsertCallContextInput!) {
    upsertCallContext(input: $input) { created callContext { call { id contextData } } } }`;
  const input = { direction: 'INBOUND', numberFrom: '0612345678', startTime: '2026-03-01T10:00:00Z' };
  const late = await customer.graphql(mutation, { input: { ...input, contextData: [{ key: 'order', value: 1042 }] } });
  expect(late.body.data.upsertCallContext).toEqual({
    created: true,
    callContext: { call: { id: call, contextData: { order: 1042 } } },
  });
  const id = await saveContext(customer, at('11:00:00', { order: 1043 }));
  const body = { direction: 'inbound', status: 'completed', number_from: '0612345678', number_to: '101' };
  const start_time_utc = '2026-03-01T11:00:00Z';
  const log = stored(await customer.rest('POST', '/api/crm/lookup/phone-calls', { body: { ...body, start_time_utc } }));
  expect(log.call).toMatchObject({ call_context_id: id, context_data: { order: 1043 } });
});

test.each([
  ['its start', 'call', '10:00:00', { segments: 0 }],
  ['the start of a leg', 'segment', '10:02:50', { segments: 1 }],
])('a context anchored at %s belongs to the call in either order', async (_, reference, time, { segments }) => {
  for (const contextFirst of [true, false]) {
    const customer = await newCustomer();
    const context = { ...at(time, { known: true }), start_time_reference: reference };
    if (contextFirst) await saveContext(customer, context);
    const call = await logCall(customer);
    if (!contextFirst) await saveContext(customer, context);
    const life = await lifeOf(customer, call);
    expect(life.contextData).toEqual({ known: true });
    expect(life.segments).toHaveLength(segments);
  }
});

test('a context belongs to one call only', async () => {
  const customer = await newCustomer();
  await saveContext(customer, at('10:00:00', { known: true }));
  const first = await logCall(customer);
  const second = await logCall(customer, { start_time_utc: '2026-03-01T10:01:00Z' });
  expect([await dataOf(customer, first), await dataOf(customer, second)]).toEqual([{ known: true }, null]);
});

test.each([
  [
    ['10:00:00', '10:04:00'],
    ['10:04:00', '10:00:00'],
  ],
  [
    ['10:04:00', '10:00:00'],
    ['10:00:00', '10:04:00'],
  ],
])('of several contexts the nearest belongs to a call: contexts %s, logs %s', async (contexts, logs) => {
  const customer = await newCustomer();
  for (const time of contexts) await saveContext(customer, at(time, { time }));
  for (const time of logs) {
    const call = await logCall(customer, { start_time_utc: `2026-03-01T${time}Z` });
    expect(await dataOf(customer, call)).toEqual({ time });
  }
});

test('of several logged calls a late context belongs to the nearest that has none', async () => {
  const customer = await newCustomer();
  const first = await logCall(customer);
  const second = await logCall(customer, { start_time_utc: '2026-03-01T10:04:00Z', number_internal: '102' });
  await saveContext(customer, at('10:03:30', { late: 1 }));
  expect([await dataOf(customer, first), await dataOf(customer, second)]).toEqual([null, { late: 1 }]);
  await saveContext(customer, at('10:01:00', { late: 2 }));
  expect([await dataOf(customer, first), await dataOf(customer, second)]).toEqual([{ late: 2 }, { late: 1 }]);
});

test.each([
  ['09:55:00', true],
  ['10:05:00', true],
  ['09:54:59', false],
  ['10:05:01', false],
])(
  'clocks may differ by five minutes and no more: a context of %s belongs to a call of 10:00: %s',
  async (time, belongs) => {
    for (const contextFirst of [true, false]) {
      const customer = await newCustomer();
      if (contextFirst) await saveContext(customer, at(time, { known: true }));
      const call = await logCall(customer);
      if (!contextFirst) await saveContext(customer, at(time, { known: true }));
      expect(await dataOf(customer, call)).toEqual(belongs ? { known: true } : null);
    }
  },
);

test('the DID comes from the context of an inbound call, and never replaces one that was reported', async () => {
  const customer = await newCustomer();
  await saveContext(customer, { ...at('10:00:00'), number_to: '01 45 67 89 00' });
  expect(await lifeOf(customer, await logCall(customer))).toMatchObject({ numberDid: '+33145678900' });
  const told = await logCall(customer, { start_time_utc: '2026-03-01T11:00:00Z', number_did: '0145678901' });
  await saveContext(customer, { ...at('11:00:00'), number_to: '0145678900' });
  expect(await lifeOf(customer, told)).toMatchObject({ numberDid: '+33145678901' });
  await saveContext(customer, {
    ...at('12:00:00'),
    direction: 'outbound',
    number_from: '101',
    number_to: '0612345678',
  });
  const outbound = await logCall(customer, { direction: 'outbound', start_time_utc: '2026-03-01T12:00:00Z' });
  expect(await lifeOf(customer, outbound)).toMatchObject({ numberDid: null, contextData: {} });
});

test('contexts of another number, direction or customer never belong to a call', async () => {
  const [customer, stranger] = [await newCustomer(), await newCustomer()];
  const others = [
    () => saveContext(customer, { ...at('10:00:00', { other: 'number' }), number_from: '0612345679' }),
    () =>
      saveContext(customer, {
        ...at('10:00:00', { other: 'direction' }),
        direction: 'outbound',
        number_to: '0612345678',
      }),
    () => saveContext(stranger, at('10:00:00', { other: 'customer' })),
  ];
  for (const save of others) await save();
  const call = await logCall(customer);
  for (const save of others) await save();
  expect(await lifeOf(customer, call)).toMatchObject({ contextData: null, callContextId: null, context: null });
});

test('a context that came with a context token takes part', async () => {
  const customer = await newCustomer();
  const { token, tokenSecret } = await customer.contextToken();
  const path = `/api/crm/phone-calls-context/${token}/${tokenSecret}`;
  const send = (known: object) =>
    rest('POST', path, { body: { direction: 'inbound', number_from: '0612345678', ...at('10:00:00', known) } });
  const { call_context_id } = stored(await send({ flow: 'night', state: 'open' }));
  expect(await saveContext(customer, at('10:00:00', { agent: 'Anne' }))).toBe(call_context_id);
  const call = await logCall(customer);
  expect(stored(await send({ state: 'solved' })).call_context_id).toBe(call_context_id);
  expect(await dataOf(customer, call)).toEqual({ flow: 'night', agent: 'Anne', state: 'solved' });
});

test('a late context finds its call among very many of hidden callers', async () => {
  const customer = await newCustomer();
  const first = await logCall(customer, { number_external: 'anonymous' });
  const { id: _, ...row } = await store.operator.phoneCall.findFirstOrThrow({ where: { customerId: customer.id } });
  const more = Array.from({ length: 150 }, (_, index) => ({
    ...row,
    id: crypto.randomUUID(),
    numbersSent: {},
    contextData: undefined,
    startTime: new Date(Date.UTC(2026, 2, 1, 11, index)),
  }));
  await store.operator.phoneCall.createMany({ data: more });
  await saveContext(customer, { ...at('10:00:00', { late: true }), number_from: 'anonymous' });
  expect(await dataOf(customer, first)).toEqual({ late: true });
});
