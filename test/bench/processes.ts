import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Measured, Round } from './load.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const canPin = spawnSync('taskset', ['--version']).status === 0;

/** A process of its own core, where the system can hold it there. */
function start(core: number, file: string, settings: Record<string, string>) {
  const words = ['--disable-warning=ExperimentalWarning', file];
  const [command, args] = canPin
    ? ['taskset', ['-c', String(core), process.execPath, ...words]]
    : [process.execPath, words];
  return spawn(command as string, args as string[], {
    cwd: root,
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['pipe', 'pipe', process.env.BENCH_DEBUG ? 'inherit' : 'ignore'],
  });
}

export interface BenchServer {
  url: string;
  /** Memory that is resident now, in MiB. */
  residentMiB(): number;
  /** Milliseconds from its start until it told its address. */
  startedMs: number;
  stop(): Promise<void>;
}

export async function startServer(file: string, settings: Record<string, string>): Promise<BenchServer> {
  const began = performance.now();
  const child = start(0, file, settings);
  let written = '';
  for await (const text of child.stdout) {
    written += text;
    const address = /Address +(\S+)/.exec(written)?.[1];
    if (!address) continue;
    child.stdout.resume();
    return {
      url: address,
      startedMs: performance.now() - began,
      residentMiB: () =>
        Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
      stop: async () => {
        child.kill('SIGTERM');
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      },
    };
  }
  throw new Error(`${file} did not start.`);
}

/** Drives one round from the other core. */
export async function drive(round: Round): Promise<Measured> {
  const child = start(1, 'test/bench/load.ts', {});
  child.stdin.end(JSON.stringify(round));
  let written = '';
  for await (const text of child.stdout) written += text;
  if (!written) throw new Error(`${round.scenario} against ${round.target} was not answered as it should be.`);
  return JSON.parse(written) as Measured;
}
