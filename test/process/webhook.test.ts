import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { expect, onTestFinished, test } from 'vitest';
import { ownDatabase } from '../support/own-database.ts';
import { run, startServer } from '../support/process.ts';
import { postCall } from '../support/rest.ts';

type Received = { path: string | undefined; headers: Record<string, string>; body: string };

/** An address that answers with these, and then with 204. */
async function startEndpoint(...answers: number[]) {
  const arrivals: Received[] = [];
  let connections = 0;
  const listener = createServer(async (request, response) => {
    const headers = request.headers as Record<string, string>;
    arrivals.push({ path: request.url, headers, body: await text(request) });
    response.writeHead(answers.shift() ?? 204).end();
    listener.emit('arrival');
  });
  listener.on('connection', () => connections++);
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  onTestFinished(() => {
    listener.close();
    listener.closeAllConnections();
  });
  return {
    address: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    connections: () => connections,
    /** The next request that was not asked for yet, once it is there. */
    async next(): Promise<Received> {
      while (arrivals.length === 0) await once(listener, 'arrival');
      return arrivals.shift() as Received;
    },
  };
}

/** Runs an operator's command, which must answer JSON and complain of nothing. */
const operator =
  (settings: Record<string, string>) =>
  async (...words: string[]): Promise<any> => {
    const { code, stdout, stderr } = await run('src/admin.ts', words, settings).ended;
    expect({ words, code, stderr }).toEqual({ words, code: 0, stderr: '' });
    return JSON.parse(stdout);
  };

const logCall = (url: string, token: string, number_from: string) =>
  postCall({ url, token }, { status: 'missed', number_from });

const verified = (secret: string, { body, headers }: Received) => new Webhook(secret).verify(body, headers);

// Each command is a process of its own, and there are many: hence the patience.
test('an endpoint verifies what a server tells it, at first or later, while an operator changes the webhook; a private one is asked only where that is allowed', async () => {
  const endpoint = await startEndpoint(500);
  const settings = { ...(await ownDatabase()), SECRET_KEY: 'k'.repeat(32) };
  const server = await startServer({ ...settings, ALLOW_PRIVATE_TARGETS: '1' });
  const admin = operator(settings);
  const customer = ['--customer', (await admin('customer', 'list')).customers[0].id];
  const create = [...customer, '--url', `${endpoint.address}/calls`];
  const { secret, ...webhook } = await admin('webhook', 'create', ...create);
  const one = [...customer, '--id', webhook.id];
  expect(await admin('webhook', 'list', ...customer)).toEqual({ webhooks: [webhook] });

  const id = await logCall(server.url, server.token, '0699887766');
  const first = await endpoint.next();
  const event = first.headers['webhook-id'] as string;
  const data = { id, direction: 'INBOUND', status: 'MISSED', numberExternal: '+33699887766' };
  expect(verified(secret, first)).toMatchObject({ type: 'phone_call.logged', data });
  expect(() => verified(secret, { ...first, body: `${first.body} ` })).toThrow('No matching signature');
  const second = await endpoint.next();
  expect(second).toMatchObject({ body: first.body, headers: { 'webhook-id': event } });
  verified(secret, second);

  const { secret: newSecret } = await admin('webhook', 'rotate', ...one);
  const asked = await admin('webhook', 'test', ...one);
  const tested = await endpoint.next();
  expect(tested.headers).toMatchObject({
    'webhook-id': asked.id,
    'webhook-signature': expect.stringMatching(/^v1,\S+ v1,\S+$/),
  });
  const test = { type: 'webhook.test', data: { webhookId: webhook.id, message: 'It works.' } };
  expect([newSecret, secret].map((either) => verified(either, tested))).toMatchObject([test, test]);

  const url = `${endpoint.address}/moved`;
  const updated = await admin('webhook', 'update', ...one, '--url', url);
  expect(updated).toEqual({ ...webhook, url, updatedAt: expect.any(String) });
  await admin('webhook', 'redeliver', ...customer, '--id', event);
  const third = await endpoint.next();
  expect(third).toMatchObject({ path: '/moved', body: first.body, headers: { 'webhook-id': event } });

  server.signal('SIGTERM');
  await server.ended;
  const before = endpoint.connections();
  const strict = await startServer(settings);
  const phoneCallId = await logCall(strict.url, server.token, '0699887767');
  let newest: any;
  do newest = (await admin('webhook', 'deliveries', ...one)).deliveries[0];
  while (!newest.message);
  const message = `The request for ${new URL(url).host} was not sent: its address is not public.`;
  expect(newest).toMatchObject({ event: 'phone_call.logged', phoneCallId, state: 'PENDING', message });
  expect(endpoint.connections()).toBe(before);

  expect(await admin('webhook', 'remove', ...one)).toEqual({ id: webhook.id });
  const gone = await run('src/admin.ts', ['webhook', 'deliveries', ...one], settings).ended;
  expect(gone).toMatchObject({ code: 1, stdout: '', stderr: `There is no webhook ${webhook.id}.\n` });
}, 180_000);
