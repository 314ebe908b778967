import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ContactHits, ContactQuery } from '../../../src/connectors/connector.ts';
import { lookUp } from '../../../src/domain/contact-lookup.ts';
import type { Customer } from '../../../src/domain/customer.ts';
import { openOutsideCrms } from '../../../src/domain/outside-crm.ts';
import { minutes, seconds } from '../../support/clock.ts';
import { found } from '../../support/crms.ts';

// Time is made up here, so that thousands of hanging requests take no time.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What a CRM does with one question: each of these after so long, and `late` after everybody has gone. */
type Behaviour = 'knows' | 'misses' | 'fails' | 'hangs' | 'late';

const promptMs = 10;
const lateMs = 2400;
const deadlineMs = 2000;
/** So long that every request of a lookup has ended before the next lookup. */
const betweenMs = 6 * seconds;
const names = ['first', 'second', 'third'];

interface Step {
  phone: number;
  behaviours: Behaviour[];
  pauseMs: number;
}

const step = fc.record<Step>({
  phone: fc.nat(2),
  behaviours: fc.array(fc.constantFrom('knows', 'misses', 'fails', 'hangs', 'late'), { minLength: 3, maxLength: 3 }),
  pauseMs: fc.constantFrom(0, 0, 0, 10 * seconds, 30 * seconds, 5 * minutes),
});

const query = (phone: number): ContactQuery => {
  const sent = `+3361234567${phone}`;
  return { phone: { sent, international: sent, national: null, suffix: null, extension: null }, email: null };
};

const after = <Result>(ms: number, answer: () => Result) =>
  new Promise<Result>((resolve, reject) => {
    setTimeout(() => {
      try {
        resolve(answer());
      } catch (error) {
        reject(error);
      }
    }, ms);
  });

const fail = (): never => {
  throw new Error('The CRM is down.');
};

const behave: Record<Behaviour, (name: string) => Promise<ContactHits | null>> = {
  knows: (name) => after(promptMs, () => found(name)),
  misses: () => after(promptMs, () => null),
  fails: () => after(promptMs, fail),
  hangs: () => new Promise(() => {}),
  late: (name) => after(lateMs, () => found(name)),
};

/** Three CRMs, of which each does what the step says. */
function world() {
  let now: Behaviour[] = [];
  const outsideOf = openOutsideCrms({ lookupDeadlineMs: deadlineMs, now: () => new Date() });
  const integrations = names.map((connector, index) => {
    const connection = { searchContacts: () => behave[now[index] as Behaviour](connector) };
    const row = { customerId: 'customer', id: connector, updatedAt: new Date(0), connector, lookup: true };
    return { ...row, connection, outside: outsideOf(row as never, connection) };
  });
  const customer = { integrations, lookupDeadlineMs: deadlineMs } as unknown as Customer;
  return async ({ phone, behaviours }: Step) => {
    now = behaviours;
    const began = Date.now();
    let ended = 0;
    const looking = lookUp(customer, query(phone)).finally(() => {
      ended = Date.now();
    });
    await vi.advanceTimersByTimeAsync(betweenMs);
    const { integration, skipped } = await looking;
    return { integration, skipped, ms: ended - began };
  };
}

interface ModelCrm {
  failures: number;
  openedAt: number | null;
  known: Map<number, { found: boolean; until: number }>;
}

/** The rules of a lookup, in the plainest way. */
function model() {
  const crms = names.map((): ModelCrm => ({ failures: 0, openedAt: null, known: new Map() }));
  return ({ phone, behaviours }: Step, began: number) => {
    const skipped: { integration: string; reason: string }[] = [];
    let spent = 0;
    let integration: string | null = null;
    for (const [index, crm] of crms.entries()) {
      const moment = began + spent;
      const name = names[index] as string;
      const known = crm.known.get(phone);
      if (known && known.until >= moment) {
        if (known.found) integration = name;
        if (known.found) break;
        continue;
      }
      if (crm.openedAt !== null && moment - crm.openedAt < 30 * seconds) {
        skipped.push({ integration: name, reason: 'CIRCUIT_OPEN' });
        continue;
      }
      const left = deadlineMs * 0.9 - spent;
      const wait = crms.slice(index + 1).some(({ openedAt }) => openedAt === null) ? left / 2 : left;
      const behaviour = behaviours[index] as Behaviour;
      learn(crm, behaviour, phone, moment);
      if (behaviour === 'knows' || behaviour === 'misses' || behaviour === 'fails') spent += promptMs;
      else spent += wait;
      if (behaviour === 'knows') integration = name;
      if (behaviour === 'knows') break;
      if (behaviour !== 'misses') {
        skipped.push({ integration: name, reason: behaviour === 'fails' ? 'UNAVAILABLE' : 'TIMEOUT' });
      }
    }
    return { integration, skipped, spent };
  };
}

function learn(crm: ModelCrm, behaviour: Behaviour, phone: number, moment: number) {
  if (behaviour === 'knows') crm.known.set(phone, { found: true, until: moment + promptMs + 5 * minutes });
  if (behaviour === 'late') crm.known.set(phone, { found: true, until: moment + lateMs + 5 * minutes });
  if (behaviour === 'misses') crm.known.set(phone, { found: false, until: moment + promptMs + 15 * seconds });
  if (behaviour === 'knows' || behaviour === 'misses') {
    crm.failures = 0;
    crm.openedAt = null;
    return;
  }
  crm.failures++;
  // A CRM that is tried again and fails is left alone from then on; else it takes five in a row.
  const judgedAt = moment + (behaviour === 'fails' ? promptMs : deadlineMs);
  if (crm.openedAt !== null || crm.failures >= 5) crm.openedAt = judgedAt;
}

test('whatever three CRMs do, a lookup keeps its rules and its deadline', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
      const look = world();
      const expected = model();
      for (const step of steps) {
        const { spent, ...should } = expected(step, Date.now());
        const { ms, ...did } = await look(step);
        expect(did).toEqual(should);
        expect(ms).toBeLessThanOrEqual(deadlineMs);
        expect(Math.abs(ms - spent)).toBeLessThan(10);
        await vi.advanceTimersByTimeAsync(step.pauseMs);
      }
    }),
    { numRuns: 150, seed: 5 },
  );
});
