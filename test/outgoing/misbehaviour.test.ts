import { createServer, type Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { client, failureOf, get, listening, post, webServer } from './server.ts';

/** A server that treats each connection like this once the first bytes have come, and counts those that came. */
async function rawServer(treat: (socket: Socket) => void) {
  let requests = 0;
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      requests++;
      treat(socket);
    });
  });
  const port = await listening(server);
  return { url: `http://127.0.0.1:${port}/`, requests: () => requests };
}

/** Sends text a byte at a time, and then the last one for ever. */
function trickle(socket: Socket, text: string) {
  let sent = 0;
  const timer = setInterval(() => socket.write(text[Math.min(sent++, text.length - 1)] ?? ''), 10);
  socket.on('close', () => clearInterval(timer));
}

/** Sends the same again and again for as long as somebody reads. */
function flood(socket: Socket, head: string, again: string) {
  socket.write(head);
  const more = () => {
    while (!socket.destroyed && socket.write(again));
  };
  socket.on('drain', more);
  more();
}

const head = 'HTTP/1.1 200 OK\r\n';

const broken: [string, string, (socket: Socket) => void][] = [
  ['says nothing', 'TIMED_OUT', () => {}],
  ['sends its first line byte by byte', 'TIMED_OUT', (socket) => trickle(socket, `HTTP/1.1 200 ${'O'.repeat(9999)}`)],
  ['sends its headers byte by byte', 'TIMED_OUT', (socket) => trickle(socket, `${head}x-slow: aaaaaa`)],
  ['sends its body byte by byte', 'TIMED_OUT', (socket) => trickle(socket, `${head}content-length: 999999\r\n\r\na`)],
  [
    'sends small chunks byte by byte',
    'TIMED_OUT',
    (socket) => trickle(socket, `${head}transfer-encoding: chunked\r\n\r\n${'1\r\na\r\n'.repeat(9999)}`),
  ],
  ['promises to answer for ever', 'BROKEN', (socket) => flood(socket, '', 'HTTP/1.1 103 Early Hints\r\n\r\n')],
  ['resets the connection', 'BROKEN', (socket) => socket.resetAndDestroy()],
  ['hangs up', 'BROKEN', (socket) => socket.end()],
  [
    'resets in the middle of its body',
    'BROKEN',
    (socket) => socket.write(`${head}content-length: 99\r\n\r\nabc`, () => socket.resetAndDestroy()),
  ],
  ['hangs up in the middle of its body', 'BROKEN', (socket) => socket.end(`${head}content-length: 99\r\n\r\nabc`)],
  [
    'hangs up in the middle of its chunks',
    'BROKEN',
    (socket) => socket.end(`${head}transfer-encoding: chunked\r\n\r\n5\r\nabc`),
  ],
  ['speaks no HTTP', 'BROKEN', (socket) => socket.end('220 mail.example ESMTP\r\n')],
  ['tells two lengths', 'BROKEN', (socket) => socket.end(`${head}content-length: 3\r\ncontent-length: 4\r\n\r\nabcd`)],
  [
    'tells a length and sends chunks',
    'BROKEN',
    (socket) => socket.end(`${head}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`),
  ],
  [
    'changes the protocol',
    'BROKEN',
    (socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
  ],
  [
    'sends one header of 1 MB',
    'TOO_LARGE',
    (socket) => socket.write(`${head}x-bomb: ${'a'.repeat(1_000_000)}\r\n\r\n`),
  ],
  [
    'sends headers for ever',
    'TOO_LARGE',
    (socket) => flood(socket, head, 'x-bomb: aaaaaaaaaaaaaaaaaaaa\r\n'.repeat(100)),
  ],
  [
    'announces 100 MB and sends them',
    'TOO_LARGE',
    (socket) => flood(socket, `${head}content-length: 104857600\r\n\r\n`, 'a'.repeat(65_536)),
  ],
  [
    'sends chunks for ever',
    'TOO_LARGE',
    (socket) => flood(socket, `${head}transfer-encoding: chunked\r\n\r\n`, `400\r\n${'a'.repeat(1024)}\r\n`.repeat(64)),
  ],
  [
    'sends chunks of one byte for ever',
    'TOO_LARGE',
    (socket) => flood(socket, `${head}transfer-encoding: chunked\r\n\r\n`, '1\r\na\r\n'.repeat(5000)),
  ],
  ['sends a body without end or length', 'TOO_LARGE', (socket) => flood(socket, `${head}\r\n`, 'a'.repeat(65_536))],
];

test.each(broken)('a server that %s fails the request as %s, which it may have carried out', async (_, code, treat) => {
  const { url, requests } = await rawServer(treat);
  // Only what is to run out of time gets little of it: the machine may be slow.
  const limits = { timeoutMs: code === 'TIMED_OUT' ? 1000 : 30_000, maxBytes: 100_000 };
  const failure = await failureOf(client(), post(`${url}?key=secret`, 'secret', { authorization: 'secret' }), limits);
  expect(failure).toMatchObject({ name: 'OutgoingError', code, maybeApplied: true });
  expect(failure.message).not.toContain('secret');
  expect(requests()).toBe(1);
});

test('a body of exactly the limit is read, and of one byte more is not', async () => {
  const url = await webServer((request, response) => response.end('a'.repeat(Number(request.url?.slice(1)))));
  const send = client();
  expect((await send(get(`${url}/1000`), { maxBytes: 1000 })).body.length).toBe(1000);
  expect(await failureOf(send, get(`${url}/1001`), { maxBytes: 1000 })).toMatchObject({ code: 'TOO_LARGE' });
});

const packed: [string, string, Buffer][] = [
  ['gzip', 'gzip', gzipSync('né')],
  ['x-gzip', 'X-GZIP', gzipSync('né')],
  ['deflate', 'deflate', deflateSync('né')],
  ['brotli', 'br', brotliCompressSync('né')],
  ['no form', 'identity', Buffer.from('né')],
];

test.each(packed)('an answer packed as %s is read, though it was not asked for', async (_, encoding, body) => {
  let accepted: unknown;
  const url = await webServer((request, response) => {
    accepted = request.headers['accept-encoding'];
    response.writeHead(200, { 'content-encoding': encoding }).end(body);
  });
  expect((await client()(get(url, { 'Accept-Encoding': 'gzip' }))).body).toBe('né');
  expect(accepted).toBe('identity');
});

const bomb = Buffer.alloc(100 * 1024 * 1024);
const packedBadly: [string, string, string, () => Buffer][] = [
  ['100 MB as gzip', 'gzip', 'TOO_LARGE', () => gzipSync(bomb)],
  ['100 MB as brotli', 'br', 'TOO_LARGE', () => brotliCompressSync(bomb, { params: { 1: 1 } })],
  ['broken gzip', 'gzip', 'BROKEN', () => gzipSync('text that is broken').fill(7, 12)],
  ['half a gzip', 'gzip', 'BROKEN', () => gzipSync('text that is cut short').subarray(0, 20)],
  ['plain text called gzip', 'gzip', 'BROKEN', () => Buffer.from('plain text')],
  ['gzip within gzip', 'gzip, gzip', 'BROKEN', () => gzipSync(gzipSync('text'))],
  ['an unknown form', 'pack200', 'BROKEN', () => Buffer.from('text')],
];

test.each(packedBadly)('an answer that is %s (%s) fails as %s', async (_, encoding, code, body) => {
  const url = await webServer((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body()));
  expect(await failureOf(client(), get(url))).toMatchObject({ code, maybeApplied: true });
});

test('an answer that nobody asked for is not taken for the next one', async () => {
  const one = (body: string) => `${head}content-length: ${body.length}\r\n\r\n${body}`;
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => socket.write(one('true') + one('false')));
  });
  const url = `http://127.0.0.1:${await listening(server)}/`;
  const send = client();
  for (let i = 0; i < 5; i++) {
    const body = await send(get(url)).then(
      (answer) => answer.body,
      (error) => error.code,
    );
    expect(['true', 'BROKEN']).toContain(body);
  }
});
