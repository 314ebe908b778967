import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { Found, Load } from './load-generator.ts';

/** Generates load from a process of its own, so that what is measured is the server and not the test. */
export async function generateLoad(load: Load): Promise<Found> {
  const file = new URL('load-generator.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  onTestFinished(async () => {
    if (child.exitCode === null) child.kill('SIGKILL');
    await closed;
  });
  child.stdin.end(JSON.stringify(load));
  return JSON.parse(await text(child.stdout));
}

/** How many answers had none of these statuses. */
export const othersThan = ({ answers }: Found, ...expected: number[]): number =>
  Object.entries(answers)
    .filter(([status]) => !expected.includes(Number(status)))
    .reduce((total, [, count]) => total + count, 0);
