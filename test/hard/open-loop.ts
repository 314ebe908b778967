import { createHistogram } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { type Borne, type Kind, type Load, requests } from './load.ts';

/** When each request is to be sent, in milliseconds from the beginning, whatever becomes of those before. */
function timetable({ perSecond, warmUpSeconds, seconds }: Load): { at: number; kind: Kind }[] {
  const entries = Object.entries(perSecond).flatMap(([kind, rate]) =>
    Array.from({ length: Math.round(rate * (warmUpSeconds + seconds)) }, (_, index) => ({
      at: (index * 1000) / rate,
      kind: kind as Kind,
    })),
  );
  return entries.sort((a, b) => a.at - b.at);
}

/** Sends every request at its time, and counts from that time on, also where it had to wait to be sent. */
async function bear(load: Load): Promise<Borne> {
  const pool = new Pool(load.url, { connections: 256, pipelining: 1 });
  const latencies = createHistogram();
  const borne = { sent: 0, errors: 0, error: '' };
  const underway: Promise<void>[] = [];
  const began = performance.now();

  async function send(kind: Kind, due: number, counted: boolean): Promise<void> {
    const { path, body } = requests[kind](++borne.sent);
    const answer = await pool.request({
      path,
      method: body ? 'POST' : 'GET',
      body: body && JSON.stringify(body),
      headers: { authorization: `Bearer ${load.token}`, 'content-type': 'application/json' },
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300 || text.includes('"errors"')) throw new Error(`${answer.statusCode} ${text}`);
    if (counted) latencies.record(Math.max(1, Math.round((performance.now() - due) * 1000)));
  }

  for (const { at, kind } of timetable(load)) {
    const due = began + at;
    while (performance.now() < due) await sleep(due - performance.now());
    const counted = at >= load.warmUpSeconds * 1000;
    underway.push(
      send(kind, due, counted).catch((error) => {
        borne.errors++;
        borne.error ||= String(error).slice(0, 300);
      }),
    );
  }
  await Promise.all(underway);
  await pool.close();
  const ms = (percentile: number) => Math.round(latencies.percentile(percentile) / 100) / 10;
  return { ...borne, p50Ms: ms(50), p99Ms: ms(99), slowestMs: ms(100) };
}

let told = '';
for await (const chunk of process.stdin) told += chunk;
process.stdout.write(JSON.stringify(await bear(JSON.parse(told))));
