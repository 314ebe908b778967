import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openStore, type Store } from '../../src/store/open.ts';
import { ownDatabase } from '../support/own-database.ts';
import { run, startServer } from '../support/process.ts';
import { type StubbornClient, startClient } from '../support/stubborn-client.ts';
import { sized, tell } from './rig.ts';

const kills = sized(20, 3);
const clients = 16;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function admin(settings: Record<string, string>, ...words: string[]) {
  const { code, stdout, stderr } = await run('src/admin.ts', words, settings).ended;
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

async function newToken(settings: Record<string, string>): Promise<string> {
  const workspace = await admin(settings, 'workspace', 'create', '--name', 'Test');
  const customer = await admin(settings, 'customer', 'create', '--workspace', workspace.id, '--name', 'Test');
  const scopes = ['--scopes', 'client,crm'];
  return (await admin(settings, 'token', 'create', '--customer', customer.id, ...scopes)).token;
}

const acknowledgedBy = (all: StubbornClient[]) => all.flatMap((client) => client.acknowledged);

const count = (store: Store) => store.operator.delivery.count({ where: { state: 'PENDING' } });

/** Waits until everything is delivered; what a killed worker held would be free in a minute, and is freed at once. */
async function deliverAll(store: Store): Promise<number> {
  let waiting = await count(store);
  for (let before = -1; waiting !== before; ) {
    before = waiting;
    await sleep(1500);
    waiting = await count(store);
  }
  await store.operator.delivery.updateMany({ where: { state: 'PENDING' }, data: { dueAt: new Date() } });
  await expect.poll(() => count(store), { timeout: 20_000, interval: 200 }).toBe(0);
  return waiting;
}

test('a server that is killed again and again loses no acknowledged call and stores none twice', async () => {
  const began = performance.now();
  const settings = {
    ...(await ownDatabase()),
    PORT: String(await freePort()),
    DEMO_DATA: 'off',
    LOG_LEVEL: 'silent',
  };
  const token = await newToken(settings);
  let server = await startServer(settings);
  const all = Array.from({ length: clients }, (_, index) => startClient(server.url, token, index));
  for (let kill = 0; kill < kills; kill++) {
    // In full swing: everybody has been answered about twice since the last start.
    const before = acknowledgedBy(all).length;
    await expect.poll(() => acknowledgedBy(all).length, { timeout: 20_000 }).toBeGreaterThan(before + 2 * clients);
    await sleep(Math.random() * 300);
    server.signal('SIGKILL');
    expect((await server.ended).signal).toBe('SIGKILL');
    server = await startServer(settings);
  }
  await Promise.all(all.map((client) => client.stop()));

  const store = await openStore({ databaseUrl: settings.DATABASE_URL, dataDir: settings.DATA_DIR, join: true });
  onTestFinished(() => store.close());
  const acknowledged = acknowledgedBy(all);
  const calls = await store.operator.phoneCall.findMany({ select: { id: true, subject: true } });
  const deliveries = await store.operator.delivery.findMany({ select: { phoneCallId: true } });
  const idOf = new Map(calls.map(({ id, subject }) => [subject, id]));
  const lost = acknowledged.filter(({ id, subject }) => idOf.get(subject) !== id);
  const held = await deliverAll(store);
  const sum = (name: 'repeats' | 'replays') => all.reduce((total, client) => total + client[name], 0);
  const figures = {
    kills,
    acknowledged: acknowledged.length,
    lost: lost.length,
    doubled: calls.length - idOf.size,
    repeats: sum('repeats'),
    replays: sum('replays'),
    deliveries: deliveries.length,
    heldByTheDead: held,
    seconds: Math.round((performance.now() - began) / 1000),
  };
  tell('kills of the server', figures);

  expect(figures).toMatchObject({ lost: 0, doubled: 0 });
  expect(calls).toHaveLength(acknowledged.length);
  expect(acknowledged.length).toBeGreaterThan(kills * clients);
  expect(deliveries.map(({ phoneCallId }) => phoneCallId).sort()).toEqual(calls.map(({ id }) => id).sort());
  expect(await store.operator.delivery.count({ where: { state: 'DELIVERED' } })).toBe(calls.length);
}, 180_000);
