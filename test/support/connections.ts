import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Attempt {
  address: string;
  port: number;
}

/** Sees, until the test ends, every address that the client for other servers begins to connect to. */
export function watchConnections(): () => Attempt[] {
  const attempts: Attempt[] = [];
  const watch = (message: unknown) => {
    // The database is reached by sockets too, but not by this client.
    if (!new Error().stack?.includes('undici')) return;
    const { socket } = message as { socket: Socket };
    socket.on('connectionAttempt', (address, port) => attempts.push({ address, port }));
  };
  subscribe('net.client.socket', watch);
  onTestFinished(() => void unsubscribe('net.client.socket', watch));
  return () => attempts;
}
