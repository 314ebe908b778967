import { createServer as createTlsServer } from 'node:https';
import { createServer, type Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { expect, onTestFinished, test, vi } from 'vitest';
import { guardedConnect, type Resolve } from '../../src/outgoing/connect.ts';
import { openOutgoing } from '../../src/outgoing/outgoing.ts';
import { certificate, expiredCertificate, privateKey } from './certificates.ts';
import { client, failureOf, get, listening, post, webServer } from './server.ts';

const onThisMachine: Resolve = async () => [{ address: '127.0.0.1', family: 4 }];

/** A server that takes requests and lets them wait until it is told to answer. */
async function slowServer() {
  const waiting: (() => void)[] = [];
  let requests = 0;
  const url = await webServer((_, response) => {
    requests++;
    waiting.push(() => response.end('late'));
  });
  const answerAll = () => {
    for (const answer of waiting.splice(0)) answer();
  };
  return { url, requests: () => requests, answerAll };
}

test('a request that found no connection was certainly not carried out', async () => {
  const gone = createServer();
  const port = await listening(gone);
  await new Promise((done) => gone.close(done));
  const unknown: Resolve = async () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' }));
  const refused = await failureOf(client(), post(`http://127.0.0.1:${port}/?key=secret`, 'x'));
  expect(refused).toMatchObject({ code: 'UNREACHABLE', maybeApplied: false });
  expect(refused.message).toBe(`The request for 127.0.0.1:${port} found no connection (ECONNREFUSED).`);
  expect(await failureOf(client({ resolve: unknown }), post('http://crm.example/', 'x'))).toMatchObject({
    code: 'UNREACHABLE',
    message: 'The request for crm.example found no connection (ENOTFOUND).',
    maybeApplied: false,
  });
});

test('where one address of a name does not answer, the next is tried', async () => {
  const url = await webServer((_, response) => response.end('here'));
  const addresses = ['::1', '127.0.0.2', '127.0.0.1'].map((address) => ({
    address,
    family: address === '::1' ? 6 : 4,
  }));
  const send = client({ resolve: async () => addresses });
  expect((await send(get(url.replace('127.0.0.1', 'crm.example')))).body).toBe('here');
});

test('a name that is slow to resolve costs no more than the time limit, and is asked for once at a time', async () => {
  let asked = 0;
  const send = client({ resolve: () => new Promise(() => asked++) });
  const limits = { timeoutMs: 300 };
  const failures = await Promise.all(
    ['http://crm.example/a', 'http://crm.example/b', 'https://crm.example/'].map((url) =>
      failureOf(send, get(url), limits),
    ),
  );
  expect(failures.map(({ code, maybeApplied }) => [code, maybeApplied])).toEqual(Array(3).fill(['TIMED_OUT', false]));
  expect(asked).toBe(1);
});

test('a server must show a certificate that is trusted, of its name and of today', async () => {
  const usual = getCACertificates();
  onTestFinished(() => setDefaultCACertificates(usual));
  let requests = 0;
  const secureServer = async (cert: string) =>
    listening(
      createTlsServer({ cert, key: privateKey }, (_, response) => {
        requests++;
        response.end('secret');
      }),
    );
  const [good, expired] = [await secureServer(certificate), await secureServer(expiredCertificate)];
  const send = client({ resolve: onThisMachine });
  const refused = async (url: string) => {
    const failure = await failureOf(send, post(url, 'x'));
    expect(failure).toMatchObject({ code: 'UNREACHABLE', maybeApplied: false });
    expect(failure.message).toContain('no valid certificate');
  };
  await refused(`https://crm.example:${good}/`);
  setDefaultCACertificates([...usual, certificate, expiredCertificate]);
  await refused(`https://other.example:${good}/`);
  await refused(`https://127.0.0.1:${good}/`);
  await refused(`https://crm.example:${expired}/`);
  expect(requests).toBe(0);
  expect((await send(get(`https://crm.example:${good}/`))).body).toBe('secret');
});

test('nothing in the environment makes an untrusted certificate good', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  onTestFinished(() => void vi.unstubAllEnvs());
  const port = await listening(createTlsServer({ cert: certificate, key: privateKey }, (_, answer) => answer.end()));
  const failure = await failureOf(client({ resolve: onThisMachine }), get(`https://crm.example:${port}/`));
  expect(failure).toMatchObject({ code: 'UNREACHABLE', maybeApplied: false });
});

