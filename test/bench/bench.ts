import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Measured } from './load.ts';
import { type BenchServer, drive, startServer } from './processes.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import { type BenchWorld, openWorld } from './world.ts';

const { values } = parseArgs({
  options: {
    server: { type: 'string', default: process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres' },
    customers: { type: 'string', default: '100' },
    contacts: { type: 'string', default: '500000' },
    calls: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    json: { type: 'string', default: '' },
  },
});
const tell = (line: string) => process.stderr.isTTY && process.stderr.write(`${line}\n`);
const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;

interface Result {
  scenario: string;
  limit: Measured;
  ours: Measured;
  ratio: number;
  goal: number;
  p99Ratio: number;
  residentMiB: number;
}

/** Limit and ours by turns, so that whatever else the machine does meets both alike. */
async function compare(scenario: Scenario, world: BenchWorld, limit: BenchServer, ours: BenchServer): Promise<Result> {
  const measured: Record<'limit' | 'ours', Measured[]> = { limit: [], ours: [] };
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const [target, server] of [['limit', limit] as const, ['ours', ours] as const]) {
      tell(`${scenario.name}: round ${round + 1}, ${target}`);
      measured[target].push(
        await drive({
          url: server.url,
          scenario: scenario.name,
          target,
          world,
          concurrency: 16,
          warmUpMs: round === 0 ? 3000 : 1000,
          measureMs: Number(values.seconds) * 1000,
          seed: round * 2 + (target === 'ours' ? 1 : 2) + (Date.now() % 1e6),
        }),
      );
    }
  }
  const pairs = measured.ours.map((ours, index) => ({ ours, limit: measured.limit[index] as Measured }));
  const middle = (target: 'limit' | 'ours'): Measured => ({
    perSecond: median(measured[target].map(({ perSecond }) => perSecond)),
    p50Ms: median(measured[target].map(({ p50Ms }) => p50Ms)),
    p99Ms: median(measured[target].map(({ p99Ms }) => p99Ms)),
  });
  return {
    scenario: scenario.name,
    limit: middle('limit'),
    ours: middle('ours'),
    ratio: median(pairs.map(({ ours, limit }) => ours.perSecond / limit.perSecond)),
    goal: scenario.goal,
    p99Ratio: median(pairs.map(({ ours, limit }) => ours.p99Ms / limit.p99Ms)),
    residentMiB: ours.residentMiB(),
  };
}

function table(results: Result[]): string {
  const head = ['what', 'limit/s', 'ours/s', 'ratio', 'goal', 'limit p50/p99 ms', 'ours p50/p99 ms', 'MiB'];
  const ms = ({ p50Ms, p99Ms }: Measured) => `${p50Ms.toFixed(1)} / ${p99Ms.toFixed(1)}`;
  const rows = results.map(({ scenario, limit, ours, ratio, goal, residentMiB }) => [
    scenario,
    limit.perSecond.toFixed(0),
    ours.perSecond.toFixed(0),
    ratio.toFixed(2),
    goal.toFixed(2),
    ms(limit),
    ms(ours),
    residentMiB.toFixed(0),
  ]);
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const size = { customers: Number(values.customers), contacts: Number(values.contacts), calls: Number(values.calls) };
const world = await openWorld(values.server, size, tell);
const settings = { DATABASE_URL: world.databaseUrl, NODE_ENV: 'production', PORT: '0', RATE_LIMIT_PER_CUSTOMER: '0' };
const limit = await startServer('test/bench/limit-server.ts', settings);
const ours = await startServer('src/server.ts', settings);
const results: Result[] = [];
try {
  for (const scenario of scenarios.filter(({ name }) => name.includes(values.only)))
    results.push(await compare(scenario, world, limit, ours));
} finally {
  await Promise.all([limit.stop(), ours.stop()]);
}
process.stdout.write(`${table(results)}\n`);
if (values.json) writeFileSync(values.json, `${JSON.stringify({ date: new Date(), size, results }, null, 2)}\n`);
