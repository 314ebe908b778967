import { once } from 'node:events';
import { createServer, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { refusalOf } from './refused-request.ts';

export interface HttpServer {
  /** Where it can be reached from where it listens, without a slash at its end. */
  address: string;
  /** Takes no new connections, and ends when the requests in flight are answered, or were too slow. */
  drain(): Promise<void>;
}

/** How long requests in flight may still take after the server was told to stop, in milliseconds. */
const drainMs = 9000;

/** Slow or silent clients are cut off, so that they cannot hold connections. Milliseconds and bytes. */
const serverOptions = {
  headersTimeout: 5000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 250,
  // Proxies keep a connection for a minute. It is for them to end it: a request must not meet one that we just ended.
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16 * 1024,
} satisfies ServerOptions;

/** More at once are somebody's mistake or malice, and are ended as they come, so that there is memory for the others. */
const maxConnections = 10_000;

/** So many connections may wait to be taken, if the system allows it; one that finds no room is tried again a second later. */
const backlog = 4096;

/** Listens for HTTP, and hands `fetch` the requests that can be read in one way only. Throws what listening throws. */
export async function listen(
  fetch: Parameters<typeof getRequestListener>[0],
  { host, port }: { host: string; port: number },
): Promise<HttpServer> {
  const answer = getRequestListener(fetch);
  // By connection: of a set that changes with every request, the engine would keep all that had been in it for seconds.
  const awaited = new Map<Socket, ServerResponse | null>();
  const inFlight = () => [...awaited.values()].filter((outgoing) => outgoing !== null);
  const refused = new WeakSet<Socket>();
  const server = createServer(serverOptions, (incoming, outgoing) => {
    // What follows a refused request on its connection may be a part of it.
    const { socket } = incoming;
    if (refused.has(socket)) return;
    awaited.set(socket, outgoing);
    outgoing.on('close', () => {
      if (awaited.get(socket) === outgoing) awaited.set(socket, null);
    });
    if (!server.listening) outgoing.shouldKeepAlive = false;
    const refusal = refusalOf(incoming);
    if (!refusal) return void answer(incoming, outgoing);
    refused.add(socket);
    refuse(outgoing, refusal);
  });
  server.maxConnections = maxConnections;
  // Their bytes are bounded. Of those above a number, Node would drop the last without a word.
  server.maxHeadersCount = 0;
  server.on('connection', (socket) => {
    awaited.set(socket, null);
    socket.on('close', () => awaited.delete(socket));
  });
  server.on('connect', (_, socket) => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'));
  server.listen({ port, host, backlog });
  await once(server, 'listening');
  return {
    address: addressOf(server, host),
    drain: async () => {
      const closed = once(server, 'close');
      server.close();
      // Read when the head is written: so the answer says that it is the last one, and ends its connection.
      for (const outgoing of inFlight()) outgoing.shouldKeepAlive = false;
      const late = AbortSignal.timeout(drainMs);
      // A request that had half arrived may join them meanwhile.
      while (inFlight().length > 0 && !late.aborted) {
        await Promise.allSettled(inFlight().map((outgoing) => once(outgoing, 'close', { signal: late })));
      }
      // What is left are connections on which nobody waits for an answer.
      server.closeAllConnections();
      await closed;
    },
  };
}

function refuse(outgoing: ServerResponse, message: string): void {
  outgoing.writeHead(400, { 'Content-Type': 'application/json', Connection: 'close' });
  outgoing.end(JSON.stringify({ message, error: 'bad_request' }));
}

function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
