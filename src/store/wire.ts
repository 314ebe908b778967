import { type Duplex, duplexPair } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';

/** Connects one more client, speaking PostgreSQL's wire protocol over the stream, to the one embedded session. */
export type ServeConnection = (socket: Duplex) => Promise<void>;

/**
 * Lets several connections share PGlite's single session. What one client sends up to a Sync runs undivided, and a
 * client that opened a transaction keeps the session until it ends it, so nobody ever works inside another's
 * statement or transaction.
 */
export function shareSession(db: PGlite): ServeConnection {
  const session = exclusive();
  return async (socket) => {
    let received: Buffer = Buffer.alloc(0);
    let started = false;
    let release: (() => void) | null = null;
    socket.on('error', () => socket.destroy());
    try {
      for await (const chunk of socket) {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
        if (!started) {
          const startupBytes = startupLength(received);
          if (startupBytes === 0) continue;
          received = received.subarray(startupBytes);
          started = true;
          socket.write(greeting);
        }
        const { end, terminated } = completeBatch(received);
        if (end > 0) {
          release ??= await session();
          // It works in this thread, and one piece of work may follow the other without end: others are heard in between.
          await nextTurn();
          const reply = Buffer.from(await db.execProtocolRaw(received.subarray(0, end)));
          received = received.subarray(end);
          if (!insideTransaction(reply)) {
            release();
            release = null;
          }
          socket.write(reply);
        }
        if (terminated) break;
      }
    } catch {
      // The client went away in the middle of a message; what it left open is undone below.
    } finally {
      if (release) {
        await db.exec('ROLLBACK').catch(() => {});
        release();
      }
      socket.destroy();
    }
  };
}

/** A connection to the session within this process, shaped as the socket that `pg` expects. */
export function connectWithin(serve: ServeConnection): Duplex {
  const [client, server] = duplexPair();
  void serve(server);
  const still = () => client;
  return Object.assign(client, {
    connect: () => {
      setImmediate(() => client.emit('connect'));
      return client;
    },
    setNoDelay: still,
    setKeepAlive: still,
    ref: still,
    unref: still,
  });
}

/** Hands out one key after another, first come first served; the caller gives it back by calling it. */
function exclusive(): () => Promise<() => void> {
  let last: Promise<void> = Promise.resolve();
  return async () => {
    const before = last;
    const { promise, resolve } = Promise.withResolvers<void>();
    last = promise;
    await before;
    return resolve;
  };
}

const message = (type: string, body: Buffer) => {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};

const parameter = (name: string, value: string) => message('S', Buffer.from(`${name}\0${value}\0`));

const greeting = Buffer.concat([
  message('R', Buffer.alloc(4)),
  parameter('server_version', '17.0'),
  parameter('client_encoding', 'UTF8'),
  parameter('DateStyle', 'ISO, MDY'),
  parameter('TimeZone', 'UTC'),
  parameter('integer_datetimes', 'on'),
  parameter('standard_conforming_strings', 'on'),
  message('Z', Buffer.from('I')),
]);

const startupLength = (bytes: Buffer) => {
  if (bytes.length < 8) return 0;
  const length = bytes.readInt32BE(0);
  return bytes.length < length ? 0 : length;
};

/** How many bytes end in a message after which the server must answer: Sync, Query, CopyDone or CopyFail. */
function completeBatch(bytes: Buffer): { end: number; terminated: boolean } {
  let end = 0;
  for (let at = 0; at + 5 <= bytes.length; ) {
    const type = String.fromCharCode(bytes[at] as number);
    if (type === 'X') return { end, terminated: true };
    at += bytes.readInt32BE(at + 1) + 1;
    if (at <= bytes.length && 'SQcf'.includes(type)) end = at;
  }
  return { end, terminated: false };
}

/** Every answer ends with ReadyForQuery, whose last byte is the state of the session: idle, transaction or failed. */
const insideTransaction = (reply: Buffer) => reply.at(-6) === 0x5a && reply.at(-1) !== 0x49;
