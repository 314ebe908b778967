import { minutes } from './clock.ts';

/*
 * A phone company in small: it makes the calls, so it knows which report is about which call, whatever the server
 * thinks. It only makes calls whose reports can be told apart by the promises of the server:
 *
 * - Whoever logs has a clock of his own, up to 2 minutes wrong; whoever sends contexts has one up to 1 minute wrong, or
 *   tells no time, within a minute of what he reports. So the two differ by 3 minutes at most, and two reports of one
 *   context by 2 minutes, which is what makes them one.
 * - One call after another: the starts lie further apart than the 5 minutes that the server forgives plus the clocks'
 *   3; from the end of one to the start of the next, more than twice the clocks' difference.
 * - Two calls at once: their starts lie further apart than 2 minutes and than twice the clocks' actual difference,
 *   both are announced by a context that tells the time, and no leg of the first begins once the second has begun.
 * - A context that came without a time is not reported again once its call was logged.
 */
const clocksApart = 3 * minutes;
const startsApart = 5 * minutes + clocksApart + 1000;
const pause = 2 * clocksApart + 1000;

export interface Line {
  number: string;
  direction: 'inbound' | 'outbound';
}

/** What was told of a call, or of one leg of it, in the order in which it was told. */
export interface Told {
  /** When it really began, and when the server was told that it began. */
  at: number;
  anchor: number;
  timed: boolean;
  ids: Set<string>;
  data: Record<string, unknown>;
}

export interface RealCall {
  index: number;
  line: Line;
  internal: string;
  start: number;
  end: number;
  /** Legs begin before this moment, and are of these kinds. */
  legsUntil: number;
  legKinds: readonly string[];
  /** Whether another call runs at the same time. */
  paired: boolean;
  whole: Told | null;
  legs: Map<string, Told>;
  logIds: string[];
  subject: string | null;
}

export interface Clocks {
  /** How many milliseconds the clocks of whoever logs, and of whoever sends contexts, are ahead. */
  log: number;
  context: number;
}

const kinds = ['extension', 'call_queue', 'ivr', 'voicemail', 'trunk', 'call_flow'] as const;

export class PhoneCompany {
  readonly calls: RealCall[] = [];
  readonly clocks: Clocks;
  time: number;
  reports = 0;

  constructor(clocks: Clocks, time: number) {
    this.clocks = clocks;
    this.time = time;
  }

  /** One call, as soon as it can be told from the one before on its line. */
  ring(line: Line, call: { internal: string; delay: number; length: number }): RealCall {
    const start = this.earliest(line) + call.delay;
    const end = start + call.length;
    return this.add({ line, internal: call.internal, start, end, legsUntil: end, legKinds: kinds, paired: false });
  }

  /** Two calls of which the second begins while the first one runs. */
  ringTwice(line: Line, { delay, gap, length }: { delay: number; gap: number; length: number }): RealCall[] {
    const ahead = this.clocks.log - this.clocks.context;
    const apart = Math.max(2 * minutes, 2 * Math.abs(ahead)) + 1000 + gap;
    const start = this.earliest(line) + delay;
    const second = start + apart;
    const both = { line, paired: true };
    return [
      this.add({
        ...both,
        internal: '101',
        start,
        end: second + length,
        legsUntil: second - 1000,
        legKinds: kinds.slice(0, 3),
      }),
      this.add({
        ...both,
        internal: '102',
        start: second,
        end: second + length,
        legsUntil: second + length,
        legKinds: kinds.slice(3),
      }),
    ];
  }

  /** What the call must show of its contexts in the end. */
  expectedOf(call: RealCall) {
    const legs = [...call.legs].map(([kind, told]) => ({ kind, ...told })).sort((a, b) => a.anchor - b.anchor);
    const known = call.whole ? [...legs, call.whole] : legs;
    return {
      id: call.logIds[0],
      subject: call.subject,
      contextIds: call.whole ? [...call.whole.ids] : [],
      contextData: known.length === 0 ? null : Object.assign({}, ...known.map(({ data }) => data)),
      segments: legs.map(({ kind, anchor }) => `${kind.toUpperCase()} ${new Date(anchor).toISOString()}`),
    };
  }

  private earliest(line: Line): number {
    const before = this.calls.filter((call) => call.line === line);
    return Math.max(this.time, ...before.map(({ start, end }) => Math.max(start + startsApart, end + pause)));
  }

  private add(
    call: Pick<RealCall, 'line' | 'internal' | 'start' | 'end' | 'legsUntil' | 'legKinds' | 'paired'>,
  ): RealCall {
    const real = { ...call, index: this.calls.length, whole: null, legs: new Map(), logIds: [], subject: null };
    this.calls.push(real);
    return real;
  }
}
