import { writeFileSync } from 'node:fs';
import { coldStartInFolder, coldStartOnServer } from './cold-start.ts';
import { type Compared, compare, comparisonTable, gatesOf, type Result } from './comparison.ts';
import { startDriver } from './driver.ts';
import { type Gate, judge } from './gates.ts';
import { machineOf } from './machine.ts';
import { options, tell } from './options.ts';
import { startOther, startOurs } from './server-process.ts';
import { gatesTable } from './table.ts';
import { type BenchWorld, openWorld } from './world.ts';

/** The limit, ours and, where they are asked for, the peers, all started on this world. */
async function startAll({ databaseUrl }: BenchWorld): Promise<Record<string, Compared>> {
  const settings = { DATABASE_URL: databaseUrl };
  return {
    limit: { server: await startOther('test/bench/limit-server.ts', settings), language: 'limit', graphqlOnly: false },
    ours: { server: await startOurs(settings), language: 'ours', graphqlOnly: false },
  };
}

async function compareOn(world: BenchWorld): Promise<Result[]> {
  const servers = await startAll(world);
  const driver = startDriver();
  try {
    return await compare(driver, servers, world, options, tell);
  } finally {
    await Promise.all([driver.stop(), ...Object.values(servers).map(({ server }) => server.stop())]);
  }
}

const print = (text: string) => process.stdout.write(`\n${text}\n`);

const world = await openWorld(options.server, options.databases, options.size, tell);
const gates: Gate[] = [];
let results: Result[];
try {
  gates.push(await coldStartOnServer(world, options.coldStarts, tell));
  if (options.embedded) gates.push(await coldStartInFolder(options.coldStarts, tell));
  results = await compareOn(world);
  gates.unshift(...gatesOf(results));
  print(comparisonTable(results));
} finally {
  await world.close(options.keep);
}
const judged = gates.map(judge);
print(gatesTable(judged));
const report = { date: new Date(), machine: await machineOf(options.server), options, results, gates: judged };
if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
