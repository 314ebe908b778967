import { createServer } from 'node:http';
import { isIPv6 } from 'node:net';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { tellWebhooks } from '../../src/domain/webhook-queue.ts';
import { isPublicAddress } from '../../src/outgoing/address.ts';
import { type Resolve, systemResolve } from '../../src/outgoing/connect.ts';
import { openOutgoing } from '../../src/outgoing/outgoing.ts';
import { listening } from '../outgoing/server.ts';
import { addresses, noTargets, notPublic, thisMachine } from '../outgoing/targets.ts';
import { watchConnections } from '../support/connections.ts';
import { memoryTemplate } from '../support/memory-crm.ts';
import { paths } from '../support/rest.ts';
import { graphql, newCustomer, serve, store } from '../support/world.ts';
import { tell } from './rig.ts';

const figures: Record<string, number> = {};
afterAll(() => tell('outgoing', figures));

const hostile = [...thisMachine, ...notPublic, ...noTargets];

const resolve: Resolve = async (name) => {
  const known = name === 'crm.test' || name === 'other.test' ? ['127.0.0.1'] : addresses[name];
  return known ? known.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 })) : systemResolve(name);
};

function outgoing(allowPrivateTargets: boolean) {
  const client = openOutgoing({ allowPrivateTargets, resolve });
  onTestFinished(() => client.close());
  return client.send;
}

/** A server of this machine, that counts what reaches it and may answer with a redirect. */
async function canary(location?: () => { status: number; location: string }) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.headers.host}${request.url}`);
    const elsewhere = location?.();
    response.writeHead(elsewhere?.status ?? 200, elsewhere ? { location: elsewhere.location } : {}).end('{}');
  });
  const port = String(await listening(server));
  return { port, asked, at: (url: string) => url.replace('PORT', port) };
}

type App = ReturnType<typeof serve>;

async function newOperator(app: App) {
  const customer = await newCustomer({ app });
  const token = await customer.tokenWith(['client', 'crm', 'admin']);
  return {
    ...customer,
    ask: async (document: string, variables: object = {}) => (await graphql(document, variables, { token, app })).body,
  };
}

const groupsOf = <Item>(items: Item[], size: number) =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));

const createWebhook =
  'mutation ($url: String!) { createWebhook(input: { url: $url, events: [CHAT_LOGGED] }) { webhook { id } } }';

test('no hostile address of a webhook is ever connected to', async () => {
  const { at, asked } = await canary();
  const send = outgoing(false);
  const app = serve();
  const attempts = watchConnections();
  let [refused, dead] = [0, 0];
  for (const group of groupsOf(hostile.map(at), 20)) {
    const customer = await newOperator(app);
    for (const url of group) {
      const { errors } = await customer.ask(createWebhook, { url });
      if (errors) refused++;
    }
    await customer.rest('POST', paths.chats, { body: { email: 'anne@example.com' } });
    await tellWebhooks({ store, send, now: () => new Date() });
    const { data } = await customer.ask('{ webhookDeliveries(first: 100) { nodes { state attempts message } } }');
    const tried = data.webhookDeliveries.nodes.filter(
      ({ state, message }: { state: string; message: string }) =>
        state !== 'delivered' && /not public|no http or https|user or a password/.test(message ?? ''),
    );
    dead += tried.length;
    // Or they would be tried again by what comes after, which may ask this machine.
    await store.operator.webhook.deleteMany({ where: { customerId: customer.id } });
  }
  Object.assign(figures, { addresses: hostile.length, 'webhooks refused': refused, 'webhooks never sent': dead });
  figures['connections not public'] = attempts().filter(({ address }) => !isPublicAddress(address)).length;
  expect(attempts().filter(({ address }) => !isPublicAddress(address))).toEqual([]);
  expect(asked).toEqual([]);
  expect(refused + dead).toBe(hostile.length);
});

const template = memoryTemplate
  .replaceAll('https://memory.example/contacts', '[Target]')
  .replace('<Parameters>', '<Parameters><Parameter Name="Target" Type="String" Editor="String" Title="Target:" />');

const createIntegration = `mutation ($input: IntegrationInput!) { createIntegration(connector: "3cx-template", input: $input) { id } }`;
const look =
  'mutation ($id: ID!) { testIntegration(id: $id, phone: "+33612345678") { requests { url status error } } }';

const connect = (url: string) => ({
  input: {
    file: template,
    parameters: [
      { name: 'Target', value: url },
      { name: 'ApiKey', value: 'k' },
    ],
  },
});

test('no hostile address of a CRM is ever connected to', async () => {
  const { at, asked } = await canary();
  const app = serve({ send: outgoing(false) });
  const attempts = watchConnections();
  let [refused, unsent] = [0, 0];
  for (const group of groupsOf(hostile.map(at), 19)) {
    const customer = await newOperator(app);
    for (const url of group) {
      const { data, errors } = await customer.ask(createIntegration, connect(url));
      if (errors) refused++;
      else {
        const tested = (await customer.ask(look, { id: data.createIntegration.id })).data?.testIntegration;
        if (tested.requests.every(({ status }: { status: number | null }) => status === null)) unsent++;
      }
    }
  }
  Object.assign(figures, { 'CRMs refused': refused, 'CRMs never asked': unsent });
  const reached = attempts().filter(({ address }) => !isPublicAddress(address));
  figures['connections not public'] = (figures['connections not public'] ?? 0) + reached.length;
  expect(reached).toEqual([]);
  expect(asked).toEqual([]);
  expect(refused + unsent).toBe(hostile.length);
});

test('a redirect of a CRM leads to no other host, port or scheme, and that of a webhook nowhere', async () => {
  const other = await canary();
  let elsewhere = { status: 302, location: '' };
  const crm = await canary(() => elsewhere);
  const send = outgoing(true);
  const app = serve({ send });
  const customer = await newOperator(app);
  await customer.ask(createWebhook, { url: `http://crm.test:${crm.port}/hook` });
  const { data } = await customer.ask(createIntegration, connect(`http://crm.test:${crm.port}/contacts`));
  const locations = [
    ...['http://other.test:PORT/', '//other.test:PORT/', '\\\\other.test:PORT\\', 'http://crm.test:PORT/'],
    ...[
      'http://127.0.0.1:PORT/',
      `http://crm.test:${crm.port}@other.test:PORT/`,
      'ftp://crm.test:PORT/',
      '////other.test:PORT',
    ],
    ...[
      'http:other.test:PORT',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'data:text/plain,x',
      '\thttp://other.test:PORT/',
    ],
  ].map(other.at);
  const attempts = watchConnections();
  for (const status of [301, 302, 303, 307, 308]) {
    for (const location of locations) {
      elsewhere = { status, location };
      await customer.ask(look, { id: data.createIntegration.id });
    }
  }
  const before = crm.asked.length;
  elsewhere = { status: 307, location: '/again' };
  await customer.rest('POST', paths.chats, { body: { email: 'anne@example.com' } });
  await tellWebhooks({ store, send, now: () => new Date() });
  figures.redirects = 5 * locations.length + 1;
  figures['redirects followed elsewhere'] = other.asked.length;
  expect(crm.asked.slice(before)).toEqual([`POST crm.test:${crm.port}/hook`]);
  expect(before).toBeGreaterThanOrEqual(5 * locations.length);
  expect(other.asked).toEqual([]);
  // So it is seen where connections are made.
  expect(new Set(attempts().map(({ address, port }) => `${address}:${port}`))).toEqual(
    new Set([`127.0.0.1:${crm.port}`]),
  );
});
