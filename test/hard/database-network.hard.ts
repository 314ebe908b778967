import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DatabaseProxy, startProxy } from '../support/database-proxy.ts';
import { onDatabase, ownCustomer } from '../support/own-database.ts';
import { type PrivatePostgres, startPostgres } from '../support/private-postgres.ts';
import { type Answered, startProbing } from '../support/probes.ts';
import { type RunningServer, startServer } from '../support/process.ts';
import { onPostgres, sized, tell } from './rig.ts';

const faultMs = sized(4000, 1000);
const afterwardsMs = sized(3000, 1000);
const everyMs = sized(400, 500);
// A loaded machine is slow by itself.
const answeredWithinMs = sized(3000, 9000);
const healedWithinMs = sized(2000, 6000);

interface Place {
  postgres: PrivatePostgres;
  proxy: DatabaseProxy;
}

/** Breaks something; answers how it is mended. */
type Fault = (place: Place) => Promise<() => unknown>;

const byProxy =
  (breakIt: (proxy: DatabaseProxy) => void): Fault =>
  async ({ proxy }) => {
    breakIt(proxy);
    return proxy.mend;
  };

const terminate = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`;

const faults: Record<string, Fault> = {
  'black hole': byProxy((proxy) => proxy.blackHole()),
  reset: byProxy((proxy) => proxy.reset()),
  latency: byProxy((proxy) => proxy.delay(50)),
  'crippling latency': byProxy((proxy) => proxy.delay(700)),
  'slow bytes': byProxy((proxy) => proxy.narrow(20)),
  'half-open connections': byProxy((proxy) => proxy.halfOpen()),
  'terminated backends': async ({ postgres }) => {
    const mended = new AbortController();
    const going = (async () => {
      for (; !mended.signal.aborted; await sleep(100)) await onDatabase(postgres.url, terminate);
    })();
    return () => {
      mended.abort();
      return going;
    };
  },
  'exhausted connections': async ({ postgres }) => {
    const greedy: pg.Client[] = [];
    for (;;) {
      const client = new pg.Client(postgres.url).on('error', () => {});
      if (
        !(await client.connect().then(
          () => true,
          () => false,
        ))
      )
        break;
      greedy.push(client);
    }
    const pids = greedy.map((client) => (client as unknown as { processID: number }).processID);
    await greedy[0]?.query(`${terminate} AND pid <> ALL($1::int[])`, [pids]);
    return () => Promise.all(greedy.map((client) => client.end()));
  },
  'read-only': async ({ postgres }) => {
    await onDatabase(postgres.url, 'ALTER SYSTEM SET default_transaction_read_only = on');
    await onDatabase(postgres.url, 'SELECT pg_reload_conf()');
    return async () => {
      await onDatabase(postgres.url, 'ALTER SYSTEM RESET default_transaction_read_only');
      await onDatabase(postgres.url, 'SELECT pg_reload_conf()');
    };
  },
};

describe.runIf(onPostgres)('between the server and its database', () => {
  const cleaning: (() => Promise<void>)[] = [];
  const whenDone = (clean: () => Promise<void>) => void cleaning.unshift(clean);
  afterAll(async () => {
    for (const clean of cleaning) await clean();
  });
  let place: Place;
  let server: RunningServer;
  let token: string;
  let first = 0;
  const answers: Answered[] = [];

  beforeAll(async () => {
    const postgres = await startPostgres({ max_connections: 40 }, whenDone);
    place = { postgres, proxy: await startProxy(postgres.port, whenDone) };
    token = (await ownCustomer({ DATABASE_URL: postgres.url, DATA_DIR: '' })).token;
    const url = new URL(postgres.url);
    url.port = String(place.proxy.port);
    server = await startServer({ DATABASE_URL: url.href, DEMO_DATA: 'off', LOG_LEVEL: 'warn' }, whenDone);
    // A server is slow while it has answered nothing yet.
    answers.push(...(await startProbing(server.url, token, 0, first).stop()));
  });

  test.each(Object.entries(faults))(
    '%s: everybody is answered soon, and served again soon after',
    async (name, fault) => {
      first += 100_000;
      const probing = startProbing(server.url, token, everyMs, first);
      await sleep(everyMs);
      const began = performance.now();
      const mend = await fault(place);
      await sleep(faultMs);
      await mend();
      const mended = performance.now();
      await sleep(afterwardsMs);
      const found = await probing.stop();
      answers.push(...found);
      const refused = found.filter(({ status }) => status !== 200 && status !== 201);
      const slowest = found.reduce((a, b) => (b.answered - b.sent > a.answered - a.sent ? b : a));
      const healing = Math.max(0, ...refused.map(({ answered }) => answered - mended));
      tell(`database: ${name}`, {
        requests: found.length,
        refused: refused.length,
        'served meanwhile': found.filter(({ sent, status }) => sent > began && sent < mended && status !== 503).length,
        'slowest ms': `${Math.round(slowest.answered - slowest.sent)} (${slowest.kind})`,
        'healed ms': Math.round(healing),
      });

      expect(new Set(refused.map(({ status }) => status))).toEqual(refused.length ? new Set([503]) : new Set());
      expect(slowest.answered - slowest.sent).toBeLessThan(answeredWithinMs);
      expect(healing).toBeLessThan(healedWithinMs);
    },
  );

  test('whatever was answered 201 is stored, each call once, by a server that never stumbled', async () => {
    const tables = ['phone_calls', 'call_contexts', 'contacts', 'chats'].map((table) => `SELECT id FROM ${table}`);
    const rows = await onDatabase(place.postgres.url, tables.join(' UNION ALL '));
    const stored = new Set(rows.map(({ id }) => id));
    const promised = answers.filter(({ id }) => id !== null);
    expect(promised.length).toBeGreaterThan(Object.keys(faults).length);
    expect(promised.filter(({ id }) => !stored.has(id))).toEqual([]);
    expect(
      await onDatabase(
        place.postgres.url,
        `SELECT count(*) FROM phone_calls GROUP BY number_external, number_internal HAVING count(*) > 1`,
      ),
    ).toEqual([]);
    server.signal('SIGTERM');
    const { code, stderr } = await server.ended;
    const lines = stderr.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(lines.filter((line) => !line.startsWith('{"level":'))).toEqual([]);
    tell('database: all of it', { promised: promised.length, 'lines of the log': lines.length });
  });
});
