import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type RunningServer, startServer } from '../support/process.ts';
import { newCustomer, type TestCustomer } from '../support/world.ts';
import { insertCalls, million } from './many-calls.ts';

// A server process of its own, over a real socket, with a customer who has a million calls.
const MiB = 1024 * 1024;

const { databaseUrl } = inject('database');
const cleaning: (() => Promise<void>)[] = [];
let customer: TestCustomer;
let server: RunningServer;

beforeAll(async () => {
  const database = new pg.Client(databaseUrl);
  await database.connect();
  customer = await newCustomer();
  await database.query(insertCalls, [customer.id, million]);
  await database.query('VACUUM (ANALYZE) phone_calls');
  await database.end();
  const settings = { DATABASE_URL: databaseUrl ?? '', DEMO_DATA: 'off', LOG_LEVEL: 'warn' };
  server = await startServer(settings, (clean) => cleaning.push(clean));
});
afterAll(async () => {
  for (const clean of cleaning) await clean();
});

/** Memory of the server's process that is in use at this moment, in MiB. */
function residentMiB(): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8')) ?? [];
  return (Number(kilobytes) * 1024) / MiB;
}

/** Reads a file to its end; answers how many lines and bytes it has, and how large the server was at the most. */
async function read(path: string) {
  const headers = { authorization: `Bearer ${customer.token}` };
  const response = await fetch(`${server.url}${path}`, { headers });
  let [lines, bytes, peak] = [0, 0, residentMiB()];
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    for (const byte of chunk) if (byte === 10) lines++;
    peak = Math.max(peak, residentMiB());
  }
  return { lines, bytes, peak };
}

test.each(['ndjson', 'csv'])('a million calls are exported in the memory of a few: %s', async (extension) => {
  const path = `/export/phone-calls.${extension}`;
  const cold = residentMiB();
  await read(`${path}?filter[start_time]=2025-03-01`);
  const before = residentMiB();
  const began = performance.now();
  const { lines, bytes, peak } = await read(path);
  const seconds = (performance.now() - began) / 1000;
  const figures = { cold, before, peak, after: residentMiB() };
  process.stdout.write(
    `${extension}: ${lines} lines, ${(bytes / MiB).toFixed()} MiB in ${seconds.toFixed(1)} s; resident MiB ${JSON.stringify(
      Object.fromEntries(Object.entries(figures).map(([name, size]) => [name, Math.round(size)])),
    )}\n`,
  );
  expect(lines).toBe(million + (extension === 'csv' ? 1 : 0));
  expect(peak - before).toBeLessThan(50);
});
