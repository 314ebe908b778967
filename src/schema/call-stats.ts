import { type CallMeasures, type Measure, measures } from '../domain/call-measure.ts';
import { callStats, type CallStatsRow as RowShape, type CallStats as StatsShape } from '../domain/call-stats.ts';
import type { StatsKey as KeyShape } from '../domain/drill-down.ts';
import { builder } from './builder.ts';
import { PhoneCallFilter } from './phone-call-filter.ts';
import { selectedFields } from './selection.ts';
import { text } from './validation.ts';

const StatsBucket = builder.enumType('StatsBucket', {
  description: 'Into which pieces time is cut, by the clocks and the calendar of the time zone.',
  values: {
    HOUR: {
      description:
        'Hours of the clock. Where the clock is set back, the hour stands there twice; where it is changed within an hour, that hour is cut in two.',
    },
    DAY: { description: 'Days, which have 23 or 25 hours where the clock is changed.' },
    WEEK: { description: 'Weeks from Monday to Sunday (ISO 8601).' },
    MONTH: { description: 'Months of the calendar.' },
  } as const,
});

const StatsDimension = builder.enumType('StatsDimension', {
  description: 'By what calls are told apart.',
  values: {
    DIRECTION: { description: 'Which way the call went, as in `CallDirection`.' },
    STATUS: { description: 'How it ended, as in `CallStatus`.' },
    AGENT: { description: 'To whom it is attributed: `agentKey` of the call.' },
    QUEUE: { description: 'The extension of the queue through which it came.' },
    DID: { description: 'The company’s number that was dialled.' },
    SOURCE: { description: 'Who reported it.' },
    WEEKDAY: { description: 'The day on which it began: `1` for Monday to `7` for Sunday (ISO 8601).' },
    HOUR_OF_DAY: { description: 'The hour that the clock showed when it began: `0` to `23`.' },
  } as const,
});

const StatsComparison = builder.enumType('StatsComparison', {
  description: 'With what the whole is compared, by the clocks and the calendar of the time zone.',
  values: {
    PREVIOUS_PERIOD: { description: 'The time of the same length just before: as many days, if it is whole days.' },
    PREVIOUS_DAY: { description: 'The same time a day earlier; today so far with yesterday until then.' },
    PREVIOUS_WEEK: { description: 'The same time a week earlier.' },
    PREVIOUS_MONTH: { description: 'The same time a month earlier; a whole month with the whole month before.' },
    PREVIOUS_YEAR: { description: 'The same time a year earlier.' },
  } as const,
});

const CallStatsMeasures = builder.objectRef<CallMeasures>('CallStatsMeasures').implement({
  description: 'What is reckoned of a set of calls. Only what is selected is reckoned.',
  fields: (t) => {
    const count = (measure: Measure, description: string) =>
      t.int({ nullable: false, description, resolve: (reckoned) => reckoned[measure] as number });
    const seconds = (measure: Measure, description: string) =>
      t.float({ description, resolve: (reckoned) => reckoned[measure] });
    return {
      calls: count('calls', 'How many calls.'),
      answered: count('answered', 'How many of them were answered, in whatever direction.'),
      missed: count('missed', 'How many inbound calls nobody answered.'),
      unansweredOutbound: count('unansweredOutbound', 'How many outbound calls nobody answered.'),
      answerRate: t.float({
        description: 'Answered inbound calls over all inbound calls, from 0 to 1; null if there was no inbound call.',
        resolve: ({ answerRate }) => answerRate,
      }),
      talkSeconds: t.float({
        nullable: false,
        description: 'Seconds of all answered calls together, a whole number. A call of unknown length adds nothing.',
        resolve: ({ talkSeconds }) => talkSeconds as number,
      }),
      averageTalkSeconds: seconds(
        'averageTalkSeconds',
        'Mean seconds of the answered calls of known length; null if there is none.',
      ),
      medianTalkSeconds: seconds(
        'medianTalkSeconds',
        'The seconds that half of the answered calls of known length do not exceed; between two lengths, their middle. Null if there is none.',
      ),
      p90TalkSeconds: seconds(
        'p90TalkSeconds',
        'The seconds that nine of ten answered calls of known length do not exceed; between two lengths, in proportion. Null if there is none.',
      ),
      callers: count('callers', 'How many different external numbers; all hidden ones count as one.'),
    };
  },
});

