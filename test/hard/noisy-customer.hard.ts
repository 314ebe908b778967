import { expect, onTestFinished, test } from 'vitest';
import { createAccessToken } from '../../src/auth/access-token.ts';
import { createCustomer, createWorkspace } from '../../src/domain/customer.ts';
import { openStore } from '../../src/store/open.ts';
import { ownDatabase } from '../support/own-database.ts';
import { startServer } from '../support/process.ts';
import { generateLoad, othersThan } from './generate-load.ts';
import type { Found } from './load-generator.ts';
import { sized, smoke, tell } from './rig.ts';

const measureMs = sized(4000, 2000);
const rounds = sized(4, 1);

/** A minute's quota of each customer. One asks for five times as much, in a smoke for more; the other keeps within it. */
const quota = sized(3000, 120);
const noisyPerSecond = sized((5 * quota) / 60, 100);
const quietPerSecond = sized(40, 20);

/** In a smoke the p99 of forty answers is the slowest of them, which tells of the machine; it is only shown there. */
const mostSlowed = smoke ? Number.POSITIVE_INFINITY : 2;

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;

test('a customer who asks for five times its quota is told to wait, and another one does not notice', async () => {
  const settings = { ...(await ownDatabase()), LOG_LEVEL: 'warn', RATE_LIMIT_PER_CUSTOMER: String(quota) };
  const server = await startServer(settings);
  const store = await openStore({ databaseUrl: settings.DATABASE_URL, dataDir: settings.DATA_DIR, join: true });
  onTestFinished(() => store.close());
  const { id: workspaceId } = await createWorkspace(store, 'Test');
  const newToken = async (name: string) => {
    const place = { workspaceId, name, defaultCountry: 'FR', timeZone: 'Europe/Paris' };
    const { id } = await createCustomer(store, place);
    return (await createAccessToken(store, { customerId: id, scopes: ['client', 'crm'], expiresAt: null })).token;
  };
  const [quiet, noisy] = [await newToken('Quiet'), await newToken('Noisy')];
  const lookups = (token: string, perSecond: number) =>
    generateLoad({
      url: server.url,
      token,
      what: 'lookups',
      pace: { perSecond },
      // Two processes that make requests start at once: until both run smoothly they slow each other, not the server.
      warmUpMs: sized(2500, 500),
      measureMs,
    });
  const alone: Found[] = [];
  const beside: Found[] = [];
  const greedy: Found[] = [];
  // By turns, so that whatever else the machine does meets both alike.
  for (let round = 0; round < rounds; round++) {
    alone.push(await lookups(quiet, quietPerSecond));
    const [found, others] = await Promise.all([lookups(quiet, quietPerSecond), lookups(noisy, noisyPerSecond)]);
    beside.push(found);
    greedy.push(others);
  }
  const p99 = (all: Found[]) => median(all.map(({ p99Ms }) => p99Ms));
  const refused = greedy.reduce((total, { answers }) => total + (answers[429] ?? 0), 0);
  tell('noisy customer', {
    refused,
    admitted: greedy.reduce((total, { answers }) => total + (answers[200] ?? 0), 0),
    'quiet p99 ms': p99(alone).toFixed(1),
    'beside it p99 ms': p99(beside).toFixed(1),
  });
  expect([...alone, ...beside].map((found) => othersThan(found, 200))).toEqual(Array(2 * rounds).fill(0));
  expect(greedy.map((found) => othersThan(found, 200, 429))).toEqual(Array(rounds).fill(0));
  expect(refused).toBeGreaterThan(0);
  expect(p99(beside)).toBeLessThanOrEqual(mostSlowed * p99(alone));
});
