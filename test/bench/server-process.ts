import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startFlags } from '../support/start-flags.ts';
import { cpuMsOf, peakMegabytesOf } from './process-figures.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const canPin = spawnSync('taskset', ['--version']).status === 0;

/** Node with these words: on one core, where the system can hold it there, or on any. What it logs is thrown away. */
export function startNode(words: string[], core: number | null, settings: Record<string, string> = {}) {
  const [command, args] =
    core !== null && canPin ? ['taskset', ['-c', `${core}`, process.execPath, ...words]] : [process.execPath, words];
  return spawn(command as string, args as string[], {
    cwd: root,
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['pipe', 'pipe', process.env.BENCH_DEBUG ? 'inherit' : 'ignore'],
  });
}

export interface BenchServer {
  url: string;
  /** What it told when it had started. */
  welcome: string;
  cpuMs(): number;
  peakMegabytes(): number;
  stop(): Promise<void>;
}

const addressIn = (written: string) => /Address +(\S+)\s/.exec(written)?.[1];

/** Starts a server and waits until it tells its address. Rejects when it ends before that. */
export async function startServer(
  words: string[],
  core: number | null,
  settings: Record<string, string>,
): Promise<BenchServer> {
  const child = startNode(words, core, settings);
  const pid = child.pid as number;
  const welcome = await new Promise<string>((resolve, reject) => {
    let written = '';
    child.stdout.on('data', (text) => {
      written += text;
      if (addressIn(written)) resolve(written);
    });
    child.on('exit', () => reject(new Error(`${words.at(-1)} did not start; BENCH_DEBUG=1 shows why.`)));
  });
  return {
    url: addressIn(welcome) as string,
    welcome,
    cpuMs: () => cpuMsOf(pid),
    peakMegabytes: () => peakMegabytesOf(pid),
    stop: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** The core of all servers, which take turns on it; requests come from the other one. */
export const serverCore = 0;

/** This product as `npm start` runs it in production, with a limit of requests that nobody meets but that is counted. */
export const startOurs = (settings: Record<string, string>, core: number | null = serverCore) =>
  startServer([...startFlags, 'src/server.ts'], core, { ...production, ...settings });

export const production = { NODE_ENV: 'production', PORT: '0', RATE_LIMIT_PER_CUSTOMER: '1000000000' };

/** Another server of the benchmark, with what Node gives it by itself. */
export const startOther = (file: string, settings: Record<string, string>) =>
  startServer(['--disable-warning=ExperimentalWarning', file], serverCore, { ...settings, NODE_ENV: 'production' });
