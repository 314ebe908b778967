import { text } from 'node:stream/consumers';
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
