import { expect, test } from 'vitest';
import { utc } from '../support/clock.ts';
import { paths } from '../support/rest.ts';
import { readEvents, type SseClient, subscribe } from '../support/sse.ts';
import { app, graphql, newCustomer, rest, type TestCustomer } from '../support/world.ts';

const start = Date.parse('2026-03-01T10:00:00Z');

/** Reports a call that differs from others by its minute. */
const logCall = async (customer: TestCustomer, minute: number, more: object = {}) => {
  const { status, body } = await customer.rest('POST', paths.calls, {
    body: {
      direction: 'inbound',
      status: 'completed',
      number_external: '0612345678',
      number_internal: '101',
      start_time_utc: utc(start + minute * 60_000),
      ...more,
    },
  });
  expect(status).toBe(201);
  return body.call.id as string;
};

const saveContext = (customer: TestCustomer, minute: number, context_data: object) =>
  customer.rest('POST', paths.context, {
    body: {
      direction: 'inbound',
      number_from: '0612345678',
      start_time_utc: utc(start + minute * 60_000),
      context_data: Object.entries(context_data).map(([key, value]) => ({ key, value })),
    },
  });

const open = async (customer: TestCustomer, query: string) => {
  const stream = await subscribe({ token: customer.token, query: `subscription { ${query} }` });
  expect((await stream.block())?.comment).toBe(true);
  return stream;
};

/** What the next message answers. */
const answer = async (stream: SseClient) => (await stream.next())?.data;

test('a call that is logged arrives whole, as GraphQL over SSE says it, with its event’s id', async () => {
  const customer = await newCustomer();
  const stream = await open(customer, 'phoneCallLogged { id subject numberExternal logs { state } contact { id } }');
  expect([stream.status, stream.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  const id = await logCall(customer, 0, { subject: 'Order 1042' });
  const message = await stream.next();
  const call = {
    id,
    subject: 'Order 1042',
    numberExternal: '+33612345678',
    logs: [{ state: 'delivered' }],
    contact: null,
  };
  expect(message).toEqual({
    id: expect.stringMatching(new RegExp(`^phoneCallLogged\\.[0-9a-f]{8}\\.\\d+\\.${id}$`)),
    event: 'next',
    data: { data: { phoneCallLogged: call }, extensions: { eventId: message?.id } },
    comment: false,
  });
});

test('a browser’s EventSource is served as well, by a query in the address', async () => {
  const customer = await newCustomer();
  const query = encodeURIComponent('subscription { phoneCallLogged { id } }');
  const headers = { accept: 'text/event-stream', authorization: `Bearer ${customer.token}` };
  const stream = readEvents(await app.fetch(new Request(`http://test.local/graphql?query=${query}`, { headers })));
  const id = await logCall(customer, 0);
  expect((await answer(stream)).data).toEqual({ phoneCallLogged: { id } });
});

test('an update arrives when a repeat or a late context adds something, and not when nothing is added', async () => {
  const customer = await newCustomer();
  const stream = await open(customer, 'phoneCallUpdated { id subject contextData }');
  const id = await logCall(customer, 0);
  await logCall(customer, 0);
  await logCall(customer, 0, { subject: 'Told later' });
  const completed = { id, subject: 'Told later', contextData: null };
  expect((await answer(stream)).data).toEqual({ phoneCallUpdated: completed });
  await logCall(customer, 0, { subject: 'Told again' });
  await saveContext(customer, 0, { ticket: 4711 });
  expect((await answer(stream)).data).toEqual({ phoneCallUpdated: { ...completed, contextData: { ticket: 4711 } } });
});

test('what is known of a running call arrives whenever it is told, also with a context token', async () => {
  const customer = await newCustomer();
  const stream = await open(customer, 'callContextUpserted { numberFrom contextData { key value } call { id } }');
  await saveContext(customer, 0, { ticket: 1 });
  expect((await answer(stream)).data.callContextUpserted).toEqual({
    numberFrom: '+33612345678',
    contextData: [{ key: 'ticket', value: 1 }],
    call: null,
  });
  const id = await logCall(customer, 0);
  const { token, tokenSecret } = await customer.contextToken();
  const body = { direction: 'inbound', number_from: '0612345678', start_time_utc: utc(start) };
  await rest('POST', `/api/crm/phone-calls-context/${token}/${tokenSecret}`, { body });
  expect((await answer(stream)).data.callContextUpserted).toMatchObject({ call: { id } });
});

test('a chat arrives once, when it is logged', async () => {
  const customer = await newCustomer();
  const stream = await open(customer, 'chatLogged { email subject }');
  const chat = (subject: string, minute: number) =>
    customer.rest('POST', paths.chats, {
      body: {
        email: 'camille@example.com',
        subject,
        start_time_utc: utc(start + minute * 60_000),
        end_time_utc: utc(start + minute * 60_000),
        chat_messages: 'Hello',
      },
    });
  expect((await chat('First', 0)).status).toBe(201);
  await chat('First', 0);
  await chat('Second', 1);
  expect((await answer(stream)).data.chatLogged.subject).toBe('First');
  expect((await answer(stream)).data.chatLogged.subject).toBe('Second');
});

test('nobody hears of another customer, nor of a report that was refused', async () => {
  const [customer, other] = await Promise.all([newCustomer(), newCustomer()]);
  const stream = await open(customer, 'phoneCallLogged { id }');
  await logCall(other, 0);
  await customer.rest('POST', paths.calls, { body: { direction: 'inbound' } });
  const id = await logCall(customer, 1);
  expect((await answer(stream)).data.phoneCallLogged).toEqual({ id });
});

test('forty reports of twenty calls at once are twenty events', async () => {
  const customer = await newCustomer();
  const stream = await open(customer, 'phoneCallLogged { id }');
  const minutes = Array.from({ length: 40 }, (_, at) => at % 20);
  const ids = new Set(await Promise.all(minutes.map((minute) => logCall(customer, minute))));
  const heard: string[] = [];
  while (heard.length < ids.size) heard.push((await answer(stream)).data.phoneCallLogged.id);
  const last = await logCall(customer, 60);
  expect((await answer(stream)).data.phoneCallLogged.id).toBe(last);
  expect(heard.sort()).toEqual([...ids].sort());
});

test('a stranger, and a token that may not look anything up, hear nothing', async () => {
  const customer = await newCustomer();
  const query = 'subscription { phoneCallLogged { id } }';
  expect((await graphql(query)).body).toEqual({ errors: [expect.objectContaining({ message: 'Unauthenticated.' })] });
  expect((await subscribe({ token: 'crm_bad', query })).status).toBe(401);
  for (const scopes of [['client'], ['crm'], ['admin']]) {
    const stream = await subscribe({ token: await customer.tokenWith(scopes), query });
    const { data } = (await stream.next()) as { data: any };
    expect(data.errors.map((error: any) => error.extensions.code)).toEqual(['FORBIDDEN']);
    expect(await stream.next()).toEqual({ event: 'complete', comment: false });
    expect(await stream.next()).toBeNull();
  }
});
