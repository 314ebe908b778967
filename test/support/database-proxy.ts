import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WhenDone } from './process.ts';

/** What lies between a server and its database. */
export interface DatabaseProxy {
  port: number;
  /** Nothing comes through any more, nor is anybody told; what was sent meanwhile arrives when it is mended. */
  blackHole(): void;
  /** Every connection is reset, and every new one as well. */
  reset(): void;
  /** Everything arrives so many milliseconds later, in either direction. */
  delay(milliseconds: number): void;
  /** So many bytes come through in ten milliseconds. */
  narrow(bytes: number): void;
  /** Neither end of the connections there are hears of the other any more, for ever; new ones are sound. */
  halfOpen(): void;
  mend(): void;
}

interface Pair {
  sockets: [Socket, Socket];
  dead: boolean;
}

const sound = { hole: false, reset: false, delayMs: 0, bytes: Number.POSITIVE_INFINITY };

/** Puts itself before a port of this machine, at first without any effect. */
export async function startProxy(databasePort: number, whenDone: WhenDone): Promise<DatabaseProxy> {
  let weather = sound;
  const pairs = new Set<Pair>();

  async function carry(pair: Pair, from: Socket, to: Socket): Promise<void> {
    for await (const chunk of from) {
      const { delayMs, bytes } = weather;
      if (delayMs > 0) await sleep(delayMs);
      for (let rest: Buffer = chunk; rest.length > 0; rest = rest.subarray(bytes)) {
        await clear(pair);
        if (!to.writable) return;
        to.write(rest.subarray(0, bytes));
        if (rest.length > bytes) await sleep(10);
      }
    }
    await clear(pair);
    to.end();
  }

  /** Resolves when there is a way through. */
  async function clear(pair: Pair): Promise<void> {
    while ((weather.hole || pair.dead) && pairs.has(pair)) await sleep(5);
  }

  async function join(client: Socket): Promise<void> {
    if (weather.reset) return void client.resetAndDestroy();
    const database = connect(databasePort, '127.0.0.1');
    const pair: Pair = { sockets: [client, database], dead: false };
    pairs.add(pair);
    const broken = async () => {
      await clear(pair);
      for (const socket of pair.sockets) socket.destroy();
    };
    for (const socket of pair.sockets) socket.setNoDelay().on('error', broken);
    await Promise.all([carry(pair, client, database), carry(pair, database, client)]).catch(broken);
    pairs.delete(pair);
  }

  const door = createServer({ allowHalfOpen: true }, (client) => void join(client)).listen(0, '127.0.0.1');
  await once(door, 'listening');
  const end = (how: (socket: Socket) => void) => {
    for (const pair of pairs) {
      pairs.delete(pair);
      for (const socket of pair.sockets) how(socket);
    }
  };
  whenDone(async () => {
    end((socket) => socket.destroy());
    door.close();
    await once(door, 'close');
  });
  return {
    port: (door.address() as AddressInfo).port,
    blackHole: () => {
      weather = { ...sound, hole: true };
    },
    reset: () => {
      weather = { ...sound, reset: true };
      end((socket) => socket.resetAndDestroy());
    },
    delay: (delayMs) => {
      weather = { ...sound, delayMs };
    },
    narrow: (bytes) => {
      weather = { ...sound, bytes };
    },
    halfOpen: () => {
      for (const pair of pairs) pair.dead = true;
    },
    mend: () => {
      weather = sound;
    },
  };
}