test('a connection that ended at an address that is not allowed is closed unused', async () => {
  const sockets: Socket[] = [];
  const port = await listening(createServer((socket) => void sockets.push(socket.on('data', () => {}))));
  let questions = 0;
  const connect = guardedConnect(() => questions++ === 0, onThisMachine);
  const outcome = await new Promise((done) =>
    connect({ hostname: 'crm.example', protocol: 'http:', port: String(port) }, (...result) => done(result)),
  );
  expect(outcome).toEqual([expect.any(Error), null]);
  await expect.poll(() => sockets.map((socket) => [socket.bytesRead, socket.readableEnded])).toEqual([[0, true]]);
});

test('one server gets sixteen connections at most, and a request that ran out of time in the queue never goes out', async () => {
  const { url, requests, answerAll } = await slowServer();
  const send = client();
  const limits = { timeoutMs: 60_000 };
  const sixteen = Array.from({ length: 16 }, () => send(get(url), limits));
  await expect.poll(requests).toBe(16);
  expect(await failureOf(send, post(url, 'late'), { timeoutMs: 100 })).toMatchObject({
    code: 'TIMED_OUT',
    maybeApplied: false,
  });
  const queued = send(get(url), limits);
  answerAll();
  expect((await Promise.all(sixteen)).map(({ body }) => body)).toEqual(Array(16).fill('late'));
  await expect.poll(requests).toBe(17);
  answerAll();
  expect((await queued).body).toBe('late');
  expect(requests()).toBe(17);
});

test('a server that hangs holds up no other', async () => {
  const [slow, quick] = [await slowServer(), await webServer((_, response) => response.end('quick'))];
  const send = client();
  const hanging = Array.from({ length: 40 }, () => failureOf(send, get(slow.url), { timeoutMs: 2000 }));
  await expect.poll(slow.requests).toBe(16);
  expect((await send(get(quick))).body).toBe('quick');
  expect((await Promise.all(hanging)).map(({ code }) => code)).toEqual(Array(40).fill('TIMED_OUT'));
});

test('requests that come after each other share their connections', async () => {
  const sockets = new Set<unknown>();
  const url = await webServer((request, response) => {
    sockets.add(request.socket);
    response.end();
  });
  const send = client();
  for (let i = 0; i < 20; i++) await send(get(url));
  expect(sockets.size).toBeLessThanOrEqual(2);
});

test('whoever asked can give a request up, before it went out and after', async () => {
  const { url, requests } = await slowServer();
  const send = client();
  const before = await failureOf(send, get(url), { signal: AbortSignal.abort() });
  expect(before).toMatchObject({ code: 'CANCELLED', maybeApplied: false });
  const asker = new AbortController();
  const after = failureOf(send, get(url), { signal: asker.signal });
  await expect.poll(requests).toBe(1);
  asker.abort();
  expect(await after).toMatchObject({ code: 'CANCELLED', maybeApplied: true });
});

test('closing ends what is under way', async () => {
  const { url, requests } = await slowServer();
  const outgoing = openOutgoing({ allowPrivateTargets: true });
  const hanging = failureOf(outgoing.send, get(url));
  await expect.poll(requests).toBe(1);
  await outgoing.close();
  expect(await hanging).toMatchObject({ code: 'CANCELLED', maybeApplied: true });
  expect(await failureOf(outgoing.send, get(url))).toMatchObject({ code: 'CANCELLED', maybeApplied: false });
});
