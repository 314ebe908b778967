import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { utc } from '../support/clock.ts';
import { misbehavingCrm } from '../support/misbehaving-crm.ts';
import { ownCrm, withCrms } from '../support/own-crm.ts';
import { ownCustomer, ownDatabase, withStore } from '../support/own-database.ts';
import { type RunningServer, startServer } from '../support/process.ts';
import { openSocket } from '../support/raw-socket.ts';
import { paths, postCall } from '../support/rest.ts';
import { subscribe } from '../support/sse.ts';
import { tell } from './rig.ts';

const inFlight = 50;

/** Sends a report of a call but for its last byte; answers a function that sends that one and reads the answer. */
async function beginReport({ url, token }: RunningServer, index: number): Promise<() => Promise<string>> {
  const body = JSON.stringify({
    direction: 'inbound',
    status: 'completed',
    number_from: '0612345678',
    number_to: '101',
    start_time_utc: utc(Date.UTC(2026, 2, 1) + index * 60_000),
    subject: `In flight ${index}`,
  });
  const socket = await openSocket(url);
  socket.write(
    `POST ${paths.calls} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, -1)}`,
  );
  return () => {
    socket.write(body.slice(-1));
    return text(socket);
  };
}

/** What comes on connections on which nobody waits for an answer: nothing, a request that was answered, half a head. */
const idleBytes = ['', 'GET /health HTTP/1.1\r\nHost: x\r\n\r\n', 'GET /health HTTP/1.1\r\nHo'];

test('a server that is told to stop answers everybody who waits, says that it is the last answer, and ends', async () => {
  const server = await startServer(await ownDatabase());
  const { url, token } = server;
  const finish = await Promise.all(Array.from({ length: inFlight }, (_, index) => beginReport(server, index)));
  const stream = await subscribe({ token, query: 'subscription { phoneCallLogged { id } }', url });
  const idle = idleBytes.map(async (bytes) => {
    const socket = await openSocket(url);
    socket.resume().write(bytes);
    await once(socket, 'close');
  });
  await sleep(500);
  const began = performance.now();
  server.signal('SIGTERM');
  await expect
    .poll(() =>
      fetch(`${url}/health`)
        .then(() => 'open')
        .catch(() => 'closed'),
    )
    .toBe('closed');
  expect(await stream.next().catch(({ message }) => message)).toBeNull();
  const answers = await Promise.all(finish.map((rest) => rest()));
  const { code, signal } = await server.ended;
  await Promise.all(idle);
  const milliseconds = performance.now() - began;
  const stored = answers.filter((answer) => /^HTTP\/1\.1 201 /.test(answer));
  const last = answers.filter((answer) => /^Connection: close\r$/im.test(answer));
  tell('drain', { 'in flight': inFlight, answered: stored.length, 'exit ms': Math.round(milliseconds) });
  expect({ stored: stored.length, last: last.length, code, signal }).toEqual({
    stored: inFlight,
    last: inFlight,
    code: 0,
    signal: null,
  });
  expect(milliseconds).toBeLessThan(10_000);
});

test('a CRM that hangs holds up the end for eight seconds, and what it may have taken is put down', async () => {
  const database = await ownDatabase();
  const { id, token } = await ownCustomer(database);
  const crm = await ownCrm(database, id, misbehavingCrm('hangs'));
  const server = await startServer({ ...database, ...withCrms, DEMO_DATA: 'off' });
  await postCall({ url: server.url, token });
  await expect.poll(() => crm.journal.length, { timeout: 5000 }).toBe(1);
  const began = performance.now();
  server.signal('SIGTERM');
  const { code, signal } = await server.ended;
  const milliseconds = performance.now() - began;
  tell('drain beside a CRM that hangs', { 'exit ms': Math.round(milliseconds) });
  expect({ code, signal }).toEqual({ code: 0, signal: null });
  expect(milliseconds).toBeLessThan(10_000);
  const where = { customerId: id, integration: { connector: '3cx-template' } };
  const delivery = await withStore(database, (store) => store.operator.delivery.findFirstOrThrow({ where }));
  expect(delivery).toMatchObject({ state: 'PENDING', attempts: 1, uncertain: 1 });
});
