import { writeFileSync } from 'node:fs';
import { coldStartInFolder, coldStartOnServer } from './cold-start.ts';
import { type Compared, compare, comparisonTable, gatesOf } from './comparison.ts';
import { startDriver } from './driver.ts';
import { type Gate, judge } from './gates.ts';
import { growthGates, growthTable, measureGrowth } from './growth.ts';
import { machineOf } from './machine.ts';
import { options, tell } from './options.ts';
import { checkPeers, startPeers } from './peers.ts';
import { startOther, startOurs } from './server-process.ts';
import { measureProcesses, processesTable } from './several-processes.ts';
import { gatesTable } from './table.ts';
import { type BenchWorld, openWorld } from './world.ts';

const { server, redis, ...asked } = options;
/** Whatever was measured: it is what `--json` writes, without addresses, which may hold passwords. */
const report: Record<string, unknown> = { date: new Date(), machine: await machineOf(server), options: asked };
const gates: Gate[] = [];
const print = (text: string) => process.stdout.write(`\n${text}\n`);

async function compareAll(world: BenchWorld): Promise<void> {
  const settings = { DATABASE_URL: world.databaseUrl };
  const driver = startDriver();
  const servers: Record<string, Compared> = {};
  try {
    servers.limit = { server: await startOther('test/bench/limit-server.ts', settings), language: 'limit' };
    servers.ours = { server: await startOurs(settings), language: 'ours' };
    if (options.peers) Object.assign(servers, await startPeers(settings));
    const results = await compare(driver, servers, world, options, tell);
    report.results = results;
    gates.push(...gatesOf(results));
    print(comparisonTable(results));
  } finally {
    await Promise.all([driver.stop(), ...Object.values(servers).map(({ server }) => server.stop())]);
  }
}

async function onOneWorld(): Promise<void> {
  const world = await openWorld(server, options.databases, options.size, tell);
  try {
    if (options.comparison) {
      const coldStarts = [await coldStartOnServer(world, options.coldStarts, tell)];
      if (options.embedded) coldStarts.push(await coldStartInFolder(options.coldStarts, tell));
      await compareAll(world);
      gates.push(...coldStarts);
    }
    if (options.processes) {
      const crowds = await measureProcesses(world, options, tell);
      report.processes = crowds;
      print(processesTable(crowds));
    }
  } finally {
    await world.close(options.keep);
  }
}

if (options.peers) checkPeers();
if (options.comparison || options.processes) await onOneWorld();
if (options.sizes.length > 0) {
  const grown = await measureGrowth(options, tell);
  report.growth = grown;
  gates.push(...growthGates(grown));
  print(growthTable(grown));
}
report.gates = gates.map(judge);
if (gates.length > 0) print(gatesTable(gates.map(judge)));
if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
