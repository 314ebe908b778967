import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  allowNegative: true,
  options: {
    comparison: { type: 'boolean', default: true },
    /** A PostgreSQL server on which databases may be made. */
    server: { type: 'string', default: process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres' },
    customers: { type: 'string', default: '100' },
    contacts: { type: 'string', default: '500000' },
    calls: { type: 'string', default: '1000000' },
    'figures-calls': { type: 'string', default: '120000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '5' },
    concurrency: { type: 'string', default: '16' },
    'cold-starts': { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    peers: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
    'growth-sizes': { type: 'string', default: '10000,100000,1000000,5000000' },
    processes: { type: 'boolean', default: false },
    redis: { type: 'string', default: '' },
    keep: { type: 'boolean', default: false },
    json: { type: 'string', default: '' },
    smoke: { type: 'boolean', default: false },
  },
});

/** The smoke of a benchmark goes through everything with next to nothing: its figures mean nothing. */
const tiny = {
  customers: '2',
  contacts: '400',
  calls: '400',
  'figures-calls': '2000',
  rounds: '1',
  seconds: '0.1',
  concurrency: '2',
  'cold-starts': '1',
  growth: true,
  'growth-sizes': '200,2000',
  processes: true,
};

const chosen = values.smoke ? { ...values, ...tiny } : values;

/** What the command line asks for. Every flag is described in the README. */
export const options = {
  server: values.server,
  size: {
    customers: Number(chosen.customers),
    contacts: Number(chosen.contacts),
    calls: Number(chosen.calls),
    figuresCalls: Number(chosen['figures-calls']),
  },
  pace: {
    rounds: Number(chosen.rounds),
    warmUpMs: chosen.smoke ? 25 : 1500,
    measureMs: Number(chosen.seconds) * 1000,
  },
  concurrency: Number(chosen.concurrency),
  coldStarts: Number(chosen['cold-starts']),
  /** The embedded database is slow to be made, and no part of a smoke. */
  embedded: !chosen.smoke,
  only: chosen.only,
  peers: chosen.peers,
  comparison: chosen.comparison,
  sizes: chosen.growth ? chosen['growth-sizes'].split(',').map(Number) : [],
  processes: chosen.processes,
  redis: chosen.redis,
  keep: chosen.keep,
  json: chosen.json,
  /** Begins the names of the databases; a smoke shares none with whoever else measures on the server. */
  databases: chosen.smoke ? `crm_lookup_bench_${randomUUID().replaceAll('-', '')}` : 'crm_lookup_bench',
};

/** Says on a terminal what is being done, and when. */
export const tell = (line: string) =>
  process.stderr.isTTY && process.stderr.write(`${performance.now().toFixed(0)} ms: ${line}\n`);
