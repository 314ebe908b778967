import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Caller } from './driver.ts';
import type { Gate } from './gates.ts';
import { median } from './reckoning.ts';
import { startOurs } from './server-process.ts';
import { phoneOf } from './size.ts';
import type { BenchWorld } from './world.ts';

type Tell = (line: string) => void;

/** From starting the process to its first answer to a telephone, on a database that is there: the median, in seconds. */
export function coldStartOnServer({ databaseUrl, callers }: BenchWorld, times: number, tell: Tell): Promise<Gate> {
  const { token } = callers[0] as Caller;
  return coldStart('PostgreSQL', { DATABASE_URL: databaseUrl }, token, { goal: 1.5, times, tell });
}

/** The same on an embedded database, in a folder with the demo data. */
export async function coldStartInFolder(times: number, tell: Tell): Promise<Gate> {
  const folder = mkdtempSync(join(tmpdir(), 'crm-lookup-bench-'));
  try {
    const token = await demoIn(folder, tell);
    return await coldStart('embedded', { DATA_DIR: folder }, token, { goal: 2, times, tell });
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Fills an embedded database with the demo data, and answers its token. */
async function demoIn(folder: string, tell: Tell): Promise<string> {
  tell('cold start, embedded: demo data');
  const server = await startOurs({ DATA_DIR: folder, NODE_ENV: 'development' }, null);
  await server.stop();
  return /Token +(\S+)/.exec(server.welcome)?.[1] as string;
}

async function coldStart(
  where: string,
  settings: Record<string, string>,
  token: string,
  { goal, times, tell }: { goal: number; times: number; tell: Tell },
): Promise<Gate> {
  const seconds: number[] = [];
  for (let time = 1; time <= times; time++) {
    tell(`cold start, ${where}: ${time} of ${times}`);
    seconds.push(await firstAnswer(settings, token));
  }
  return { what: `cold start to the first answer, ${where}`, goal, bound: 'most', found: median(seconds), unit: 's' };
}

async function firstAnswer(settings: Record<string, string>, token: string): Promise<number> {
  const began = performance.now();
  const server = await startOurs(settings, null);
  try {
    const address = `${server.url}/api/crm/lookup/contacts/search?phone=${encodeURIComponent(phoneOf(1))}`;
    const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
    if (answer.status !== 200) throw new Error(`The first answer was ${answer.status} ${await answer.text()}`);
    await answer.text();
    return (performance.now() - began) / 1000;
  } finally {
    await server.stop();
  }
}
