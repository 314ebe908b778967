import { expect, test } from 'vitest';
import { resealWebhook } from '../../src/domain/webhook.ts';
import { OutgoingError } from '../../src/outgoing/outgoing-error.ts';
import type { OutgoingRequest } from '../../src/outgoing/send.ts';
import { hours, minutes, utc } from '../support/clock.ts';
import {
  type Answer,
  all,
  createWebhook,
  deliveries,
  logCall,
  newEndpoint,
  verify,
  webhook,
} from '../support/endpoint.ts';
import { paths } from '../support/rest.ts';
import { graphql, store } from '../support/world.ts';

test('an event is sent once it is stored, signed by the Standard Webhooks specification, and verified by its library', async () => {
  const endpoint = await newEndpoint();
  const { secret, webhook: made } = await createWebhook(endpoint);
  expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
  const id = await logCall(endpoint, { subject: 'Order 1042' });
  expect(await endpoint.tell()).toBe(1);
  const [request] = endpoint.sent as [OutgoingRequest];
  expect(request).toMatchObject({ method: 'POST', url: 'https://hook.example/in' });
  expect(JSON.parse(request.body ?? '')).toMatchObject({
    type: 'phone_call.logged',
    timestamp: endpoint.customer.now().toISOString(),
    data: { id, direction: 'INBOUND', numberExternal: '+33612345678', answered: true, subject: 'Order 1042' },
  });
  expect(verify(secret, request)).toBe(true);
  expect(verify(secret, { ...request, body: `${request.body} ` })).toBe(false);
  const { id: deliveryId } = (await deliveries(endpoint))[0] as { id: string };
  expect(await deliveries(endpoint)).toEqual([
    {
      id: deliveryId,
      event: 'phone_call.logged',
      state: 'delivered',
      attempts: 1,
      message: 'Answered 200.',
      phoneCallId: id,
    },
  ]);
  expect(request.headers['webhook-id']).toBe(deliveryId);
  expect(made).toMatchObject({ enabled: true, failingSince: null, events: all });
});

test('what is sent has the fields that are promised, and no others', async () => {
  const endpoint = await newEndpoint();
  await createWebhook(endpoint);
  const start = utc(endpoint.customer.now().getTime() - hours);
  const context = { direction: 'inbound', number_from: '0612345678', start_time_utc: start };
  await endpoint.customer.rest('POST', paths.context, { body: context });
  await logCall(endpoint);
  await endpoint.customer.rest('POST', paths.chats, {
    body: { email: 'a@example.com', start_time_utc: start, end_time_utc: start, chat_messages: 'Hello' },
  });
  await endpoint.tell();
  const fields = Object.fromEntries(
    endpoint.sent
      .map(({ body }) => JSON.parse(body ?? ''))
      .map(({ type, data }) => [type, Object.keys(data).sort().join(' ')]),
  );
  expect(fields).toEqual({
    'call_context.upserted':
      'contextData createdAt direction id numberFrom numberTo phoneCallId segmentDnType source startTime startTimeReference updatedAt',
    'chat.logged':
      'agent agentEmail agentFirstName agentKey agentLastName chatMessages contactId createdAt durationSeconds email endTime entityId entityType id name numberExternal queueExtension source startTime subject updatedAt',
    'phone_call.logged':
      'agentEmail agentFirstName agentKey agentLastName answered body callContextId contactId contextData createdAt direction durationSeconds endTime entityId entityType id numberDid numberExternal numberFrom numberInternal numberTo queueExtension recordingUrl sentiment source startTime status subject summary transcription updatedAt',
  });
});

test('fifty reports of one call at once are one event for each webhook', async () => {
  const endpoint = await newEndpoint();
  await createWebhook(endpoint);
  await createWebhook(endpoint, ['PHONE_CALL_LOGGED'], 'https://other.example');
  await createWebhook(endpoint, ['CHAT_LOGGED'], 'https://chats.example');
  const ids = await Promise.all(Array.from({ length: 50 }, () => logCall(endpoint)));
  expect(new Set(ids).size).toBe(1);
  expect((await deliveries(endpoint)).map(({ event }) => event)).toEqual(['phone_call.logged', 'phone_call.logged']);
});

