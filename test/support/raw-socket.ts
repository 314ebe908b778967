import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A plain connection to a server, of which nothing is known but its address. */
export async function openSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** Sends the bytes and reads whatever comes until the server ends the connection, or for so many milliseconds. */
export async function exchangeBytes(url: string, bytes: string, patienceMs: number) {
  const socket = await openSocket(url);
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
  const closed = once(socket, 'close', { signal: AbortSignal.timeout(patienceMs) }).then(
    () => true,
    () => false,
  );
  socket.write(bytes, 'latin1');
  const ended = await closed;
  socket.destroy();
  return { ended, statuses: [...answer.matchAll(/HTTP\/1\.[01] (\d{3})/g)].map(([, status]) => Number(status)) };
}
