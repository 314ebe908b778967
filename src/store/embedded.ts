import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import { PGlite } from '@electric-sql/pglite';
import { lockFolder } from './lock.ts';
import { connectWithin, shareSession } from './wire.ts';

export interface EmbeddedDatabase {
  /** A new connection, for `pg` to speak over. */
  stream: () => Duplex;
  close(): Promise<void>;
}

/** What is not in these is in the system's own, from where it is as quickly read; PGlite touches all of them as it starts. */
const buffers = '32MB';

/** The folder's database is already open in another process. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/**
 * Opens the database of a folder, creating it if need be, and lets other local processes join through a socket.
 * Throws `FolderInUse` when another process has it open. A killed process loses nothing; a power cut can cost the
 * last seconds, because PGlite does not force its writes to the disk.
 */
export async function openFolder(folder: string): Promise<EmbeddedDatabase> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = lockFolder(folder);
  if (!lock) throw new FolderInUse(`The data folder ${folder} is in use by another process.`);
  const db = await PGlite.create({
    dataDir: join(folder, 'postgres'),
    startParams: [...PGlite.defaultStartParams, '-c', `shared_buffers=${buffers}`],
  }).catch((error) => {
    lock.release();
    throw error;
  });
  const serve = shareSession(db);
  const guests = new Set<Socket>();
  const door = createServer((guest) => {
    guests.add(guest.once('close', () => guests.delete(guest)));
    void serve(guest);
  });
  const path = socketPath(folder);
  rmSync(path, { force: true });
  await new Promise<void>((listening, failed) => door.once('error', failed).listen(path, listening));
  chmodSync(path, 0o600);
  return {
    stream: () => connectWithin(serve),
    close: async () => {
      for (const guest of guests) guest.destroy();
      await new Promise((closed) => door.close(closed));
      await db.close();
      lock.release();
    },
  };
}

/** Joins the database that another process has open, over that process's socket. */
export const joinFolder = (folder: string): EmbeddedDatabase => ({
  stream: () => lazySocket(socketPath(folder)),
  close: async () => {},
});

/** `pg` asks its stream for a host and port; this one goes to the socket whatever it asks for. */
function lazySocket(path: string): Duplex {
  const socket = connect(path);
  return Object.assign(socket, { connect: () => socket });
}

/** Beside the data; but the operating system allows only about a hundred characters, so a deep folder's lies elsewhere. */
function socketPath(folder: string): string {
  const beside = join(resolve(folder), 'socket');
  if (Buffer.byteLength(beside) < 100) return beside;
  const name = createHash('sha256').update(beside).digest('hex').slice(0, 16);
  return join(tmpdir(), `crm-lookup-${name}.sock`);
}
