import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ownCustomer, ownDatabase } from '../support/own-database.ts';
import { type RunningServer, startServer, temporaryFolder } from '../support/process.ts';
import { paths, postCall } from '../support/rest.ts';

const query = `query ($phone: String) { contactSearch(phone: $phone) { contacts { id lastName } match { kind } } }`;

/** What is asked, and how many bytes of a request may get where only a full collection of garbage reaches. */
const requests: [string, number, string, RequestInit][] = [
  ['a search', 1000, `${paths.search}?phone=%2B33612345678`, {}],
  [
    'a search by GraphQL',
    1000,
    '/graphql',
    { method: 'POST', body: JSON.stringify({ query, variables: { phone: '+33612345678' } }) },
  ],
  ['a page of twenty calls', 2000, `${paths.calls}?cursor=`, {}],
];

const atOnce = 8;

describe.runIf(process.env.TEST_DATABASE_URL)('what belongs to a request dies with it', () => {
  test.each(requests)('%s', { timeout: 120_000 }, async (_, allowed, path, init) => {
    const database = await ownDatabase();
    const { token } = await ownCustomer(database);
    const OLD_SPACE_FILE = join(temporaryFolder(), 'old-space');
    const server = await startServer({
      ...database,
      DEMO_DATA: 'off',
      NODE_OPTIONS: `--import=${new URL('../support/tell-old-space.ts', import.meta.url)}`,
      OLD_SPACE_FILE,
    });
    for (let minute = 10; minute < 30; minute++) {
      await postCall({ url: server.url, token }, { start_time_utc: `2026-03-01T10:${minute}:00Z` });
    }
    const ask = async (times: number) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      for (let at = 0; at < times / atOnce; at++) {
        const answers = Array.from({ length: atOnce }, () => fetch(`${server.url}${path}`, { ...init, headers }));
        for (const answer of await Promise.all(answers)) await answer.text();
      }
    };
    // Until it is compiled, and what is kept of it for good is there.
    await ask(4000);
    const grown: number[] = [];
    for (let round = 0; round < 9; round++) {
      const before = await oldSpaceOf(server, OLD_SPACE_FILE);
      await ask(400);
      grown.push((await oldSpaceOf(server, OLD_SPACE_FILE)) - before);
    }
    // A round in which all garbage was collected tells nothing, and is not the one in the middle.
    const inTheMiddle = grown.toSorted((one, other) => one - other)[4] as number;
    expect(inTheMiddle / 400).toBeLessThan(allowed);
  });
});

async function oldSpaceOf(server: RunningServer, file: string): Promise<number> {
  rmSync(file, { force: true });
  server.signal('SIGUSR2');
  for (;;) {
    await sleep(5);
    const told = read(file);
    if (told) return Number(told);
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