const StatsKey = builder.objectRef<KeyShape>('StatsKey').implement({
  description: 'What the calls of a row have in common.',
  fields: (t) => ({
    dimension: t.expose('dimension', { type: StatsDimension, nullable: false, description: 'Of which kind.' }),
    value: t.exposeString('value', { description: 'The common value; null for calls of which it is not known.' }),
  }),
});

const CallStatsRow = builder.objectRef<RowShape>('CallStatsRow').implement({
  description: 'The figures of one bucket of time and one value of every dimension.',
  fields: (t) => ({
    time: t.expose('time', {
      type: 'DateTime',
      description: 'When the bucket begins; null without buckets, and for calls without a start time, which come last.',
    }),
    key: t.expose('key', {
      type: [StatsKey],
      nullable: false,
      description: 'A value for each dimension, in the order asked for.',
    }),
    measures: t.expose('measures', { type: CallStatsMeasures, nullable: false, description: 'The figures.' }),
    drillDown: t.field({
      type: 'JSON',
      nullable: false,
      resolve: (row) => row.drillDown(),
      description:
        'The calls of the row, as a `PhoneCallFilter`: give it to `phoneCalls` as its variable `filter`, and it lists exactly these.',
    }),
  }),
});

const CallStats = builder.objectRef<StatsShape>('CallStats').implement({
  description: 'Figures of calls. A call counts for the time at which it began.',
  fields: (t) => ({
    asOf: t.expose('asOf', {
      type: 'DateTime',
      nullable: false,
      description: 'When the figures were reckoned; they hold every call that was stored by then.',
    }),
    timeZone: t.exposeString('timeZone', {
      nullable: false,
      description: 'The time zone by which days, weekdays and hours were read.',
    }),
    rows: t.expose('rows', {
      type: [CallStatsRow],
      nullable: false,
      description:
        'By time, then by key. Empty buckets are there as well, with zeros: of the whole `startTime` of the filter, or, where that leaves an end open, from the first to the last call. One row without bucket and dimensions.',
    }),
    total: t.expose('total', {
      type: CallStatsMeasures,
      nullable: false,
      description: 'All calls of the filter together.',
    }),
    previous: t.expose('previous', {
      type: CallStatsMeasures,
      description: 'All calls of the time with which it is compared; null without `compareTo`.',
    }),
  }),
});

/** A query over many calls; a document may ask for about twenty of them. */
const complexity = { field: 2000, multiplier: 1 };

const isMeasure = (name: string): name is Measure => Object.hasOwn(measures, name);

builder.queryField('callStats', (t) =>
  t.field({
    type: CallStats,
    nullable: false,
    complexity,
    description:
      'Figures of the call history, reckoned from the calls themselves at this moment. Everything that a row counts can be listed by its `drillDown`.',
    args: {
      filter: t.arg({ type: PhoneCallFilter, description: 'Which calls; all of them if absent.' }),
      timeZone: t.arg.string({
        description: 'An IANA name (`Europe/Paris`); the customer’s time zone if absent.',
        validate: { schema: text() },
      }),
      bucket: t.arg({ type: StatsBucket, description: 'Into which pieces time is cut; into none if absent.' }),
      groupBy: t.arg({ type: [StatsDimension], description: 'By what else calls are told apart.' }),
      compareTo: t.arg({
        type: StatsComparison,
        description: 'With what `total` is compared; needs both ends of the filter’s `startTime`.',
      }),
    },
    resolve: (_, question, { customer }, info) => {
      const selected = (...path: string[]) => {
        const fields = selectedFields(info, ...path);
        return fields && [...fields].filter(isMeasure);
      };
      const rows = selectedFields(info, 'rows') && (selected('rows', 'measures') ?? []);
      return callStats(customer, question, { rows, total: selected('total'), previous: selected('previous') });
    },
  }),
);
