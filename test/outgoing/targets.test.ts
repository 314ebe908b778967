import { createServer, isIPv6 } from 'node:net';
import { expect, test } from 'vitest';
import { type Resolve, systemResolve } from '../../src/outgoing/connect.ts';
import { client, failureOf, get, listening, webServer } from './server.ts';
import { addresses, noTargets, notPublic, thisMachine } from './targets.ts';

const found = (...texts: string[]) => texts.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));

const resolve: Resolve = async (name) => {
  const known = addresses[name];
  return known ? found(...known) : systemResolve(name);
};

/** A server of this machine that counts who connects, whatever they say. */
async function canary() {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.end('HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n');
  });
  const port = await listening(server);
  return { at: (url: string) => url.replace('PORT', String(port)), connections: () => connections };
}

test('no form of an address and no name leads to a machine that is not public', async () => {
  const { at, connections } = await canary();
  const send = client({ allowPrivateTargets: false, resolve });
  const targets = [...thisMachine, ...notPublic].map(at);
  const outcomes = await Promise.all(
    targets.map(async (url) => {
      const { code, maybeApplied } = await failureOf(send, get(url));
      return { url, code, maybeApplied };
    }),
  );
  expect(targets.length).toBeGreaterThan(80);
  expect(outcomes).toEqual(targets.map((url) => ({ url, code: 'FORBIDDEN', maybeApplied: false })));
  expect(connections()).toBe(0);
});

test('every form of this machine that is refused is one that leads there', async () => {
  const { at, connections } = await canary();
  const send = client({ resolve });
  for (const target of thisMachine) expect([target, (await send(get(at(target)))).status]).toEqual([target, 204]);
  expect(connections()).toBe(thisMachine.length);
});

test('nothing is sent to what is no plain address of the web, even where every machine may be asked', async () => {
  const { at, connections } = await canary();
  const send = client();
  for (const target of noTargets) {
    const { code, maybeApplied, message } = await failureOf(send, get(at(target)));
    expect([target, code, maybeApplied]).toEqual([target, 'FORBIDDEN', false]);
    expect(message).not.toContain('secret');
  }
  expect(connections()).toBe(0);
});

test('a name is connected to under the address that was checked, and checked again for each connection', async () => {
  const { at, connections } = await canary();
  // 3ffe::/16 is public by its number, and nobody's since 2006.
  const answers = [found('3ffe::1'), found('127.0.0.1'), found('3ffe::1', '127.0.0.1')];
  let asked = 0;
  const rebinding: Resolve = async () => answers[asked++] ?? [];
  const send = client({ allowPrivateTargets: false, resolve: rebinding });
  const attempt = async () => (await failureOf(send, get(at('http://rebinding.test:PORT/')), { timeoutMs: 300 })).code;
  const codes = [await attempt(), await attempt(), await attempt(), await attempt()];
  expect(asked).toBe(4);
  expect(codes[0]).toMatch(/UNREACHABLE|TIMED_OUT/);
  expect(codes[1]).toBe('FORBIDDEN');
  expect(codes[2]).toMatch(/UNREACHABLE|TIMED_OUT/);
  expect(codes[3]).toBe('FORBIDDEN');
  expect(connections()).toBe(0);
});

test('a redirect is an answer, and nobody goes where it points', async () => {
  const { at, connections } = await canary();
  for (const location of ['http://169.254.169.254/latest/meta-data/', at('http://127.0.0.1:PORT/'), '/again']) {
    let requests = 0;
    const url = await webServer((_, response) => {
      requests++;
      response.writeHead(307, { location }).end('elsewhere');
    });
    const answer = await client()(get(url));
    expect([answer.status, answer.headers.location, answer.body, requests]).toEqual([307, location, 'elsewhere', 1]);
  }
  expect(connections()).toBe(0);
});
