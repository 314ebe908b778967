import type { Driver, Measured, Round } from './driver.ts';
import { median } from './reckoning.ts';
import type { BenchServer } from './server-process.ts';

/** A server in a contest, and how it is asked. */
export interface Contender {
  name: string;
  server: BenchServer;
  language: string;
  request: string;
  about: Pick<Round, 'callers' | 'size' | 'cursor'>;
}

export interface Pace {
  rounds: number;
  /** Before each round. Before the first one it takes eight times as long: until then V8 goes on making machine code. */
  warmUpMs: number;
  measureMs: number;
}

/** What each contender did in each round, by its name. */
export type Rounds = Record<string, Measured[]>;

/** Lets contenders take turns, so that whatever else the machine does meets all of them; each round another one begins. */
export async function contest(
  driver: Driver,
  contenders: Contender[],
  pace: Pace,
  concurrency: number,
  tell: (line: string) => void,
): Promise<Rounds> {
  const rounds: Rounds = Object.fromEntries(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < pace.rounds; round++) {
    const first = round % contenders.length;
    for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
      const { name, server, language, request, about } = contender;
      tell(`${request}: round ${round + 1} of ${pace.rounds}, ${name}`);
      const seed = Math.floor(Math.random() * 2 ** 31);
      const warmUpMs = round === 0 ? 8 * pace.warmUpMs : pace.warmUpMs;
      const asked = { ...about, language, request, concurrency, seed };
      const measured = await driver.drive(server, { ...asked, warmUpMs, measureMs: pace.measureMs });
      rounds[name]?.push(measured);
    }
  }
  return rounds;
}

/** The round in the middle, each figure by itself. */
export function middle(rounds: Measured[]): Measured {
  const of = (figure: keyof Measured) => median(rounds.map((round) => round[figure]));
  return {
    requests: of('requests'),
    perSecond: of('perSecond'),
    p50Ms: of('p50Ms'),
    p99Ms: of('p99Ms'),
    cpuMicroseconds: of('cpuMicroseconds'),
  };
}
