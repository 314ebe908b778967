import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type BenchServer, startNode } from './server-process.ts';
import type { Size } from './size.ts';

/** Who asks: a customer, and a token of it. */
export interface Caller {
  customer: string;
  token: string;
}

/** One round of requests, as the process that makes them is told of it. */
export interface Round {
  url: string;
  /** In which words the server is asked, and for what; see `scenarios.ts`. */
  language: string;
  request: string;
  callers: Caller[];
  size: Size;
  cursor: string;
  concurrency: number;
  warmUpMs: number;
  measureMs: number;
  seed: number;
}

/** What the requests of one round took, the warm-up left out. */
export interface Timed {
  requests: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

export interface Measured extends Timed {
  /** Time on processors that a request took from the server, in microseconds. */
  cpuMicroseconds: number;
}

export interface Driver {
  /** Rejects when an answer is not what it should be. */
  drive(server: BenchServer, round: Omit<Round, 'url'>): Promise<Measured>;
  stop(): Promise<void>;
}

/** Starts the process that makes requests: on the second core, or where the system likes. */
export function startDriver(core: number | null = 1): Driver {
  const child = startNode(['--disable-warning=ExperimentalWarning', 'test/bench/load.ts'], core);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('The process that makes requests is gone; BENCH_DEBUG=1 shows why.');
    const line = JSON.parse(value);
    if (line.refused) throw new Error(`Not answered as it should be: ${line.refused}`);
    return line;
  };
  return {
    drive: async (server, round) => {
      child.stdin.write(`${JSON.stringify({ ...round, url: server.url })}\n`);
      await next();
      const before = server.cpuMs();
      const timed: Timed = await next();
      return { ...timed, cpuMicroseconds: ((server.cpuMs() - before) * 1000) / timed.requests };
    },
    stop: async () => {
      child.stdin.end();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}
