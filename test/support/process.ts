import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface RunningServer {
  url: string;
  token: string;
  pid: number;
  /** Everything it has written until now. */
  readonly stdout: string;
  readonly stderr: string;
  signal(name: NodeJS.Signals): void;
  /** Resolves when the process is gone, by itself or after a signal. */
  ended: Promise<Ended>;
}

/** A folder of its own, removed after the test or file that asked for it. */
export function temporaryFolder(whenDone: (clean: () => void) => void = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'crm-lookup-process-'));
  whenDone(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Runs one of the program's files with these settings and no others. */
export function run(file: 'src/server.ts' | 'src/admin.ts', words: string[], settings: Record<string, string>) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, ...words], {
    cwd: root,
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => (written.stdout += text));
  child.stderr.on('data', (text) => (written.stderr += text));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...written }) as Ended);
  return { child, written, ended };
}

/** Starts a server on a free port and waits until it welcomes; it is ended at the latest when `whenDone` says so. */
export async function startServer(
  settings: Record<string, string>,
  whenDone: (clean: () => Promise<void>) => void = onTestFinished,
): Promise<RunningServer> {
  const { child, written, ended } = run('src/server.ts', [], { PORT: '0', ...settings });
  whenDone(async () => {
    if (isRunning(child)) child.kill('SIGKILL');
    await ended;
  });
  while (!written.stdout.includes('Ctrl-C ends it.')) {
    if (!isRunning(child)) throw new Error(`The server did not start: ${(await ended).stderr}`);
    await Promise.race([once(child.stdout as NodeJS.ReadableStream, 'data'), ended]);
  }
  return {
    url: /Address +(\S+)/.exec(written.stdout)?.[1] ?? '',
    token: /Token +(\S+)/.exec(written.stdout)?.[1] ?? '',
    pid: child.pid as number,
    get stdout() {
      return written.stdout;
    },
    get stderr() {
      return written.stderr;
    },
    signal: (name) => void child.kill(name),
    ended,
  };
}

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;
