import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ownCrm, withCrms } from '../support/own-crm.ts';
import { onDatabase, ownCustomer } from '../support/own-database.ts';
import { startPostgres } from '../support/private-postgres.ts';
import { startServer } from '../support/process.ts';
import { allKept, comparePromises } from '../support/promises.ts';
import { acknowledgedBy, startClients } from '../support/stubborn-client.ts';
import { onPostgres, sized, tell } from './rig.ts';

const kills = sized(8, 2);

test.runIf(onPostgres)(
  'a PostgreSQL that is killed again and again loses no acknowledged call and stores none twice',
  async () => {
    const postgres = await startPostgres();
    expect(await onDatabase(postgres.url, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
    expect(await onDatabase(postgres.url, 'SHOW synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
    const database = { DATABASE_URL: postgres.url, DATA_DIR: '' };
    const { id, token } = await ownCustomer(database);
    const crm = await ownCrm(database, id);
    const began = performance.now();
    const server = await startServer({ ...database, DEMO_DATA: 'off', LOG_LEVEL: 'silent', ...withCrms });
    const clients = startClients(server.url, token);
    for (let kill = 0; kill < kills; kill++) {
      const wanted = acknowledgedBy(clients) + 2 * clients.length;
      await expect.poll(() => acknowledgedBy(clients), { timeout: 30_000, interval: 10 }).toBeGreaterThan(wanted);
      await sleep(Math.random() * 300);
      await postgres.kill();
      await postgres.start();
    }
    const kept = await comparePromises(database, clients, crm);
    tell('kills of PostgreSQL', { kills, ...kept, seconds: Math.round((performance.now() - began) / 1000) });

    expect(kept).toMatchObject(allKept(kept));
    expect(kept.acknowledged).toBeGreaterThan(2 * kills * clients.length);
    expect([...new Set(clients.flatMap(({ refusals }) => [...refusals]))]).toEqual([503]);
    // It is still the server that was started at the beginning, and it has not complained.
    server.signal('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0, stderr: '' });
  },
);
