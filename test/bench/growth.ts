import { type Contender, contest, middle, type Pace } from './contest.ts';
import { type Caller, type Driver, type Measured, startDriver } from './driver.ts';
import { allowedGrowth, type Gate, growthTolerance } from './gates.ts';
import { ratioOf } from './reckoning.ts';
import { type BenchServer, startOurs } from './server-process.ts';
import { table } from './table.ts';
import { type BenchWorld, openWorld } from './world.ts';

/** What must not become slow, by the names of its requests. Pages go by cursor: a count of all calls grows with them. */
const lookups = { search: 'contact search', firstPage: 'first page', deepPage: 'page in the middle' };

/** A request of this product on a database of some size, one at a time. */
export interface Grown extends Measured {
  what: string;
  /** As many contacts, and as many calls, of one customer. */
  size: number;
  /** How many times the latency at the smallest size. */
  growth: number;
  allowed: number;
}

interface Place {
  size: number;
  world: BenchWorld;
  server: BenchServer;
  cursor: string;
}

/** Measures lookups and pages where one customer has few contacts and calls, and where it has millions, by turns. */
export async function measureGrowth(
  {
    server,
    databases,
    sizes,
    pace,
    keep,
  }: { server: string; databases: string; sizes: number[]; pace: Pace; keep: boolean },
  tell: (line: string) => void,
): Promise<Grown[]> {
  const worlds: BenchWorld[] = [];
  const places: Place[] = [];
  const driver = startDriver();
  try {
    for (const size of sizes) {
      tell(`growth: ${size.toLocaleString('en')} contacts and calls of one customer`);
      const world = await openWorld(
        server,
        databases,
        { customers: 1, contacts: size, calls: size, figuresCalls: 0 },
        tell,
      );
      worlds.push(world);
      const started = await startOurs({ DATABASE_URL: world.databaseUrl });
      places.push({ size, world, server: started, cursor: '' });
    }
    for (const place of places) place.cursor = await middleOf(place);
    const grown: Grown[] = [];
    for (const request of Object.keys(lookups) as (keyof typeof lookups)[])
      grown.push(...(await measureAll(request, places, driver, pace, tell)));
    return grown;
  } finally {
    await driver.stop();
    for (const place of places) await place.server.stop();
    for (const world of worlds) await world.close(keep);
  }
}

/** The cursor behind which the older half of the calls lies. */
async function middleOf({ server, world }: Place): Promise<string> {
  const { token } = world.callers[0] as Caller;
  const query = `query ($filter: PhoneCallFilter) { phoneCalls(first: 1, filter: $filter) { pageInfo { endCursor } } }`;
  const answer = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { filter: { startTime: { to: '2026-04-01T00:00:00Z' } } } }),
  });
  const { data } = (await answer.json()) as { data: { phoneCalls: { pageInfo: { endCursor: string } } } };
  return data.phoneCalls.pageInfo.endCursor;
}

async function measureAll(
  request: keyof typeof lookups,
  places: Place[],
  driver: Driver,
  pace: Pace,
  tell: (line: string) => void,
): Promise<Grown[]> {
  const smallest = places[0] as Place;
  const contenders = places.map(
    ({ size, server, cursor, world }): Contender => ({
      name: size.toLocaleString('en'),
      server,
      language: 'rest',
      request,
      about: { cursor, callers: world.callers, size: world.size },
    }),
  );
  const rounds = await contest(driver, contenders, pace, 1, tell);
  const own = ({ size }: Place) => rounds[size.toLocaleString('en')] as Measured[];
  return places.map((place) => ({
    what: lookups[request],
    size: place.size,
    ...middle(own(place)),
    growth: ratioOf(own(place), own(smallest), 'p50Ms'),
    allowed: allowedGrowth(smallest.size, place.size),
  }));
}

export const growthGates = (grown: Grown[]): Gate[] =>
  grown
    .filter(({ size }) => size !== grown[0]?.size)
    .map(({ what, size, growth, allowed }) => ({
      what: `${what}: p50 at ${size.toLocaleString('en')} / p50 at ${grown[0]?.size.toLocaleString('en')}`,
      goal: allowed,
      bound: 'most',
      found: growth,
      unit: '',
    }));

const head = [
  'what',
  'contacts, calls',
  'p50 ms',
  'p99 ms',
  'µs CPU/request',
  'growth of p50',
  'growth of log',
  `with ${growthTolerance * 100} %`,
];

export const growthTable = (grown: Grown[]): string =>
  table(
    head,
    grown.map(({ what, size, p50Ms, p99Ms, cpuMicroseconds, growth, allowed }, index) => [
      what === grown[index - 1]?.what ? '' : what,
      size.toLocaleString('en'),
      p50Ms,
      p99Ms,
      cpuMicroseconds,
      growth,
      allowed / (1 + growthTolerance),
      allowed,
    ]),
  );
