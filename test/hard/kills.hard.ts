import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { ownCrm, withCrms } from '../support/own-crm.ts';
import { ownCustomer, ownDatabase } from '../support/own-database.ts';
import { startServer } from '../support/process.ts';
import { allKept, comparePromises } from '../support/promises.ts';
import { acknowledgedBy, startClients } from '../support/stubborn-client.ts';
import { sized, tell } from './rig.ts';

// In parts, so that each begins with a database that is new.
const parts = Array.from({ length: sized(2, 1) }, (_, index) => index + 1);
const kills = sized(10, 2);

test.each(parts)(
  'a server that is killed again and again loses no acknowledged call and stores none twice: %i',
  async (part) => {
    const database = await ownDatabase();
    const { id, token } = await ownCustomer(database);
    const crm = await ownCrm(database, id);
    const settings = {
      ...database,
      PORT: String(await freePort()),
      DEMO_DATA: 'off',
      LOG_LEVEL: 'silent',
      ...withCrms,
    };
    const began = performance.now();
    let server = await startServer(settings);
    const clients = startClients(server.url, token);
    for (let kill = 0; kill < kills; kill++) {
      // In full swing: everybody has been answered about twice since the last start.
      const before = acknowledgedBy(clients);
      const wanted = before + 2 * clients.length;
      await expect.poll(() => acknowledgedBy(clients), { timeout: 30_000, interval: 10 }).toBeGreaterThan(wanted);
      await sleep(Math.random() * 300);
      server.signal('SIGKILL');
      expect((await server.ended).signal).toBe('SIGKILL');
      server = await startServer(settings);
    }
    const kept = await comparePromises(database, clients, crm);
    tell(`kills of the server ${part}`, { kills, ...kept, seconds: Math.round((performance.now() - began) / 1000) });

    expect(kept).toMatchObject(allKept(kept));
    expect(kept.acknowledged).toBeGreaterThan(2 * kills * clients.length);
  },
);
