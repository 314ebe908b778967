import { execFile } from 'node:child_process';
import type { IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { client, failureOf, get, post, webServer } from './server.ts';

test('a request goes out as it was given, and the answer comes back as it was sent', async () => {
  const seen: unknown[] = [];
  const url = await webServer(async (request, response) => {
    seen.push([request.method, request.url, request.headers['x-key'], await text(request)]);
    response.writeHead(404, { 'Content-Type': 'text/plain', 'X-Two': ['a', 'b'] }).end('né');
  });
  const send = client();
  expect(await send(post(`${url}/a/b?c=d%20e`, 'ü', { 'X-Key': 'k' }))).toMatchObject({
    status: 404,
    headers: { 'content-type': 'text/plain', 'x-two': 'a, b' },
    body: 'né',
  });
  await send(get(`${url}/`));
  expect(seen).toEqual([
    ['POST', '/a/b?c=d%20e', 'k', 'ü'],
    ['GET', '/', undefined, ''],
  ]);
});

test('an address outside the public internet is not asked unless that is allowed', async () => {
  let requests = 0;
  const url = await webServer((_, response) => {
    requests++;
    response.end();
  });
  const failure = await failureOf(client({ allowPrivateTargets: false }), get(url));
  expect(failure).toMatchObject({ code: 'FORBIDDEN', maybeApplied: false });
  expect((await client()(get(url))).status).toBe(200);
  expect(requests).toBe(1);
});

test('headers that belong to the connection are not taken from the request', async () => {
  let seen: IncomingHttpHeaders = {};
  const url = await webServer((request, response) => {
    seen = request.headers;
    response.end();
  });
  const foreign = { Host: 'other.example', 'Content-Length': '99', Connection: 'upgrade', Upgrade: 'x', Expect: '1' };
  await client()(
    post(url, 'four', { ...foreign, 'Transfer-Encoding': 'chunked', TE: 'trailers', 'User-Agent': 'own' }),
  );
  expect(seen).toEqual({
    host: new URL(url).host,
    connection: 'keep-alive',
    'content-length': '4',
    'accept-encoding': 'identity',
    'user-agent': 'own',
  });
});

test('a request with a header that cannot be sent is refused whole, without the text of the header', async () => {
  let requests = 0;
  const url = await webServer((_, response) => {
    requests++;
    response.end();
  });
  const send = client();
  const broken: [string, string][] = [
    ['x-key', 'secret\r\nx: y'],
    ['x-key', 'secret\0'],
    ['x secret', 'a'],
    ['a', '秘secret'],
  ];
  for (const header of broken) {
    const failure = await failureOf(send, get(url, Object.fromEntries([header])));
    expect(failure).toMatchObject({ code: 'FORBIDDEN', maybeApplied: false });
    expect(failure.message).not.toContain('secret');
  }
  expect(requests).toBe(0);
});

const texts: [string, string | undefined, Buffer, string][] = [
  ['UTF-8 where nothing is said', undefined, Buffer.from('né ☎'), 'né ☎'],
  ['UTF-8 with a mark at its beginning', 'application/json', Buffer.from('\ufeff{}'), '{}'],
  ['Latin-1 where that is said', 'text/xml; charset="ISO-8859-1"', Buffer.from('né', 'latin1'), 'né'],
  ['UTF-16 where that is said', 'text/plain;charset=utf-16le', Buffer.from('né', 'utf16le'), 'né'],
  ['UTF-8 where nobody knows what is said', 'text/plain; charset=klingon', Buffer.from('né'), 'né'],
];

test.each(texts)('an answer is read as %s', async (_, contentType, body, expected) => {
  const url = await webServer((_, response) =>
    response.writeHead(200, contentType ? { 'content-type': contentType } : {}).end(body),
  );
  expect((await client()(get(url))).body).toBe(expected);
});

test('a connection that is kept for the next request keeps no process alive', async () => {
  const url = await webServer((_, response) => {
    response.writeHead(200, { connection: 'keep-alive', 'keep-alive': 'timeout=600' }).end('done');
  });
  const script = `
    import { openOutgoing } from ${JSON.stringify(new URL('../../src/outgoing/outgoing.ts', import.meta.url).href)};
    const { send } = openOutgoing({ allowPrivateTargets: true });
    const { body } = await send({ method: 'GET', url: ${JSON.stringify(url)}, headers: {}, body: null });
    process.stdout.write(body);`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 20_000 });
  expect(stdout).toBe('done');
});
