import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import { type Bucket, type Call, type Dimension, dimensions, expectedRows, measuresOf } from '../support/figures.ts';
import { newCustomer, store, type TestCustomer } from '../support/world.ts';
import { type Zone, zones } from '../support/zones.ts';

const hour = 3_600_000;

/** Moments around a change of the zone's clock, where it has any. */
const centre = ({ changes }: Zone) =>
  fc.constantFrom(
    ...(changes.length > 1 ? changes.filter(({ at }) => at > 0).map(({ at }) => at) : [1_771_000_000_000]),
  );

/** To the second, or on the half hours, where buckets begin. */
const around = (moment: number, hours: number) =>
  fc
    .tuple(fc.integer({ min: -hours * 3600, max: hours * 3600 }), fc.constantFrom(1, 1800))
    .map(([seconds, step]) => moment + Math.round(seconds / step) * step * 1000);

const maybe = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values), { freq: 4 });

const call = (moment: number, hours: number): fc.Arbitrary<Omit<Call, 'id'>> =>
  fc.record({
    direction: fc.constantFrom('INBOUND', 'INBOUND', 'OUTBOUND', 'INTERNAL'),
    status: fc.constantFrom('COMPLETED', 'MISSED', 'BUSY'),
    answered: fc.boolean(),
    durationSeconds: fc.option(fc.integer({ min: 0, max: 900 }), { freq: 6 }),
    startTime: fc.option(
      around(moment, hours).map((at) => new Date(at)),
      { freq: 9 },
    ),
    numberExternal: fc.constantFrom('+33612345678', '+33698765432', '+33142685300', 'anonymous'),
    numberDid: maybe('+33170990000', '8000', 'anonymous'),
    queueExtension: maybe('800', '801', ''),
    source: maybe('3CX', 'it\'s a {"pbx"}, NULL'),
    agentEmail: maybe('Lea@Example.com', 'marc@example.com'),
    agentKey: maybe('101', 'lea@example.com'),
  }) as fc.Arbitrary<Omit<Call, 'id'>>;

interface Choice {
  filter: object;
  keeps(call: Call): boolean;
}

const choices: Choice[] = [
  { filter: {}, keeps: () => true },
  { filter: { direction: ['INBOUND', 'OUTBOUND'] }, keeps: ({ direction }) => direction !== 'INTERNAL' },
  { filter: { not: { answered: true } }, keeps: ({ answered }) => !answered },
  {
    filter: { or: [{ queueExtension: ['800'] }, { without: ['AGENT'] }] },
    keeps: (one) => one.queueExtension === '800' || (one.agentEmail === null && one.agentKey === null),
  },
];

const question = (zone: Zone) =>
  centre(zone).chain((moment) => {
    // Hours of a few days, or months of a few.
    const kinds = [
      [30, 'HOUR'],
      [20, 'HOUR'],
      [90, 'DAY'],
      [600, 'WEEK'],
      [1500, 'MONTH'],
      [40, null],
    ] as const;
    return fc.constantFrom(...kinds).chain(([hours, bucket]) =>
      fc.record({
        calls: fc.array(call(moment, hours), { maxLength: 25 }),
        bucket: fc.constant<Bucket | null>(bucket),
        groupBy: fc.subarray([...dimensions], { maxLength: bucket === 'HOUR' ? 1 : 2 }),
        choice: fc.constantFrom(...choices),
        from: fc.option(around(moment - hours * hour, 5), { freq: 1 }),
        to: fc.option(around(moment + hours * hour, 5), { freq: 1 }),
      }),
    );
  });

async function fill(customer: TestCustomer, calls: Omit<Call, 'id'>[]): Promise<Call[]> {
  const rows = calls.map((one) => ({ ...one, id: uuid() }));
  await store.operator.phoneCall.createMany({
    data: rows.map((row, index) => ({
      ...row,
      customerId: customer.id,
      numberFrom: row.numberExternal,
      numberTo: row.numberExternal,
      numberInternal: String(100 + index),
      numbersSent: {},
    })),
  });
  return rows;
}

