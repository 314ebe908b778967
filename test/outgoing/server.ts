import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { onTestFinished } from 'vitest';
import type { OutgoingSetup } from '../../src/outgoing/client.ts';
import { openOutgoing } from '../../src/outgoing/outgoing.ts';
import type { OutgoingError } from '../../src/outgoing/outgoing-error.ts';
import type { OutgoingLimits, OutgoingRequest, Send } from '../../src/outgoing/send.ts';

/** The client under test; it may ask this machine unless told otherwise. */
export function client(setup: Partial<OutgoingSetup> = {}): Send {
  const outgoing = openOutgoing({ allowPrivateTargets: true, ...setup });
  onTestFinished(() => outgoing.close());
  return outgoing.send;
}

export const get = (url: string, headers: Record<string, string> = {}): OutgoingRequest => ({
  method: 'GET',
  url,
  headers,
  body: null,
});

export const post = (url: string, body: string, headers: Record<string, string> = {}): OutgoingRequest => ({
  method: 'POST',
  url,
  headers,
  body,
});

/** What became of a request that is to fail. */
export const failureOf = (send: Send, request: OutgoingRequest, limits?: OutgoingLimits): Promise<OutgoingError> =>
  send(request, limits).then(
    ({ status }) => Promise.reject(new Error(`answered ${status}`)),
    (error) => error,
  );

/** Listens on this machine until the test is over, and answers the port. */
export async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    if ('closeAllConnections' in server) (server.closeAllConnections as () => void)();
  });
  return (server.address() as AddressInfo).port;
}

export const webServer = async (answer: RequestListener) => {
  const port = await listening(createServer(answer));
  return `http://127.0.0.1:${port}`;
};
