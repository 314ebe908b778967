import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createClient } from '@redis/client';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';
import { temporaryFolder } from './process.ts';

/** A Redis server of a test's own, which can be killed and started again at the same address. */
export interface Redis {
  url: string;
  start(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  signal(name: NodeJS.Signals): void;
}

/** Makes ready to start Debian's `redis-server` on a free port of the loopback address. */
export async function newRedis(): Promise<Redis> {
  const port = await freePort();
  const dir = temporaryFolder();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  const kill = async () => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'close');
  };
  onTestFinished(kill);
  return {
    url,
    kill,
    signal: (name) => void child?.kill(name),
    start: async () => {
      const words = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', dir];
      child = spawn('redis-server', words, { stdio: 'ignore' });
      const failed = once(child, 'error').then(([error]) => {
        const hint = 'The tests need redis-server: install the package "redis-server" (Debian, Ubuntu) or "redis".';
        throw new Error(error.code === 'ENOENT' ? hint : error.message);
      });
      await Promise.race([answers(url), failed]);
    },
  };
}

async function answers(url: string): Promise<void> {
  const client = createClient({ url, socket: { reconnectStrategy: 50 } }).on('error', () => {});
  await client.connect();
  await client.ping();
  client.destroy();
}