const measureNames = Object.keys(measuresOf([])).join(' ');
const document = `query ($filter: PhoneCallFilter, $timeZone: String, $bucket: StatsBucket, $groupBy: [StatsDimension!]) {
  callStats(filter: $filter, timeZone: $timeZone, bucket: $bucket, groupBy: $groupBy) {
    timeZone
    rows { time key { dimension value } measures { ${measureNames} } drillDown }
    total { ${measureNames} }
  }
}`;

/** The ids of the calls that each filter lists, many filters by one document. */
async function listed(customer: TestCustomer, filters: object[]): Promise<string[][]> {
  const found: string[][] = [];
  for (let at = 0; at < filters.length; at += 25) {
    const batch = filters.slice(at, at + 25);
    const variables = batch.map((_, index) => `$f${index}: PhoneCallFilter`).join(', ');
    const fields = batch
      .map((_, index) => `l${index}: phoneCalls(filter: $f${index}, first: 30) { nodes { id } }`)
      .join(' ');
    const { body } = await customer.graphql(
      `query (${variables}) { ${fields} }`,
      Object.fromEntries(batch.map((filter, index) => [`f${index}`, filter])),
    );
    if (body.errors) throw new Error(JSON.stringify(body.errors));
    found.push(...batch.map((_, index) => body.data[`l${index}`].nodes.map(({ id }: { id: string }) => id).toSorted()));
  }
  return found;
}

const rounded = (measures: Record<string, number | null>) =>
  Object.fromEntries(Object.entries(measures).map(([name, value]) => [name, value && Math.round(value * 1e9) / 1e9]));

const keyOf = (groupBy: Dimension[], key: (string | null)[]) =>
  groupBy.map((dimension, index) => ({ dimension, value: key[index] }));

interface Row {
  time: string | null;
  key: { dimension: Dimension; value: string | null }[];
  measures: Record<string, number | null>;
  drillDown: object;
}

describe.each(zones.map((zone) => [zone.name, zone] as const))('in %s', (timeZone, zone) => {
  test('figures are those that plain loops reckon, and every row lists exactly the calls that it counts', async () => {
    await fc.assert(
      fc.asyncProperty(question(zone), async ({ calls, bucket, groupBy, choice, from, to }) => {
        const customer = await newCustomer();
        const stored = await fill(customer, calls);
        const startTime = { ...(from && { from: new Date(from) }), ...(to && { to: new Date(to) }) };
        const timed = from !== null || to !== null;
        const filter = { ...choice.filter, ...(timed && { startTime }) };
        const counted = stored.filter(
          (one) =>
            choice.keeps(one) &&
            (from === null || Number(one.startTime ?? -1) >= from) &&
            (to === null || (one.startTime !== null && Number(one.startTime) <= to)),
        );
        const { body } = await customer.graphql(document, { filter, timeZone, bucket, groupBy });
        expect(body.errors).toBeUndefined();
        const stats = body.data.callStats as { timeZone: string; rows: Row[]; total: Row['measures'] };
        const span: [number, number] | null = from !== null && to !== null ? [from, to] : null;
        const expected = expectedRows(counted, { zone, bucket, groupBy, span });
        expect(stats.rows.map(({ time, key, measures }) => ({ time, key, measures: rounded(measures) }))).toEqual(
          expected.map((row) => ({
            time: row.time,
            key: keyOf(groupBy, row.key),
            measures: rounded(measuresOf(row.calls)),
          })),
        );
        expect({ timeZone: stats.timeZone, total: rounded(stats.total) }).toEqual({
          timeZone,
          total: rounded(measuresOf(counted)),
        });
        const drilled = await listed(
          customer,
          stats.rows.map(({ drillDown }) => drillDown),
        );
        expect(drilled).toEqual(expected.map((row) => row.calls.map(({ id }) => id).toSorted()));
      }),
      { numRuns: 16, seed: 20_260_329 },
    );
  });
});
