import { expect, test } from 'vitest';
import { paths, refusedFields, report, savedCall, savedChat, statusAndBody } from '../support/rest.ts';
import { type Answer, newCustomer, serve, store, type TestCustomer } from '../support/world.ts';

const timed = { ...report, start_time_utc: '2026-03-01T10:00:00Z', end_time_utc: '2026-03-01T10:03:00Z' };
const chatted = { email: 'anne@example.com', start_time_utc: '2026-03-01T10:00:00Z', chat_messages: 'Hello' };

const logCall = (customer: TestCustomer, body: object, key?: string) =>
  customer.rest('POST', paths.calls, { body, headers: key ? { 'idempotency-key': key } : {} });
const logChat = (customer: TestCustomer, body: object, key?: string) =>
  customer.rest('POST', paths.chats, { body, headers: key ? { 'idempotency-key': key } : {} });

function expectFirst(answer: Answer) {
  expect(answer.status).toBe(201);
  expect(answer.headers.get('idempotency-replayed')).toBeNull();
}

function expectReplay(answer: Answer) {
  expect(answer.status).toBe(201);
  expect(answer.headers.get('idempotency-replayed')).toBe('true');
}

const conflict = {
  status: 422,
  body: {
    response: 'error',
    message: 'This idempotency key was already used for another report.',
    error: 'idempotency_conflict',
  },
};

test('a call that is reported again is the same call, completed where it was empty', async () => {
  const customer = await newCustomer();
  const first = await logCall(customer, { ...timed, source: '3CX' });
  const repeat = await logCall(customer, {
    ...timed,
    source: 'middleware',
    recording_url: 'https://pbx.example/1.wav',
    subject: 'Later',
  });
  expectFirst(first);
  expectReplay(repeat);
  expect(repeat.body.call).toEqual({
    ...first.body.call,
    recording_url: 'https://pbx.example/1.wav',
    subject: 'Later',
    updated_at: expect.any(String),
  });
  expect(repeat.body.call.source).toBe('3CX');
});

test('a chat that is reported again is the same chat, completed where it was empty', async () => {
  const customer = await newCustomer();
  const first = await logChat(customer, chatted);
  const repeat = await logChat(customer, {
    ...chatted,
    email: 'Anne@Example.com',
    chat_messages: 'Other',
    subject: 'New',
  });
  expectFirst(first);
  expectReplay(repeat);
  expect(repeat.body).toEqual(
    savedChat({ ...first.body.chat, subject: 'New', updated_at: expect.any(String), chat_messages: 'Hello' }),
  );
});

test('repeats that race each other make one call and one chat', async () => {
  const customer = await newCustomer();
  const calls = await Promise.all(Array.from({ length: 6 }, () => logCall(customer, timed)));
  const chats = await Promise.all(Array.from({ length: 6 }, () => logChat(customer, chatted)));
  for (const answers of [calls, chats]) {
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 201]);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
  }
  const where = { customerId: customer.id };
  expect([await store.operator.phoneCall.count({ where }), await store.operator.chat.count({ where })]).toEqual([1, 1]);
});

test.each([
  ['direction', { direction: 'outbound', number_from: '101', number_to: '0612345678' }],
  ['external number', { number_from: '0612345679' }],
  ['internal number', { number_to: '102' }],
  ['start', { start_time_utc: '2026-03-01T10:00:01Z' }],
])('another %s is another call', async (_, other) => {
  const customer = await newCustomer();
  const first = await logCall(customer, timed);
  const second = await logCall(customer, { ...timed, ...other });
  expectFirst(second);
  expect(second.body.call.id).not.toBe(first.body.call.id);
});

test('without a start, the same numbers within two minutes are the same call', async () => {
  let now = new Date('2026-03-01T10:00:00Z');
  const customer = await newCustomer({ app: serve({ now: () => now }) });
  const first = await logCall(customer, report);
  now = new Date('2026-03-01T10:01:59Z');
  const repeat = await logCall(customer, report);
  expectReplay(repeat);
  expect(repeat.body).toEqual(first.body);
  now = new Date('2026-03-01T10:02:01Z');
  const later = await logCall(customer, report);
  expectFirst(later);
  expect(later.body).toEqual(savedCall({ created_at: '2026-03-01T10:02:01Z', updated_at: '2026-03-01T10:02:01Z' }));
  expect(later.body.call.id).not.toBe(first.body.call.id);
});

