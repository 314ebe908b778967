import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minutes, newTimedCustomer, seconds } from '../support/clock.ts';
import { livesOf } from '../support/life.ts';
import { life, log, type Reality } from '../support/life-commands.ts';
import { type Line, PhoneCompany } from '../support/phone-line.ts';
import { store } from '../support/world.ts';

/** More can be asked for, to search longer. */
const runs = Number(process.env.LIFE_RUNS ?? 200);
const begin = Date.UTC(2026, 2, 1, 8);

/** A clock that is wrong by so many milliseconds at most, in whole seconds. */
const wrongBy = (most: number) =>
  fc.integer({ min: -most / seconds, max: most / seconds }).map((late) => late * seconds);

const number = (index: number) => `+336${String(10_000_000 + index)}`;

/** Two directions of one number, and another number, that nobody has used before. */
function freshLines(index: number): Line[] {
  const [one, other] = [number(2 * index), number(2 * index + 1)];
  return [
    { number: one, direction: 'inbound' },
    { number: one, direction: 'outbound' },
    { number: other, direction: 'inbound' },
  ];
}

/** What the server shows must be what the company knows: no call more or less, no context lost, none attached twice. */
async function expectTruth(company: PhoneCompany, { customer, lines }: Reality) {
  const numbers = [...new Set(lines.map((line) => line.number))];
  const lives = (await Promise.all(numbers.map((one) => livesOf(customer, one)))).flat();
  const shown = lives.map((call) => ({
    id: call.id,
    subject: call.subject,
    contextIds: call.callContextId ? [call.callContextId] : [],
    contextData: call.contextData,
    segments: call.segments.map(({ dnType, startTime }) => `${dnType} ${startTime}`),
  }));
  const byId = (a: { id: string | undefined }, b: { id: string | undefined }) => (`${a.id}` < `${b.id}` ? -1 : 1);
  expect(shown.sort(byId)).toEqual(company.calls.map((call) => company.expectedOf(call)).sort(byId));
  for (const call of company.calls) expect(new Set(call.logIds).size).toBe(1);

  const where = { customerId: customer.id, numberExternal: { in: numbers } };
  const contexts = await store.operator.callContext.findMany({ where, select: { id: true, phoneCallId: true } });
  const owners = company.calls.flatMap((call) =>
    [...call.legs.values(), ...(call.whole ? [call.whole] : [])].flatMap(({ ids }) =>
      [...ids].map((id) => ({ id, phoneCallId: call.logIds[0] as string })),
    ),
  );
  expect(contexts.sort(byId)).toEqual(owners.sort(byId));
  expect(await store.operator.delivery.count({ where: { phoneCall: where } })).toBe(company.calls.length);
}

test(
  `in ${runs} lives of up to 30 events, every call ends up once, with all its contexts and no other’s`,
  async () => {
    const customer = await newTimedCustomer();
    let count = 0;
    const property = fc.asyncProperty(
      wrongBy(2 * minutes),
      wrongBy(minutes),
      life,
      async (logClock, contextClock, events) => {
        const real: Reality = { customer, lines: freshLines(count++) };
        const company = new PhoneCompany({ log: logClock, context: contextClock }, begin);
        customer.goTo(new Date(begin));
        await fc.asyncModelRun(() => ({ model: company, real }), events);
        for (const call of company.calls) if (call.logIds.length === 0) await log(company, real, call, null);
        await expectTruth(company, real);
      },
    );
    await fc.assert(property, { numRuns: runs });
  },
  runs * 600,
);
