interface MeasureSql {
  sql: string;
  type: 'int' | 'float8';
  /** What it is where there are no calls. */
  none: 0 | null;
}

/** How a talk length that so many of the answered calls do not exceed is reckoned, between two lengths in proportion. */
const talkPercentile = (fraction: number) =>
  `percentile_cont(${fraction}) WITHIN GROUP (ORDER BY duration_seconds) FILTER (WHERE answered)`;

/** What is reckoned of a set of calls; each only where it is asked for, as some are dear. */
export const measures = {
  calls: { sql: 'count(*)', type: 'int', none: 0 },
  answered: { sql: 'count(*) FILTER (WHERE answered)', type: 'int', none: 0 },
  missed: { sql: `count(*) FILTER (WHERE direction = 'INBOUND' AND NOT answered)`, type: 'int', none: 0 },
  unansweredOutbound: { sql: `count(*) FILTER (WHERE direction = 'OUTBOUND' AND NOT answered)`, type: 'int', none: 0 },
  answerRate: { sql: `avg(answered::int) FILTER (WHERE direction = 'INBOUND')`, type: 'float8', none: null },
  // A whole number, but of more seconds than 32 bits hold.
  talkSeconds: { sql: 'coalesce(sum(duration_seconds) FILTER (WHERE answered), 0)', type: 'float8', none: 0 },
  averageTalkSeconds: { sql: 'avg(duration_seconds) FILTER (WHERE answered)', type: 'float8', none: null },
  medianTalkSeconds: { sql: talkPercentile(0.5), type: 'float8', none: null },
  p90TalkSeconds: { sql: talkPercentile(0.9), type: 'float8', none: null },
  callers: { sql: 'count(DISTINCT number_external)', type: 'int', none: 0 },
} as const satisfies Record<string, MeasureSql>;

export type Measure = keyof typeof measures;

/** The measures that were asked for. */
export type CallMeasures = Partial<Record<Measure, number | null>>;

export const noCalls: CallMeasures = Object.fromEntries(
  Object.entries(measures).map(([name, { none }]) => [name, none]),
);