test.each([
  ['calls', logCall, report, { ...report, number_to: '102' }],
  ['chats', logChat, chatted, { ...chatted, email: 'marc@example.com' }],
])('for %s, a key answers its payload again and refuses another', async (_, log, payload, other) => {
  const customer = await newCustomer();
  const first = await log(customer, payload, 'key-1');
  expectFirst(first);
  const again = await log(customer, payload, 'key-1');
  expectReplay(again);
  expect(again.body).toEqual(first.body);
  expect(statusAndBody(await log(customer, other, 'key-1'))).toEqual(conflict);
  expectFirst(await log(customer, other, 'key-2'));
});

test('the same payload is compared by what it means, whatever its spelling or encoding', async () => {
  const customer = await newCustomer();
  const first = await logCall(customer, timed, 'key-1');
  const form = new URLSearchParams({
    ...timed,
    direction: 'Inbound',
    number_from: '+33 6 12 34 56 78',
    start_time_utc: '2026-03-01 11:00:00.7+01:00',
    subject: '',
    unknown: 'field',
  });
  const again = await customer.rest('POST', paths.calls, {
    body: form.toString(),
    headers: { 'idempotency-key': 'key-1' },
  });
  expectReplay(again);
  expect(again.body).toEqual(first.body);
});

test('a second report under another key, or without one, is still the same call', async () => {
  const customer = await newCustomer();
  const first = await logCall(customer, timed, 'key-1');
  for (const again of [await logCall(customer, timed, 'key-2'), await logCall(customer, timed)]) {
    expectReplay(again);
    expect(again.body).toEqual(first.body);
  }
});

test('a refused report does not burn its key', async () => {
  const customer = await newCustomer();
  expect((await logCall(customer, { ...timed, status: 'gone' }, 'key-1')).status).toBe(400);
  expectFirst(await logCall(customer, timed, 'key-1'));
});

test('calls, chats and customers have their keys for themselves', async () => {
  const [one, two] = [await newCustomer(), await newCustomer()];
  expectFirst(await logCall(one, timed, 'key-1'));
  expectFirst(await logChat(one, chatted, 'key-1'));
  expectFirst(await logCall(two, { ...timed, number_to: '102' }, 'key-1'));
});

test('a key is remembered for seven days', async () => {
  let now = new Date('2026-03-01T10:00:00Z');
  const customer = await newCustomer({ app: serve({ now: () => now }) });
  await logCall(customer, timed, 'key-1');
  now = new Date('2026-03-08T09:59:59Z');
  expect(statusAndBody(await logCall(customer, { ...timed, number_to: '102' }, 'key-1'))).toEqual(conflict);
  now = new Date('2026-03-08T10:00:01Z');
  expectFirst(await logCall(customer, { ...timed, number_to: '102' }, 'key-1'));
});

test('a key of the legacy face is the same key in GraphQL', async () => {
  const customer = await newCustomer();
  const { body } = await logCall(customer, report, 'key-1');
  const mutation = `mutation ($input: LogPhoneCallInput!) { logPhoneCall(input: $input) { replayed call { id } } }`;
  const input = { direction: 'INBOUND', status: 'COMPLETED', numberFrom: '0612345678', numberTo: '101' };
  const answer = await customer.graphql(mutation, { input: { ...input, idempotencyKey: 'key-1' } });
  expect(answer.body).toEqual({ data: { logPhoneCall: { replayed: true, call: { id: body.call.id } } } });
});

test('a key is too long past 255 characters', async () => {
  const customer = await newCustomer();
  const sentence = 'The idempotency key field must not be greater than 255 characters.';
  expect(statusAndBody(await logCall(customer, timed, 'k'.repeat(256)))).toEqual({
    status: 400,
    body: refusedFields({ idempotency_key: sentence }),
  });
  expectFirst(await logCall(customer, timed, 'k'.repeat(255)));
});
