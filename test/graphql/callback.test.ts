import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newCustomer, type TestCustomer } from '../support/world.ts';

interface Call {
  direction: 'INBOUND' | 'OUTBOUND';
  answered: boolean;
  number: string;
  minute: number;
}

const log = async (customer: TestCustomer, { direction, answered, number, minute }: Call) => {
  const startTime = new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString();
  const status = answered ? 'COMPLETED' : 'NO_ANSWER';
  const input = { direction, status, numberExternal: number, numberInternal: '101', startTime };
  await customer.graphql('mutation ($input: LogPhoneCallInput!) { logPhoneCall(input: $input) { replayed } }', {
    input,
  });
};

async function listed(customer: TestCustomer, awaitingCallback: boolean): Promise<number[]> {
  const { body } = await customer.graphql(
    'query ($filter: PhoneCallFilter) { phoneCalls(filter: $filter, first: 100) { nodes { startTime } } }',
    { filter: { awaitingCallback } },
  );
  return body.data.phoneCalls.nodes.map(({ startTime }: { startTime: string }) => new Date(startTime).getUTCMinutes());
}

/** The rule in plain loops. */
const awaits = (call: Call, calls: Call[]) =>
  call.direction === 'INBOUND' &&
  !call.answered &&
  call.number !== 'anonymous' &&
  !calls.some(
    (later) =>
      later.number === call.number && later.minute > call.minute && (later.answered || later.direction === 'INBOUND'),
  );

test('the missed calls to return are the latest of each number that nobody was reached at since; all others are the rest', async () => {
  const arbitrary = fc.uniqueArray(
    fc.record({
      direction: fc.constantFrom('INBOUND' as const, 'OUTBOUND' as const),
      answered: fc.boolean(),
      number: fc.constantFrom('+33612345678', '+33698765432', 'anonymous'),
      minute: fc.integer({ min: 0, max: 59 }),
    }),
    { selector: ({ minute }) => minute, maxLength: 10 },
  );
  await fc.assert(
    fc.asyncProperty(arbitrary, async (calls) => {
      const customer = await newCustomer();
      for (const call of calls) await log(customer, call);
      const newestFirst = calls.toSorted((a, b) => b.minute - a.minute);
      const minutesOf = (some: Call[]) => some.map(({ minute }) => minute);
      expect(await listed(customer, true)).toEqual(minutesOf(newestFirst.filter((call) => awaits(call, calls))));
      expect(await listed(customer, false)).toEqual(minutesOf(newestFirst.filter((call) => !awaits(call, calls))));
    }),
    { numRuns: 12, seed: 7 },
  );
});

test('another customer’s call settles nobody’s missed call', async () => {
  const [mine, other] = [await newCustomer(), await newCustomer()];
  const call = { direction: 'INBOUND' as const, number: '+33612345678', minute: 1 };
  await log(mine, { ...call, answered: false });
  await log(other, { ...call, answered: true, minute: 2 });
  expect(await listed(mine, true)).toEqual([1]);
});
