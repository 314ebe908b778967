import { createHistogram } from 'node:perf_hooks';
import { Pool } from 'undici';
import { limitRequest, scenarios } from './scenarios.ts';
import type { BenchWorld } from './world.ts';

/** What one round is told, as JSON on standard input; it answers `Measured` as JSON on standard output. */
export interface Round {
  url: string;
  scenario: string;
  target: 'ours' | 'limit';
  world: BenchWorld;
  concurrency: number;
  warmUpMs: number;
  measureMs: number;
  seed: number;
}

export interface Measured {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Mulberry32: the same requests for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function drive(round: Round): Promise<Measured> {
  const scenario = scenarios.find(({ name }) => name === round.scenario);
  if (!scenario) throw new Error(`There is no scenario ${round.scenario}.`);
  const { world, concurrency } = round;
  const pool = new Pool(round.url, { connections: concurrency, pipelining: 1 });
  const random = randomOf(round.seed);
  const latencies = createHistogram();
  const begin = performance.now() + round.warmUpMs;
  const end = begin + round.measureMs;
  let sequence = 0;
  let counted = 0;
  const build = round.target === 'limit' ? limitRequest.bind(null, scenario) : scenario.request;
  const client = async () => {
    for (;;) {
      const { method, path, body } = build(random, world.size, ++sequence);
      const token = world.tokens[Math.floor(random() * world.tokens.length)];
      const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) };
      const started = performance.now();
      if (started >= end) return;
      const answer = await pool.request({ method, path, headers, body: body ?? null });
      const text = await answer.body.text();
      if (answer.statusCode >= 300 || text.includes('"errors"'))
        throw new Error(`${answer.statusCode} ${text.slice(0, 500)}`);
      const ended = performance.now();
      if (started < begin || ended > end) continue;
      counted++;
      latencies.record(Math.max(1, Math.round((ended - started) * 1000)));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, client));
  await pool.close();
  const ms = (percentile: number) => latencies.percentile(percentile) / 1000;
  return { perSecond: counted / (round.measureMs / 1000), p50Ms: ms(50), p99Ms: ms(99) };
}

let told = '';
for await (const chunk of process.stdin) told += chunk;
process.stdout.write(JSON.stringify(await drive(JSON.parse(told))));
