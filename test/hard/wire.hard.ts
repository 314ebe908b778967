import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ownDatabase } from '../support/own-database.ts';
import { type RunningServer, startServer } from '../support/process.ts';
import { exchangeBytes, openSocket } from '../support/raw-socket.ts';
import { paths } from '../support/rest.ts';
import { sized, smoke, tell } from './rig.ts';
import { wireCases } from './wire-cases.ts';

const slow = sized(500, 100);
/** A machine of a smoke may be busy with other things. */
const patience = smoke ? 3 : 1;
const headersLimitMs = 6000 * patience;
const bodyLimitMs = 11_000 * patience;

const newServer = async () => startServer({ ...(await ownDatabase()), LOG_LEVEL: 'info' });

/** The lines of a server's log, when it has ended. */
async function logOf(server: RunningServer): Promise<{ level: number; path?: string }[]> {
  server.signal('SIGTERM');
  const { code, stderr } = await server.ended;
  expect(code).toBe(0);
  return stderr
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

const bugs = (lines: { level: number }[]) => lines.filter(({ level }) => level >= 50);

test('what can be read in two ways is refused once, its connection ends, and nothing in it is taken for a request', async () => {
  const server = await newServer();
  const found = await Promise.all(
    wireCases.map(async ({ name, bytes }) => ({ name, ...(await exchangeBytes(server.url, bytes, 4000 * patience)) })),
  );
  const log = await logOf(server);
  const reached = log.filter(({ path }) => path);
  tell('wire', { cases: wireCases.length, reached: reached.length });
  expect(found).toEqual(wireCases.map(({ name, status }) => ({ name, ended: true, statuses: [status] })));
  expect(wireCases.length).toBeGreaterThanOrEqual(30);
  expect(log.filter((line) => line.path?.includes('smuggled'))).toEqual([]);
  expect(bugs(log)).toEqual([]);
});

/** Begins a request, and goes on with it a byte a second; answers after how many milliseconds it was cut off. */
async function dawdle(url: string, beginning: string): Promise<number> {
  const socket = await openSocket(url);
  const began = performance.now();
  socket.resume().write(beginning);
  // One that has not begun stays silent.
  const ticking = setInterval(() => socket.write(beginning && '1'), 1000);
  // Not by `once`, for which a byte that comes after the end, and is answered by a reset, would be an error.
  await new Promise((closed) => socket.on('close', closed));
  clearInterval(ticking);
  return performance.now() - began;
}

/** Asks as a telephone would, again and again; answers how many milliseconds each answer took. */
async function lookUpUntil(over: Promise<unknown>, { url, token }: RunningServer): Promise<number[]> {
  const took: number[] = [];
  let asking = true;
  void over.finally(() => (asking = false));
  while (asking) {
    const began = performance.now();
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${url}${paths.search}?phone=0612345678`, { headers });
    expect(answer.status).toBe(200);
    await answer.text();
    took.push(performance.now() - began);
    await sleep(20);
  }
  return took;
}

test('clients that never finish a request are cut off while others are served', async () => {
  const server = await newServer();
  const report = `POST ${paths.calls} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${server.token}\r\nContent-Type: application/json\r\n`;
  const all = (beginning: string) => Promise.all(Array.from({ length: slow }, () => dawdle(server.url, beginning)));
  const dawdling = Promise.all([
    all('GET /health HTTP/1.1\r\nHost: x\r\nX-A: '),
    all(''),
    all(`${report}Content-Length: 1000\r\n\r\n`),
  ]);
  const [[headers, silent, bodies], lookups] = await Promise.all([dawdling, lookUpUntil(dawdling, server)]);
  const most = (milliseconds: number[]) => Math.round(Math.max(...milliseconds));
  tell('slow sockets', {
    each: slow,
    'headers ms': most(headers),
    'silent ms': most(silent),
    'bodies ms': most(bodies),
    lookups: lookups.length,
    'slowest lookup ms': most(lookups),
  });
  expect(most([...headers, ...silent])).toBeLessThan(headersLimitMs);
  expect(most(bodies)).toBeLessThan(bodyLimitMs);
  // They were cut off for being slow, not for anything else.
  expect(Math.min(...headers, ...silent)).toBeGreaterThan(4500);
  expect(Math.min(...bodies)).toBeGreaterThan(9500);
  expect(most(lookups)).toBeLessThan(1000 * patience);
  expect(lookups.length).toBeGreaterThan(100 / patience);
  expect(bugs(await logOf(server))).toEqual([]);
});
