import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { type RunningServer, run, startServer, temporaryFolder, welcomed } from '../support/process.ts';

const folder = temporaryFolder(afterAll);

const shell = async (command: string) => (await promisify(execFile)('sh', ['-c', command])).stdout;

const ask = async (
  server: RunningServer,
  path: string,
  init: RequestInit = {},
  token: string | null = server.token,
) => {
  const headers = { ...(token && { authorization: `Bearer ${token}` }), ...(init.headers as object) };
  const response = await fetch(`${server.url}${path}`, { ...init, headers });
  return { status: response.status, body: await response.json() };
};

const call = {
  direction: 'outbound',
  status: 'completed',
  number_external: '0699887766',
  number_internal: '101',
  start_time_utc: '2026-03-01T10:00:00Z',
  subject: 'Kept',
};

/** Sends the first half of a report of a call; answers a function that sends the rest and reads the whole answer. */
async function reportInHalves(server: RunningServer): Promise<() => Promise<string>> {
  const { hostname, port } = new URL(server.url);
  const body = JSON.stringify(call);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(
    `POST /api/crm/lookup/phone-calls HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${server.token}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body.slice(0, 20)}`,
  );
  return async () => {
    socket.write(body.slice(20));
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    return answer;
  };
}

describe('a server that was started with nothing but a folder', () => {
  test('says where it is, gives a token, and prints a command that works as it stands', async () => {
    const server = await startServer({ DATA_DIR: folder });
    const { url, token } = server;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(token).toMatch(/^crm_[\w-]{60,}$/);
    const curl = `curl -H 'Authorization: Bearer ${token}' '${url}/api/crm/lookup/contacts/search?phone=0612345678'`;
    expect(server.stdout).toContain(`  GraphiQL  ${url}/graphql\n`);
    expect(server.stdout).toContain(`  Dashboard ${url}/dashboard\n`);
    expect(server.stdout).toContain(`\n  ${curl}\n`);
    const printed = server.stdout.split('\n').find((line) => line.trimStart().startsWith('curl ')) ?? '';
    const { contacts } = JSON.parse(await shell(printed));
    expect(contacts).toEqual([
      expect.objectContaining({
        first_name: 'Camille',
        last_name: 'Martin',
        phone_mobile_1: '+33612345678',
        entity_url: expect.stringContaining(`${url}/contacts/`),
        is_placeholder: false,
      }),
    ]);
    expect(await ask(server, '/health', {}, null)).toEqual({ status: 200, body: { status: 'ok' } });
    expect(await ask(server, '/ready', {}, null)).toEqual({ status: 200, body: { status: 'ready' } });
  });

  test('keeps its folder to itself: a second one says so and ends', async () => {
    await startServer({ DATA_DIR: folder });
    const second = await run('src/server.ts', [], { DATA_DIR: folder, PORT: '0' }).ended;
    expect(second).toEqual({
      code: 1,
      signal: null,
      stdout: '',
      stderr: `The data folder ${folder} is in use by another process.\n`,
    });
  });

  test('ends with a sentence when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const second = await run('src/server.ts', [], { DATA_DIR: folder, PORT: String(port) }).ended;
    expect(second).toEqual({
      code: 1,
      signal: null,
      stdout: '',
      stderr: `listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`,
    });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('ends well on %s, and first answers who is waiting', async (signal) => {
    const server = await startServer({ DATA_DIR: folder });
    const finish = await reportInHalves(server);
    await fetch(`${server.url}/health`);
    const began = performance.now();
    server.signal(signal);
    // A Ctrl-C under npm arrives twice.
    server.signal(signal);
    await new Promise((later) => setTimeout(later, 300));
    await expect(fetch(`${server.url}/health`)).rejects.toThrow();
    const answer = await finish();
    expect(answer).toMatch(/^HTTP\/1\.1 201 /);
    expect(answer).toContain('"subject":"Kept"');
    expect(await server.ended).toMatchObject({ code: 0, signal: null });
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test('ends within ten seconds even if somebody never finishes', async () => {
    const server = await startServer({ DATA_DIR: folder });
    await reportInHalves(server);
    const began = performance.now();
    server.signal('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0, signal: null });
    expect(performance.now() - began).toBeLessThan(10_500);
  });

  test('loses nothing that it has acknowledged when it is killed, and starts again', async () => {
    const killed = await startServer({ DATA_DIR: folder });
    const body = JSON.stringify({ ...call, start_time_utc: '2026-03-02T10:00:00Z', subject: 'Before the kill' });
    const headers = { 'content-type': 'application/json' };
    const { status } = await ask(killed, '/api/crm/lookup/phone-calls', { method: 'POST', body, headers });
    killed.signal('SIGKILL');
    expect(status).toBe(201);
    expect((await killed.ended).signal).toBe('SIGKILL');
    const again = await startServer({ DATA_DIR: folder });
    const found = await ask(again, '/api/crm/lookup/phone-calls?filter[subject]=Before the kill', {}, killed.token);
    expect(found.body.data).toEqual([expect.objectContaining({ subject: 'Before the kill' })]);
  });
});

test('the log tells every request and no secret', async () => {
  const server = await startServer({ DATA_DIR: folder, LOG_LEVEL: 'trace' });
  const admin = async (...words: string[]) => {
    const { stdout } = await run('src/admin.ts', words, { DATA_DIR: folder }).ended;
    return JSON.parse(stdout);
  };
  const { customers } = await admin('customer', 'list');
  const { token, tokenSecret } = await admin('context-token', 'create', '--customer', customers[0].id);
  const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const body = JSON.stringify({ direction: 'inbound', number_from: '0655443322' });
  const path = `/api/crm/phone-calls-context/${token}/${tokenSecret}`;
  expect((await ask(server, path, { ...json, body }, null)).status).toBe(201);
  await ask(server, `/api/crm/phone-calls-context/${token}/wrong`, { ...json, body }, null);
  await ask(server, `${path}/further`, { ...json, body }, null);
  await ask(server, `/api/CRM/phone-calls-context/${token}/${tokenSecret}`, { ...json, body }, null);
  await ask(server, '/api/crm/lookup/contacts/search?phone=0655443322');
  await ask(server, `/graphql?query={__typename}&token=${server.token}`);
  await ask(server, '/graphql', { ...json, body: '{' });
  await ask(server, '/api/crm/lookup/phone-calls', {}, `${server.token}x`);
  server.signal('SIGTERM');
  const { stderr } = await server.ended;
  const lines = stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.filter(({ msg }) => msg === 'request')).toHaveLength(8);
  for (const secret of [server.token, token, tokenSecret, '0655443322', '655443322']) {
    expect(stderr).not.toContain(secret);
  }
});

test('a reader of the log who has stopped reading holds neither the server nor its end', async () => {
  const launched = run('src/server.ts', [], { DATA_DIR: folder, PORT: '0' });
  const server = await welcomed(launched);
  const { child } = launched;
  onTestFinished(() => void child.stderr.resume());
  child.stderr.pause();
  for (let round = 0; round < 100; round++) {
    const answers = await Promise.all(Array.from({ length: 30 }, () => fetch(`${server.url}/health`)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
  }
  const gone = once(child, 'exit');
  const began = performance.now();
  server.signal('SIGTERM');
  expect(await gone).toEqual([null, 'SIGKILL']);
  expect(performance.now() - began).toBeLessThan(5000);
});

test('behind a proxy that is trusted, bad credentials of one caller hold up no other', async () => {
  const settings = { RATE_LIMIT_PER_ADDRESS: '1', TRUSTED_PROXIES: 'loopback' };
  const server = await startServer({ ...settings, DATA_DIR: temporaryFolder(onTestFinished) });
  const guess = (from: string) =>
    ask(server, '/api/crm/lookup/phone-calls', { headers: { 'x-forwarded-for': from } }, 'crm_bad');
  expect((await guess('203.0.113.7')).status).toBe(401);
  expect((await guess('198.51.100.1, 203.0.113.7')).status).toBe(429);
  expect((await guess('203.0.113.8')).status).toBe(401);
});

describe('settings that cannot be used end the start with a sentence', () => {
  test.each([
    [{ PORT: 'http' }, /^PORT: [^\n]+\n$/],
    [{ PORT: '65536' }, /^PORT: [^\n]+\n$/],
    [{ NODE_ENV: 'live' }, /^NODE_ENV: [^\n]+\n$/],
    [{ DATABASE_URL: 'mysql://localhost/x' }, /^DATABASE_URL: [^\n]+\n$/],
    [{ TRUSTED_PROXIES: 'loopback,proxy.example' }, /^TRUSTED_PROXIES: [^\n]+\n$/],
    [{ PUBLIC_URL: 'lookup.example', LOG_LEVEL: 'loud' }, /^PUBLIC_URL: [^\n]+\nLOG_LEVEL: [^\n]+\n$/],
    [{ DATABASE_URL: 'postgres://127.0.0.1:1/x' }, /^The database cannot be reached\. [^\n]+\n$/],
    [{ DATABASE_URL: 'postgres://localhost:1/x' }, /^The database cannot be reached\. [^\n]+\n$/],
    [{ DATA_DIR: '/dev/null/x' }, /^ENOTDIR: [^\n]+\n$/],
    [{ HOST: '192.0.2.1' }, /^listen EADDRNOTAVAIL[^\n]+\n$/],
  ])('%j', async (settings, stderr) => {
    const ended = await run('src/server.ts', [], { DATA_DIR: folder, PORT: '0', ...settings }).ended;
    expect(ended).toEqual({ code: 1, signal: null, stdout: '', stderr: expect.stringMatching(stderr) });
  });
});
