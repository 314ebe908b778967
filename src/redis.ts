import { createClient } from '@redis/client';

/** Nothing is kept for a Redis that is away, and one that hangs is noticed. Milliseconds. */
const connection = {
  disableOfflineQueue: true,
  commandsQueueMaxLength: 10_000,
  pingInterval: 5000,
  socket: {
    connectTimeout: 2000,
    socketTimeout: 12_000,
    reconnectStrategy: (retries: number) => Math.min(100 * 2 ** retries, 2000),
  },
} as const;

/** A client that connects again and again by itself once `connect` was called; commands fail at once while it is away. */
export const createRedis = (url: string) => createClient({ url, ...connection });
