import fc from 'fast-check';
import { expect } from 'vitest';
import { minutes, seconds, type TimedCustomer, utc } from './clock.ts';
import type { Line, PhoneCompany, RealCall, Told } from './phone-line.ts';
import { stored } from './report.ts';
import { paths } from './rest.ts';

/** The server under test, told of what happens by one customer. */
export interface Reality {
  customer: TimedCustomer;
  lines: Line[];
}

type Step = fc.AsyncCommand<PhoneCompany, Reality>;

const step = (name: string, check: (company: PhoneCompany) => boolean, run: Step['run']): Step => ({
  check,
  run,
  toString: () => name,
});

const pick = <Item>(items: Item[], choice: number) => items[choice % items.length] as Item;

/** Time passes, for the company and for the server. */
function pass(company: PhoneCompany, { customer }: Reality, until: number) {
  company.time = Math.max(company.time, until);
  customer.goTo(new Date(company.time));
}

const parties = ({ line, internal }: RealCall) =>
  line.direction === 'inbound'
    ? { direction: 'inbound', number_from: line.number, number_to: internal }
    : { direction: 'outbound', number_from: internal, number_to: line.number };

/** Tells the server of a call or leg, and the company what was told. */
async function tell(
  company: PhoneCompany,
  real: Reality,
  call: RealCall,
  leg: string | null,
  at: number,
  timed: boolean,
) {
  const report = company.reports++;
  const data = { [`call-${call.index}`]: leg ?? 'whole', [`key-${report % 4}`]: report, last: report };
  const time = at + company.clocks.context;
  const body = {
    ...parties(call),
    number_to: call.line.direction === 'inbound' ? '0145678900' : call.line.number,
    context_data: data,
    ...(timed && { start_time_utc: utc(time) }),
    ...(leg && { start_time_reference: 'segment', segment_dn_type: leg }),
  };
  const { call_context_id } = stored(await real.customer.rest('POST', paths.context, { body }));
  const before = leg ? call.legs.get(leg) : call.whole;
  const told: Told = before ?? { at, anchor: timed ? time : company.time, timed, ids: new Set(), data: {} };
  told.ids.add(call_context_id);
  Object.assign(told.data, data);
  if (leg) call.legs.set(leg, told);
  else call.whole = told;
}

export async function log(company: PhoneCompany, real: Reality, call: RealCall, subject: string | null) {
  pass(company, real, call.end);
  const body = {
    ...parties(call),
    status: 'completed',
    start_time_utc: utc(call.start + company.clocks.log),
    end_time_utc: utc(call.end + company.clocks.log),
    subject: subject ?? '',
  };
  const answer = await real.customer.rest('POST', paths.calls, { body });
  expect(answer.headers.get('idempotency-replayed')).toBe(call.logIds.length > 0 ? 'true' : null);
  call.logIds.push(stored(answer).call.id);
  call.subject ??= subject;
}

const isLogged = (call: RealCall) => call.logIds.length > 0;

const rings = fc
  .record({
    line: fc.nat(2),
    internal: fc.constantFrom('101', '102'),
    delay: fc.nat(600),
    length: fc.integer({ min: 5, max: 1500 }),
  })
  .map(({ line, internal, delay, length }) =>
    step(
      `ring(${line}, +${delay}s, ${length}s)`,
      () => true,
      async (company, real) => {
        const call = company.ring(pick(real.lines, line), {
          internal,
          delay: delay * seconds,
          length: length * seconds,
        });
        pass(company, real, call.start);
      },
    ),
  );

const ringsTwice = fc
  .record({ line: fc.nat(2), delay: fc.nat(600), gap: fc.nat(400), length: fc.integer({ min: 30, max: 900 }) })
  .map(({ line, delay, gap, length }) =>
    step(
      `ringTwice(${line}, +${delay}s, ${gap}s, ${length}s)`,
      () => true,
      async (company, real) => {
        const times = { delay: delay * seconds, gap: gap * seconds, length: length * seconds };
        for (const call of company.ringTwice(pick(real.lines, line), times)) {
          pass(company, real, call.start);
          await tell(company, real, call, null, call.start, true);
        }
      },
    ),
  );

const wholeToldAgain = (call: RealCall) => !call.whole || call.whole.timed || !isLogged(call);

/** With a time at any time, also long after the log; without one only while the call has just begun. */
const tellsWhole = fc.record({ choice: fc.nat(), timed: fc.boolean() }).map(({ choice, timed }) => {
  const able = (company: PhoneCompany) =>
    company.calls.filter((call) =>
      timed
        ? wholeToldAgain(call)
        : !call.paired && !isLogged(call) && company.time <= Math.min(call.start + minutes, call.end),
    );
  const name = `tellWhole(${choice}, ${timed ? 'timed' : 'untimed'})`;
  return step(
    name,
    (company) => able(company).length > 0,
    async (company, real) => {
      const call = pick(able(company), choice);
      await tell(company, real, call, null, call.start, timed);
    },
  );
});

/** A leg that began at some moment of the call, told at that moment or later; without a time, at that moment. */
const tellsLeg = fc
  .record({ choice: fc.nat(), kind: fc.nat(), moment: fc.nat(1000), timed: fc.boolean() })
  .map(({ choice, kind, moment, timed }) => {
    const able = (company: PhoneCompany) =>
      company.calls.filter(
        (call) =>
          timed ||
          (!call.paired && !isLogged(call) && company.time <= call.end && call.legs.size < call.legKinds.length),
      );
    const name = `tellLeg(${choice}, ${kind}, ${moment}, ${timed ? 'timed' : 'untimed'})`;
    return step(
      name,
      (company) => able(company).length > 0,
      async (company, real) => {
        const call = pick(able(company), choice);
        const untold = call.legKinds.filter((name) => !call.legs.has(name));
        const leg = pick(timed ? [...call.legKinds] : untold, kind);
        const told = call.legs.get(leg);
        if (told && !told.timed) return;
        const within = call.start + Math.floor(((call.legsUntil - call.start) * moment) / seconds / 1000) * seconds;
        const at = told?.at ?? (timed ? within : company.time);
        pass(company, real, at);
        await tell(company, real, call, leg, at, timed);
      },
    );
  });

const logs = fc.record({ choice: fc.nat(), told: fc.boolean() }).map(({ choice, told }) => {
  const able = (company: PhoneCompany) => company.calls.filter((call) => !isLogged(call));
  return step(
    `log(${choice}${told ? ', with a subject' : ''})`,
    (company) => able(company).length > 0,
    (company, real) => log(company, real, pick(able(company), choice), told ? `Subject ${company.reports++}` : null),
  );
});

const logsAgain = fc.nat().map((choice) => {
  const able = (company: PhoneCompany) => company.calls.filter(isLogged);
  return step(
    `logAgain(${choice})`,
    (company) => able(company).length > 0,
    (company, real) => log(company, real, pick(able(company), choice), `Subject ${company.reports++}`),
  );
});

const waits = fc.integer({ min: 1, max: 40 }).map((time) =>
  step(
    `wait(${time}s)`,
    () => true,
    async (company, real) => pass(company, real, company.time + time * seconds),
  ),
);

/** Everything that can happen on the lines; what is frequent in life is frequent here. */
export const life = fc.commands(
  [rings, ringsTwice, tellsWhole, tellsWhole, tellsLeg, tellsLeg, tellsLeg, logs, logs, logsAgain, waits],
  { maxCommands: 30, size: 'max' },
);
