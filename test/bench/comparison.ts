import { type Contender, contest, middle, type Rounds } from './contest.ts';
import type { Driver, Measured } from './driver.ts';
import type { Gate } from './gates.ts';
import type { options } from './options.ts';
import { ratioOf } from './reckoning.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import type { BenchServer } from './server-process.ts';
import { table } from './table.ts';
import type { BenchWorld } from './world.ts';

/** A server that is compared, and in whose words it is asked. */
export interface Compared {
  server: BenchServer;
  language: string;
  /** Peers are asked for nothing but GraphQL. */
  graphqlOnly?: boolean;
}

/** What one server did in one scenario. */
export interface Result extends Measured {
  scenario: string;
  server: string;
  /** Throughput and the slowest hundredth, as shares of the limit's. */
  ratio: number;
  p99Ratio: number;
  /** Of the whole run until then. */
  peakMegabytes: number;
}

/** Drives every scenario against the limit, ours and the peers by turns. */
export async function compare(
  driver: Driver,
  servers: Record<string, Compared>,
  world: BenchWorld,
  { pace, concurrency, only }: Pick<typeof options, 'pace' | 'concurrency' | 'only'>,
  tell: (line: string) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const scenario of scenarios.filter(({ name }) => name.includes(only))) {
    const contenders = Object.entries(servers)
      .filter(([, { graphqlOnly }]) => !graphqlOnly || (scenario.graphql && scenario.work !== 'figures'))
      .map(([name, compared]) => contender(scenario, name, compared, world));
    const rounds = await contest(driver, contenders, pace, scenario.concurrency ?? concurrency, tell);
    results.push(...contenders.map(({ name, server }) => result(scenario, name, server, rounds)));
  }
  return results;
}

/** The product has a request of its own for each scenario; others are asked for the same work in their words. */
const contender = (
  { name: scenario, work }: Scenario,
  name: string,
  { server, language }: Compared,
  { callers, figures, size }: BenchWorld,
): Contender => ({
  name,
  server,
  language,
  request: language === 'ours' ? scenario : work,
  about: { callers: work === 'figures' ? [figures] : callers, size, cursor: '' },
});

function result({ name: scenario }: Scenario, name: string, server: BenchServer, rounds: Rounds): Result {
  const [own, limits] = [rounds[name] as Measured[], rounds.limit as Measured[]];
  return {
    scenario,
    server: name,
    ...middle(own),
    ratio: ratioOf(own, limits, 'perSecond'),
    p99Ratio: ratioOf(own, limits, 'p99Ms'),
    peakMegabytes: server.peakMegabytes(),
  };
}

const scenarioOf = (result: Result) => scenarios.find(({ name }) => name === result.scenario) as Scenario;

/** What this product promised of itself. */
export function gatesOf(results: Result[]): Gate[] {
  const ours = results.filter(({ server }) => server === 'ours');
  const peak = Math.max(...ours.map(({ peakMegabytes }) => peakMegabytes));
  return [
    ...ours.flatMap((result): Gate[] => {
      const { goal, goalMs } = scenarioOf(result);
      return [
        ...(goal ? [gate(`${result.scenario}: throughput / limit`, goal, 'least', result.ratio)] : []),
        ...(goalMs ? [gate(`${result.scenario}: p50`, goalMs, 'most', result.p50Ms, 'ms')] : []),
        gate(`${result.scenario}: p99 / limit's p99`, 3, 'most', result.p99Ratio),
      ];
    }),
    gate('most memory under load', 300, 'most', peak, 'MB'),
  ];
}

const gate = (what: string, goal: number, bound: Gate['bound'], found: number, unit = ''): Gate => ({
  what,
  goal,
  bound,
  found,
  unit,
});

const head = [
  'what',
  'server',
  'requests/s',
  'ratio',
  'goal',
  'p50 ms',
  'p99 ms',
  'p99 ratio',
  'µs CPU/request',
  'peak MB',
];

export const comparisonTable = (results: Result[]): string =>
  table(
    head,
    results.map((result, index) => [
      result.scenario === results[index - 1]?.scenario ? '' : result.scenario,
      result.server,
      result.perSecond,
      result.ratio,
      result.server === 'ours' ? scenarioOf(result).goal : undefined,
      result.p50Ms,
      result.p99Ms,
      result.p99Ratio,
      result.cpuMicroseconds,
      result.peakMegabytes,
    ]),
  );
