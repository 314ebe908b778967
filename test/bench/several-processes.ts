import { startFlags } from '../support/start-flags.ts';
import { type Contender, contest, middle, type Pace } from './contest.ts';
import { type Measured, startDriver } from './driver.ts';
import { ratioOf } from './reckoning.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import { type BenchServer, production, startServer } from './server-process.ts';
import { table } from './table.ts';
import type { BenchWorld } from './world.ts';

const counts = [1, 2];

/** What so many processes of this product did together. */
export interface Crowd extends Measured {
  scenario: string;
  processes: number;
  /** How many times the throughput of one process. */
  ratio: number;
}

/**
 * One and two processes of this product behind one port, by turns. Nothing is held on a core: on a machine with two of them, two
 * processes share them with PostgreSQL and with the process that makes the requests.
 */
export async function measureProcesses(
  world: BenchWorld,
  { pace, concurrency, only, redis }: { pace: Pace; concurrency: number; only: string; redis: string },
  tell: (line: string) => void,
): Promise<Crowd[]> {
  const driver = startDriver(null);
  const servers: BenchServer[] = [];
  try {
    for (const count of counts)
      servers.push(
        await startServer(['test/bench/cluster.ts', `${count}`, ...startFlags], null, {
          ...production,
          DATABASE_URL: world.databaseUrl,
          REDIS_URL: redis,
        }),
      );
    const crowds: Crowd[] = [];
    for (const scenario of scenarios.filter(({ name, work }) => work !== 'figures' && name.includes(only))) {
      const contenders = servers.map((server, index) => contender(scenario, server, counts[index] as number, world));
      const rounds = await contest(driver, contenders, pace, concurrency, tell);
      crowds.push(...counts.map((count) => crowd(scenario, count, rounds)));
    }
    return crowds;
  } finally {
    await driver.stop();
    await Promise.all(servers.map((server) => server.stop()));
  }
}

const contender = (
  { name }: Scenario,
  server: BenchServer,
  count: number,
  { callers, size }: BenchWorld,
): Contender => ({
  name: `${count}`,
  server,
  language: 'ours',
  request: name,
  about: { callers, size, cursor: '' },
});

function crowd({ name }: Scenario, processes: number, rounds: Record<string, Measured[]>): Crowd {
  const own = rounds[processes] as Measured[];
  return { scenario: name, processes, ...middle(own), ratio: ratioOf(own, rounds[1] as Measured[], 'perSecond') };
}

export const processesTable = (crowds: Crowd[]): string =>
  table(
    ['what', 'processes', 'requests/s', 'ratio', 'p50 ms', 'p99 ms', 'µs CPU/request'],
    crowds.map((crowd, index) => [
      crowd.scenario === crowds[index - 1]?.scenario ? '' : crowd.scenario,
      `${crowd.processes}`,
      crowd.perSecond,
      crowd.ratio,
      crowd.p50Ms,
      crowd.p99Ms,
      crowd.cpuMicroseconds,
    ]),
  );
