import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startFlags } from './start-flags.ts';

const root = new URL('../..', import.meta.url).pathname;

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface RunningServer {
  pid: number;
  url: string;
  token: string;
  /** What it has told whoever started it until now. */
  readonly stdout: string;
  signal(name: NodeJS.Signals): void;
  /** Resolves when the process is gone, by itself or after a signal. */
  ended: Promise<Ended>;
}

/** How to have something cleaned away: after the test, or with `afterAll` after the file. */
export type WhenDone = (clean: () => Promise<void>) => void;

/** A folder of its own. */
export function temporaryFolder(whenDone: WhenDone = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'crm-lookup-process-'));
  whenDone(async () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Runs one of the program's files with these settings and no others, and this on its standard input, at the longest until `whenDone` says so. */
export function run(
  file: 'src/server.ts' | 'src/admin.ts',
  words: string[],
  settings: Record<string, string>,
  whenDone: WhenDone = onTestFinished,
  input = '',
) {
  const env = { PATH: process.env.PATH, ...settings };
  return launch([process.execPath, ...startFlags, file, ...words], { cwd: root, env }, whenDone, input);
}

/** Runs a command with this on its standard input, at the longest until `whenDone` says so. */
export function launch(
  [command = '', ...words]: string[],
  surroundings: { cwd: string; env: NodeJS.ProcessEnv; uid?: number | undefined; gid?: number | undefined },
  whenDone: WhenDone = onTestFinished,
  input = '',
) {
  const child = spawn(command, words, { ...surroundings, stdio: 'pipe' });
  child.stdin.on('error', () => {}).end(input);
  const written = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => (written.stdout += text));
  child.stderr.on('data', (text) => (written.stderr += text));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...written }) as Ended);
  whenDone(async () => {
    if (isRunning(child)) child.kill('SIGKILL');
    await ended;
  });
  return { child, written, ended };
}

/** Starts a server on a free port and waits until it welcomes. */
export async function startServer(settings: Record<string, string>, whenDone?: WhenDone): Promise<RunningServer> {
  return welcomed(run('src/server.ts', [], { PORT: '0', ...settings }, whenDone));
}

/** Waits until a server that was launched welcomes. */
export async function welcomed({ child, written, ended }: ReturnType<typeof launch>): Promise<RunningServer> {
  while (!written.stdout.includes('Ctrl-C ends it.')) {
    if (!isRunning(child)) throw new Error(`The server did not start: ${(await ended).stderr}`);
    await Promise.race([once(child.stdout, 'data'), ended]);
  }
  return {
    pid: child.pid as number,
    url: /Address +(\S+)/.exec(written.stdout)?.[1] ?? '',
    token: /Token +(\S+)/.exec(written.stdout)?.[1] ?? '',
    get stdout() {
      return written.stdout;
    },
    signal: (name) => void child.kill(name),
    ended,
  };
}

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;
