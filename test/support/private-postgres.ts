import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';
import { onDatabase } from './own-database.ts';
import { temporaryFolder, type WhenDone } from './process.ts';

/** A PostgreSQL server that a test may treat as it likes. */
export interface PrivatePostgres {
  url: string;
  port: number;
  /** Ends its first process at once, as a crash would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Starts it on the same files, and waits until it answers. */
  start(): Promise<void>;
}

const debianFolder = '/usr/lib/postgresql';

/** Where the programs of the newest PostgreSQL of this machine are. */
function programs(): string {
  const versions = existsSync(debianFolder) ? readdirSync(debianFolder).toSorted((a, b) => Number(b) - Number(a)) : [];
  const found = versions
    .map((version) => join(debianFolder, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
  if (!found) throw new Error('This needs the programs of PostgreSQL, such as those of the Debian package postgresql.');
  return found;
}

const idOf = (kind: '-u' | '-g') => Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }));

/** PostgreSQL refuses to run as root. */
const account = () => (process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {});

/** Makes a cluster in a folder of its own, as durable as PostgreSQL is by itself, and starts it on a port of its own. */
export async function startPostgres(
  settings: Record<string, string | number> = {},
  whenDone: WhenDone = onTestFinished,
): Promise<PrivatePostgres> {
  const bin = programs();
  const folder = temporaryFolder(whenDone);
  const { uid, gid } = account();
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  const options = { cwd: folder, uid, gid };
  const data = join(folder, 'data');
  const words = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
  execFileSync(join(bin, 'initdb'), words, { ...options, stdio: 'ignore' });
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const given = { listen_addresses: '127.0.0.1', port, unix_socket_directories: folder, ...settings };
  const flags = Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const launch = () => spawn(join(bin, 'postgres'), ['-D', data, ...flags], { ...options, stdio: 'ignore' });
  let server: ChildProcess;

  const gone = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;
  async function end(signal: NodeJS.Signals): Promise<void> {
    if (gone(server)) return;
    server.kill(signal);
    await once(server, 'exit');
  }
  /** It refuses to start while a process of the one that was killed is still there. */
  async function start(): Promise<void> {
    server = launch();
    while (!(await onDatabase(url, 'SELECT 1').catch(() => null))) {
      if (gone(server)) server = launch();
      await sleep(50);
    }
  }
  whenDone(() => end('SIGQUIT'));
  await start();
  return { url, port, start, kill: () => end('SIGKILL') };
}