test('an event that does not arrive is tried again under the same id, each time later, until it is dead', async () => {
  const endpoint = await newEndpoint();
  await createWebhook(endpoint);
  await logCall(endpoint);
  const failures: Answer[] = [
    () => 500,
    () => 302,
    () => {
      throw new OutgoingError('TIMED_OUT', 'The request for hook.example took too long.', true);
    },
  ];
  const messages: (string | null)[] = [];
  for (let at = 0; at < 12; at++) {
    expect(await endpoint.tell(failures[at % 3])).toBe(1);
    expect(await endpoint.tell()).toBe(0);
    messages.push((await deliveries(endpoint))[0]?.message ?? null);
    endpoint.customer.pass(61 * minutes);
  }
  expect(messages.slice(0, 3)).toEqual([
    'Answered 500.',
    'Answered 302.',
    'The request for hook.example took too long.',
  ]);
  expect(new Set(endpoint.sent.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  const [dead] = await deliveries(endpoint);
  expect(dead).toMatchObject({ state: 'dead', attempts: 12 });
  expect((await webhook(endpoint)).failingSince).not.toBeNull();

  await endpoint.admin('mutation ($id: ID!) { redeliverToWebhook(id: $id) { state } }', { id: dead?.id });
  expect(await endpoint.tell()).toBe(1);
  expect(endpoint.sent.at(-1)?.headers['webhook-id']).toBe(dead?.id);
  expect(await deliveries(endpoint)).toMatchObject([{ state: 'delivered', attempts: 1 }]);
  expect(await webhook(endpoint)).toEqual({ enabled: true, failingSince: null });
});

test('an endpoint that fails is not asked again for each event that waits, and none of them loses an attempt', async () => {
  const endpoint = await newEndpoint();
  await createWebhook(endpoint);
  for (let at = 0; at < 5; at++) await logCall(endpoint, { number_internal: String(100 + at) });
  expect(await endpoint.tell(() => 503)).toBe(5);
  expect(endpoint.sent).toHaveLength(1);
  expect((await deliveries(endpoint)).map(({ attempts }) => attempts).sort()).toEqual([0, 0, 0, 0, 1]);
  endpoint.customer.pass(2 * minutes);
  await endpoint.tell();
  expect((await deliveries(endpoint)).map(({ state }) => state)).toEqual(Array(5).fill('delivered'));
});

test('what is given up because the server is stopped loses no attempt, and nothing else begins', async () => {
  const endpoint = await newEndpoint();
  await createWebhook(endpoint);
  for (const number_internal of ['101', '102']) await logCall(endpoint, { number_internal });
  const [stopping, givingUp] = [new AbortController(), new AbortController()];
  const giveUp = () => {
    stopping.abort();
    givingUp.abort();
    throw new Error('The exchange was given up.');
  };
  await endpoint.tell(giveUp, { halt: { stopping: stopping.signal, givingUp: givingUp.signal } });
  expect(endpoint.sent).toHaveLength(1);
  expect((await deliveries(endpoint)).map(({ state, attempts }) => ({ state, attempts }))).toEqual(
    Array(2).fill({ state: 'pending', attempts: 0 }),
  );
  expect(await webhook(endpoint)).toEqual({ enabled: true, failingSince: null });
  expect(await endpoint.tell()).toBe(2);
});

test('an address that answers 410 is switched off, and told again when it is switched on', async () => {
  const endpoint = await newEndpoint();
  const { webhook: made } = await createWebhook(endpoint);
  for (const number_internal of ['101', '102']) await logCall(endpoint, { number_internal });
  await endpoint.tell(() => 410);
  expect(endpoint.sent).toHaveLength(1);
  expect((await deliveries(endpoint)).map(({ message }) => message).sort()).toEqual([
    'Answered 410: the webhook is gone, and was switched off.',
    'The webhook is switched off.',
  ]);
  expect((await webhook(endpoint)).enabled).toBe(false);
  const update = 'mutation ($id: ID!) { updateWebhook(id: $id, input: { enabled: true }) { enabled failingSince } }';
  const { updateWebhook } = await endpoint.admin(update, { id: made.id });
  expect(updateWebhook).toEqual({ enabled: true, failingSince: null });
});

test('while a secret is being changed both sign, for a day', async () => {
  const endpoint = await newEndpoint();
  const { secret: old, webhook: made } = await createWebhook(endpoint);
  const rotate = 'mutation ($id: ID!) { rotateWebhookSecret(id: $id) { secret } }';
  const { secret } = (await endpoint.admin(rotate, { id: made.id })).rotateWebhookSecret;
  await logCall(endpoint);
  await endpoint.tell();
  endpoint.customer.pass(25 * hours);
  await logCall(endpoint);
  await endpoint.tell();
  const [during, after] = endpoint.sent as [OutgoingRequest, OutgoingRequest];
  expect([verify(old, during), verify(secret, during)]).toEqual([true, true]);
  expect([verify(old, after), verify(secret, after)]).toEqual([false, true]);
});

test('a test event goes the way of all others', async () => {
  const endpoint = await newEndpoint();
  const { secret, webhook: made } = await createWebhook(endpoint, ['CHAT_LOGGED']);
  const { testWebhook } = await endpoint.admin('mutation ($id: ID!) { testWebhook(id: $id) { state event } }', {
    id: made.id,
  });
  expect(testWebhook).toEqual({ state: 'pending', event: 'webhook.test' });
  await endpoint.tell();
  const [request] = endpoint.sent as [OutgoingRequest];
  expect(JSON.parse(request.body ?? '')).toMatchObject({ type: 'webhook.test', data: { message: 'It works.' } });
  expect(verify(secret, request)).toBe(true);
});

test('another customer’s webhooks are not there', async () => {
  const [mine, other] = [await newEndpoint(), await newEndpoint()];
  const { webhook: made } = await createWebhook(mine);
  await logCall(mine);
  await logCall(other);
  expect(await other.admin('{ webhooks { id } webhookDeliveries { totalCount } }')).toEqual({
    webhooks: [],
    webhookDeliveries: { totalCount: 0 },
  });
  const token = await other.customer.tokenWith(['admin']);
  for (const field of ['removeWebhook', 'testWebhook', 'rotateWebhookSecret']) {
    const { body } = await graphql(`mutation ($id: ID!) { ${field}(id: $id) { __typename } }`, made, { token });
    expect(body.errors?.map(({ message }) => message)).toEqual([`There is no webhook ${made.id}.`]);
  }
  expect(await deliveries(mine)).toHaveLength(1);
});

test('a secret is kept sealed, and stands in no answer after the first', async () => {
  const endpoint = await newEndpoint();
  const { secret } = await createWebhook(endpoint);
  const [row] = await store.operator.webhook.findMany({ where: { customerId: endpoint.customer.id } });
  expect(Buffer.from(row?.secret ?? []).toString('latin1')).not.toContain(secret.slice(6));
  expect(JSON.stringify(await endpoint.admin('{ webhooks { id url events enabled } }'))).not.toContain('whsec_');
});

test('a secret that is sealed anew signs as before', async () => {
  const endpoint = await newEndpoint();
  const { secret, webhook: made } = await createWebhook(endpoint);
  const [before] = await store.operator.webhook.findMany({ where: { id: made.id } });
  expect(await resealWebhook(store.forCustomer(endpoint.customer.id), made.id)).toBe(true);
  const [after] = await store.operator.webhook.findMany({ where: { id: made.id } });
  expect(after?.secret).not.toEqual(before?.secret);
  await logCall(endpoint);
  await endpoint.tell();
  expect(verify(secret, endpoint.sent[0] as OutgoingRequest)).toBe(true);
});
