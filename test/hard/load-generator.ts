import { createHistogram } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

/** What a generator is told, as JSON on its standard input. */
export interface Load {
  url: string;
  token: string;
  what: 'writes' | 'lookups';
  /** So many clients, each of which asks again as soon as it was answered; or so many requests a second, whatever comes of them. */
  pace: { clients: number } | { perSecond: number };
  warmUpMs: number;
  measureMs: number;
}

/** What it found while it measured, as JSON on its standard output. */
export interface Found {
  /** Answers by their status; 0 for a connection that broke. */
  answers: Record<number, number>;
  /** Of all answers but 429 and 503. */
  p50Ms: number;
  p99Ms: number;
}

async function generate({ url, token, what, pace, warmUpMs, measureMs }: Load): Promise<Found> {
  const pool = new Pool(url, { connections: 'clients' in pace ? pace.clients : 128, pipelining: 1 });
  const authorization = `Bearer ${token}`;
  const began = performance.now();
  const end = began + warmUpMs + measureMs;
  const answers: Record<number, number> = {};
  const latencies = createHistogram();
  let sequence = 0;

  function next() {
    const number = `06${String(10_000_000 + ((process.pid * 7919 + ++sequence * 104_729) % 89_999_999))}`;
    if (what === 'lookups') {
      return {
        method: 'GET',
        path: `/api/crm/lookup/contacts/search?phone=${number}`,
        headers: { authorization },
      } as const;
    }
    const start_time_utc = new Date(Date.UTC(2026, 0, 1) + sequence * 1000).toISOString();
    const call = { direction: 'inbound', status: 'completed', number_from: number, number_to: '101', start_time_utc };
    const headers = { authorization, 'content-type': 'application/json' };
    return { method: 'POST', path: '/api/crm/lookup/phone-calls', headers, body: JSON.stringify(call) } as const;
  }

  async function ask(): Promise<void> {
    const sent = performance.now();
    const status = await pool.request(next()).then(
      async ({ statusCode, body }) => {
        await body.dump();
        return statusCode;
      },
      () => 0,
    );
    const answered = performance.now();
    // Of clients that wait for their answers, what was answered in time is counted; of a steady stream, whatever was sent.
    const moment = 'clients' in pace ? answered : sent;
    if (moment < began + warmUpMs || moment > end) return;
    answers[status] = (answers[status] ?? 0) + 1;
    if (status !== 429 && status !== 503) latencies.record(Math.max(1, Math.round((answered - sent) * 1000)));
  }

  async function client(): Promise<void> {
    while (performance.now() < end) await ask();
  }

  /** Sends what is due, also while earlier ones are not answered. */
  async function steady(perSecond: number): Promise<void> {
    const underway = new Set<Promise<void>>();
    for (let due = 0; performance.now() < end; await sleep(5)) {
      for (; due < ((performance.now() - began) / 1000) * perSecond; due++) {
        const asked = ask().finally(() => underway.delete(asked));
        underway.add(asked);
      }
    }
    await Promise.all(underway);
  }

  if ('clients' in pace) await Promise.all(Array.from({ length: pace.clients }, client));
  else await steady(pace.perSecond);
  await pool.destroy();
  const ms = (percentile: number) => latencies.percentile(percentile) / 1000;
  return { answers, p50Ms: ms(50), p99Ms: ms(99) };
}

let told = '';
for await (const chunk of process.stdin) told += chunk;
process.stdout.write(JSON.stringify(await generate(JSON.parse(told))));
