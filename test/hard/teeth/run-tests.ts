import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Sabotage } from './sabotages.ts';
import type { Tree } from './tree.ts';

/** How one test ended. */
export interface Ended {
  file: string;
  name: string;
  status: string;
  messages: string[];
}

const longestMs = 300_000;

/** Runs the tests of these sabotages, which need the same database, in the tree; answers nothing of those left out. */
export async function runTests({ folder }: Tree, tried: Sabotage[]): Promise<Ended[]> {
  const ended: Ended[] = [];
  for (const hard of [false, true]) {
    const tests = tried.map(({ test }) => test).filter(({ file }) => file.endsWith('.hard.ts') === hard);
    if (tests.length > 0) ended.push(...(await runVitest(folder, hard, tests, tried[0]?.database)));
  }
  return ended;
}

async function runVitest(
  folder: string,
  hard: boolean,
  tests: Sabotage['test'][],
  database: Sabotage['database'],
): Promise<Ended[]> {
  const report = join(folder, 'report.json');
  rmSync(report, { force: true });
  const { TEST_DATABASE_URL, CI: _, HARD_SCALE: __, ...environment } = process.env;
  const words = [
    join(folder, 'node_modules/vitest/vitest.mjs'),
    'run',
    ...['--config', hard ? '.config/hard.ts' : '.config/vitest.ts'],
    ...['--reporter', 'json', '--outputFile', report],
    ...['-t', tests.map(({ title }) => title.replace(/[^\w\s’]/g, '\\$&')).join('|')],
    ...new Set(tests.map(({ file }) => file)),
  ];
  const env = { ...environment, ...(database && { TEST_DATABASE_URL }) };
  // How it ends stands in the report.
  await new Promise((resolve) =>
    execFile(process.execPath, words, { cwd: folder, env, timeout: longestMs, maxBuffer: 1e9 }, resolve),
  );
  if (!existsSync(report)) return [];
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  return testResults.flatMap(({ name, message, assertionResults }) => [
    ...assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ fullName, status, failureMessages }) => ({
        file: name.slice(folder.length + 1),
        name: fullName,
        status,
        messages: failureMessages ?? [],
      })),
    ...(message ? [{ file: name.slice(folder.length + 1), name: '', status: 'broken', messages: [message] }] : []),
  ]);
}

interface Report {
  testResults: {
    name: string;
    message?: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
  }[];
}
