import { createHistogram } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { Pool } from 'undici';
import type { Round, Timed } from './driver.ts';
import { buildOf } from './scenarios.ts';

// The process that makes the requests. Each line of its input is a round; it writes one line when the round's warm-up is over,
// and one with what was measured.

const tell = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

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

async function drive({ url, language, request, callers, concurrency, seed, ...round }: Round): Promise<Timed> {
  const build = buildOf(language, request);
  const pool = new Pool(url, { connections: concurrency, pipelining: 1 });
  const random = randomOf(seed);
  const latencies = createHistogram();
  const begin = performance.now() + round.warmUpMs;
  const end = begin + round.measureMs;
  const warm = setTimeout(() => tell({ warm: true }), round.warmUpMs);
  let sequence = 0;
  const client = async () => {
    let counted = 0;
    for (;;) {
      const { customer, token } = callers[Math.floor(random() * callers.length)] as Round['callers'][number];
      const { method, path, body } = build({ ...round, random, customer, sequence: ++sequence });
      const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) };
      const started = performance.now();
      if (started >= end && counted > 0) return;
      const answer = await pool.request({ method, path, headers, body: body ?? null });
      const text = await answer.body.text();
      if (answer.statusCode >= 300 || text.includes('"errors"'))
        throw new Error(`${answer.statusCode} ${text.slice(0, 500)}`);
      if (started < begin) continue;
      counted++;
      latencies.record(Math.max(1, Math.round((performance.now() - started) * 1000)));
    }
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, client));
  } finally {
    clearTimeout(warm);
    await pool.destroy();
  }
  const seconds = (performance.now() - begin) / 1000;
  const ms = (percentile: number) => latencies.percentile(percentile) / 1000;
  return { requests: latencies.count, perSecond: latencies.count / seconds, p50Ms: ms(50), p99Ms: ms(99) };
}

for await (const line of createInterface({ input: process.stdin })) {
  await drive(JSON.parse(line)).then(tell, (error: Error) => tell({ refused: error.message }));
}
