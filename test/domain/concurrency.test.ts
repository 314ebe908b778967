import { expect, test } from 'vitest';
import {
  countRows,
  graphqlCall,
  type Logged,
  legacyCall,
  legacyChat,
  logCallByGraphql,
  logCallByRest,
  logChatByRest,
  stored,
} from '../support/report.ts';
import { paths } from '../support/rest.ts';
import { newCustomer, store } from '../support/world.ts';

const crowd = 50;

const together = <Result>(work: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: crowd }, (_, index) => work(index)));

function expectOne(answers: Logged[]) {
  expect(answers.map(({ refused }) => refused)).toEqual(Array(crowd).fill(null));
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  expect(answers.filter(({ replayed }) => replayed)).toHaveLength(crowd - 1);
}

test('50 reports of one call at once make one call and one delivery', async () => {
  const customer = await newCustomer();
  expectOne(await together(() => logCallByRest(customer, legacyCall)));
  expect(await countRows(customer)).toMatchObject({ calls: 1, deliveries: 1, keys: 0 });
});

test('50 reports of one call at once without a start make one call', async () => {
  const customer = await newCustomer();
  const { start_time_utc: _, ...unstarted } = legacyCall;
  expectOne(await together(() => logCallByRest(customer, unstarted)));
  expect(await countRows(customer)).toMatchObject({ calls: 1, deliveries: 1 });
});

test('50 reports at once under one key make one call, and the key stands for it', async () => {
  const customer = await newCustomer();
  expectOne(await together(() => logCallByRest(customer, legacyCall, 'key')));
  expect(await countRows(customer)).toMatchObject({ calls: 1, deliveries: 1, keys: 1 });
});

test('of 50 different reports at once under one key, one is stored and 49 are refused', async () => {
  const customer = await newCustomer();
  const answers = await together((index) =>
    logCallByRest(customer, { ...legacyCall, number_from: `06123456${10 + index}` }, 'key'),
  );
  expect(answers.filter(({ id }) => id)).toHaveLength(1);
  expect(answers.filter(({ refused }) => refused === '422 idempotency_conflict')).toHaveLength(crowd - 1);
  expect(await countRows(customer)).toMatchObject({ calls: 1, deliveries: 1, keys: 1 });
});

test('50 reports of one call at once, half through each face, make one call', async () => {
  const customer = await newCustomer();
  expectOne(
    await together((index) =>
      index % 2 === 0 ? logCallByRest(customer, legacyCall) : logCallByGraphql(customer, graphqlCall),
    ),
  );
  expect(await countRows(customer)).toMatchObject({ calls: 1, deliveries: 1 });
});

test('first reports of one call at once leave it with what each of them knew', async () => {
  const customer = await newCustomer();
  const late = {
    subject: 'Order 1042',
    body: 'Asked for the invoice.',
    recording_url: 'https://pbx.example/1.wav',
    transcription: 'Good morning.',
    summary: 'An invoice is missing.',
    sentiment: 'calm',
    agent_first_name: 'Marc',
    agent_last_name: 'Petit',
    agent_email: 'marc@example.com',
    queue_extension: '800',
    entity_type: 'account',
    entity_id: 'A-1',
    source: '3CX',
    number_did: '+33145678900',
  };
  const parts = Object.entries(late);
  const answers = await together((index) => {
    const [name, value] = parts[index % parts.length] as [string, string];
    return logCallByRest(customer, { ...legacyCall, [name]: value });
  });
  expectOne(answers);
  const list = await customer.rest('GET', paths.calls);
  expect(list.body.data).toEqual([expect.objectContaining({ id: answers[0]?.id, ...late })]);
});

test('50 reports of one chat at once make one chat and one delivery', async () => {
  const customer = await newCustomer();
  expectOne(await together(() => logChatByRest(customer, legacyChat)));
  expect(await countRows(customer)).toMatchObject({ chats: 1, deliveries: 1 });
});

test('50 creations of one contact at once make one contact', async () => {
  const customer = await newCustomer();
  const body = { last_name: 'Durand', first_name: 'Anne', phone: '0612345678', email: 'anne@example.com' };
  const answers = await together(() => customer.rest('POST', paths.contacts, { body }));
  expect(new Set(answers.map((answer) => stored(answer).contact.id)).size).toBe(1);
  const where = { customerId: customer.id };
  expect(await store.operator.contact.count({ where })).toBe(1);
  expect(await store.operator.contactNumber.count({ where })).toBe(1);
});

test('50 reports of one context at once make one context that holds what each of them knew', async () => {
  const customer = await newCustomer();
  const answers = await together((index) =>
    customer.rest('POST', paths.context, {
      body: {
        direction: 'inbound',
        number_from: index % 2 === 0 ? '0612345678' : '+33612345678',
        start_time_utc: `2026-03-01T10:00:${10 + index}Z`,
        context_data: [{ key: `key-${index}`, value: index }],
      },
    }),
  );
  const ids = new Set(answers.map((answer) => stored(answer).call_context_id));
  expect(ids.size).toBe(1);
  const [context] = await store.operator.callContext.findMany({ where: { customerId: customer.id } });
  expect((await countRows(customer)).contexts).toBe(1);
  expect(context?.contextData).toEqual(
    Object.fromEntries(Array.from({ length: crowd }, (_, index) => [`key-${index}`, index])),
  );
});

test('a call and 49 of its segments at once all end up together', async () => {
  const customer = await newCustomer();
  const types = ['extension', 'trunk', 'call_queue', 'voicemail', 'ivr', 'external_number', 'call_flow'];
  await together(async (index) => {
    if (index === 25) return stored(await customer.rest('POST', paths.calls, { body: legacyCall }));
    const body = {
      direction: 'inbound',
      number_from: '0612345678',
      start_time_utc: `2026-03-01T10:01:${10 + index}Z`,
      start_time_reference: 'segment',
      segment_dn_type: types[index % types.length],
      context_data: { [`key-${index}`]: true },
    };
    return stored(await customer.rest('POST', paths.context, { body }));
  });
  const { body } = await customer.rest('GET', `${paths.calls}?include=segments`);
  expect(body.data[0].segments.map(({ dn_type }: { dn_type: string }) => dn_type).sort()).toEqual(types.sort());
  expect(Object.keys(body.data[0].context_data)).toHaveLength(crowd - 1);
});
