import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { ownCustomer, ownDatabase } from '../support/own-database.ts';
import { startServer } from '../support/process.ts';
import { type Borne, type Load, mobileOf } from './load.ts';
import { onPostgres, sized, smoke, tell } from './rig.ts';

const contacts = sized(500, 50);

/** The embedded database is for one small office, and the smoke for any machine. */
const share = onPostgres && !smoke ? 1 : 0.1;
const perSecond = { call: 200 * share, lookup: 500 * share, graphql: 50 * share };

const p99Ms = sized(200, 600);
const residentMiB = 512;

/** The generator is a process of its own, so that it neither holds up the server nor is held up by the test. */
async function bear(load: Load): Promise<Borne> {
  const words = ['--disable-warning=ExperimentalWarning', new URL('./open-loop.ts', import.meta.url).pathname];
  const generator = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void generator.kill('SIGKILL'));
  generator.stdin.end(JSON.stringify(load));
  let written = '';
  for await (const text of generator.stdout) written += text;
  return JSON.parse(written);
}

async function createContact(url: string, token: string, person: number): Promise<void> {
  const { status } = await fetch(`${url}/api/crm/lookup/contacts`, {
    method: 'POST',
    body: JSON.stringify({ last_name: `Durand ${person}`, phone: mobileOf(person) }),
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
  expect(status).toBe(201);
}

/** The most memory that a process ever had, in MiB. */
const peakMiB = (pid: number) => {
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
};

test('a steady load is borne without an error, and nobody waits long', async () => {
  const database = await ownDatabase();
  const { token } = await ownCustomer(database);
  const settings = { NODE_ENV: 'production', RATE_LIMIT_PER_CUSTOMER: '0', LOG_LEVEL: 'info' };
  const server = await startServer({ ...database, ...settings });
  for (let person = 0; person < contacts; person++) await createContact(server.url, token, person);
  const warmUpSeconds = sized(5, 2);
  const borne = await bear({ url: server.url, token, perSecond, warmUpSeconds, seconds: sized(60, 6) });
  const rate = Object.values(perSecond).reduce((sum, each) => sum + each, 0);
  const { error, ...figures } = borne;
  const resident = peakMiB(server.pid);
  tell('load held', { 'a second': rate, ...figures, 'resident MiB': resident });

  expect({ errors: borne.errors, error }).toEqual({ errors: 0, error: '' });
  expect(borne.p99Ms).toBeLessThanOrEqual(p99Ms);
  expect(resident).toBeLessThanOrEqual(residentMiB);
});
