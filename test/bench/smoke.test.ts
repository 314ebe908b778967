import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import type { Result } from './comparison.ts';
import type { Judged } from './gates.ts';
import type { Grown } from './growth.ts';
import { scenarios } from './scenarios.ts';
import type { Crowd } from './several-processes.ts';

interface Report {
  results: Result[];
  processes: Crowd[];
  growth: Grown[];
  gates: Judged[];
}

const databaseUrl = process.env.TEST_DATABASE_URL;

test.runIf(databaseUrl)(
  'the benchmark measures everything it is for, though its smoke means nothing',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crm-lookup-bench-smoke-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const json = join(folder, 'report.json');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        'test/bench/bench.ts',
        '--smoke',
        '--server',
        databaseUrl as string,
        '--json',
        json,
      ],
      { cwd: new URL('../..', import.meta.url) },
    );
    const { results, processes, growth, gates }: Report = JSON.parse(readFileSync(json, 'utf8'));
    const names = scenarios.map(({ name }) => name);
    expect(results.map(({ scenario, server }) => [scenario, server])).toEqual(
      names.flatMap((name) => [
        [name, 'limit'],
        [name, 'ours'],
      ]),
    );
    expect(growth.map(({ size }) => size)).toEqual([200, 2000, 200, 2000, 200, 2000]);
    expect(new Set(processes.map((crowd) => crowd.processes))).toEqual(new Set([1, 2]));
    for (const { perSecond, p50Ms, p99Ms } of [...results, ...growth, ...processes]) {
      expect(perSecond).toBeGreaterThan(0);
      expect(p50Ms).toBeGreaterThan(0);
      expect(p99Ms).toBeGreaterThanOrEqual(p50Ms);
    }
    for (const { peakMegabytes } of results) expect(peakMegabytes).toBeGreaterThan(20);
    for (const { what } of gates) expect(stdout).toContain(what);
  },
  300_000,
);
