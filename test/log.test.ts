import { once } from 'node:events';
import { expect, test } from 'vitest';
import { launch } from './support/process.ts';
import { startFlags } from './support/start-flags.ts';

const root = new URL('..', import.meta.url).pathname;

/** Logs 100,000 lines of 250 bytes at once, and says so. */
const talkative = `
  import { closeLog, openLog } from './src/log.ts';
  const log = openLog('info');
  for (let line = 0; line < 100_000; line++) log.info({ line }, 'x'.repeat(200));
  process.stdout.write('said');
  setTimeout(() => closeLog(log), 300);
`;

const words = [process.execPath, ...startFlags, '--input-type=module', '--eval', talkative];

test('of what nobody reads 8 MiB of whole lines are kept, the first', async () => {
  const { child, ended } = launch(words, { cwd: root, env: {} });
  child.stderr.pause();
  await once(child.stdout, 'data');
  child.stderr.resume();
  const { code, stderr } = await ended;
  expect(code).toBe(0);
  const lines = stderr
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text).line);
  expect(lines).toEqual(lines.map((_, at) => at));
  expect(stderr.length).toBeGreaterThan(8_000_000);
  expect(stderr.length).toBeLessThan(8.5 * 1024 * 1024);
});

test('whoever reads slowly is waited for as long as they go on reading', async () => {
  const { child, ended } = launch(words, { cwd: root, env: {} });
  child.stderr.pause();
  await once(child.stdout, 'data');
  child.stderr.on('data', () => {
    child.stderr.pause();
    setTimeout(() => child.stderr.resume(), 20);
  });
  child.stderr.resume();
  const began = performance.now();
  const { code, stderr } = await ended;
  expect(performance.now() - began).toBeGreaterThan(1500);
  expect({ code, whole: stderr.length > 8_000_000 }).toEqual({ code: 0, whole: true });
});
