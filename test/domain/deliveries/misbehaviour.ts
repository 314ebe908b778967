import { expect, onTestFinished, test } from 'vitest';
import type { Connector, ConnectorKind } from '../../../src/connectors/connector.ts';
import { native } from '../../../src/connectors/native.ts';
import { threeCxTemplate } from '../../../src/connectors/three-cx-template.ts';
import { openOutgoing } from '../../../src/outgoing/outgoing.ts';
import type { Send } from '../../../src/outgoing/send.ts';
import { hours } from '../../support/clock.ts';
import { healthyCrm, type ListeningCrm, misbehavingCrms, templateOf } from '../../support/misbehaving-crm.ts';
import { newQueue, type Queue, receipt } from '../../support/queue.ts';
import { legacyCall, logCallByRest } from '../../support/report.ts';
import { store } from '../../support/world.ts';

const calls = 20;

/** Those that never answer. A report to them is given up soon, so that the test does not take hours; a lookup is not. */
const never = ['hangs', 'trickles'];
const reportMs = 150;

const lookers = 4;
const leastLookups = 6;

/** Every kind is a template of its own. */
function kindsOf(crms: Record<string, ListeningCrm>): Record<string, ConnectorKind> {
  const { send, close } = openOutgoing({ allowPrivateTargets: true });
  onTestFinished(close);
  const frugal: Send = (request, limits) => send(request, { ...limits, maxBytes: 100_000 });
  return Object.fromEntries(
    Object.entries(crms).map(([name, { url }]) => {
      const template = threeCxTemplate.configuration.parse({ file: templateOf(url), parameters: {} });
      const connect: ConnectorKind['connect'] = (setup) => {
        const connection = threeCxTemplate.connect({ ...setup, send: frugal }, template);
        return never.includes(name) ? impatient(connection) : connection;
      };
      return [name, { ...native, connect }];
    }),
  );
}

const impatient = ({ logPhoneCall, ...connection }: Connector): Connector => ({
  ...connection,
  logPhoneCall: async (call, options) => {
    const signals = [AbortSignal.timeout(reportMs), options?.signal].filter((signal) => signal !== undefined);
    return (await logPhoneCall?.(call, { signal: AbortSignal.any(signals) })) ?? receipt('none');
  },
});

/** Several look somebody up again and again, each at least a few times; keeps how long each answer took. */
function keepLooking({ customer }: Queue) {
  let ended = false;
  const took: number[] = [];
  const kinds = new Set<string>();
  const look = async (looker: number) => {
    for (let at = 0; !ended || at < leastLookups; at++) {
      const phone = at % 2 === 0 ? '0612345678' : `06123${looker}${String(1000 + at)}`;
      const began = performance.now();
      const { status, body } = await customer.rest('GET', `/api/crm/lookup/contacts/search?phone=${phone}`);
      took.push(performance.now() - began);
      expect([status, body.contacts.length]).toEqual([200, 1]);
      kinds.add(body.contacts[0].id === 'H-1' ? 'found' : 'placeholder');
      await new Promise((passed) => setTimeout(passed, 100));
    }
  };
  const looking = Promise.all(Array.from({ length: lookers }, (_, looker) => look(looker)));
  return async () => {
    ended = true;
    await looking;
    return { took: took.toSorted((a, b) => a - b), kinds };
  };
}

const countBy = async (customerId: string) => {
  const rows = await store.operator.delivery.groupBy({
    by: ['integrationId', 'state'],
    where: { customerId },
    _count: true,
  });
  const integrations = await store.operator.integration.findMany({ where: { customerId } });
  const nameOf = (id: string) => integrations.find((integration) => integration.id === id)?.connector ?? '';
  return rows.map(({ integrationId, state, _count }) => ({ name: nameOf(integrationId), state, count: _count }));
};

test('twelve CRMs that misbehave lose nothing and hold up nobody', { timeout: 120_000 }, async () => {
  const bad = await misbehavingCrms();
  const good = await healthyCrm();
  const queue = await newQueue(kindsOf({ ...bad, good }));
  for (let at = 0; at < calls; at++) {
    const start_time_utc = new Date(Date.UTC(2026, 2, 1, 10, 0, at)).toISOString();
    expect((await logCallByRest(queue.customer, { ...legacyCall, start_time_utc })).refused).toBeNull();
  }
  const endLooking = keepLooking(queue);
  const pending = () =>
    store.operator.delivery.count({ where: { customerId: queue.customer.id, state: 'PENDING' as const } });
  let rounds = 0;
  while ((await pending()) > 0 && rounds++ < 400) {
    await queue.deliver();
    queue.customer.pass(hours);
  }
  const { took, kinds } = await endLooking();
  const counts = await countBy(queue.customer.id);
  const sum = (names: string[]) =>
    counts.filter(({ name }) => names.includes(name)).reduce((total, { count }) => total + count, 0);
  const [median, p99, slowest] = [0.5, 0.99, 1].map((part) => Math.round(took[Math.ceil(took.length * part) - 1] ?? 0));
  const table = counts.map(({ name, state, count }) => `${name} ${state.toLowerCase()} ${count}`).join(', ');
  console.log(
    `${rounds} rounds; ${took.length} lookups: median ${median} ms, p99 ${p99} ms, slowest ${slowest} ms; ${table}`,
  );

  expect(counts.filter(({ state }) => state === 'PENDING')).toEqual([]);
  expect(sum(Object.keys(bad))).toBe(12 * calls);
  expect(sum(['good'])).toBe(calls);
  // The healthy one has each call exactly once, and so has one that repeats its ids.
  expect(good.journal).toHaveLength(calls);
  expect(new Set(good.journal).size).toBe(calls);
  expect(new Set(bad.repeats?.journal).size).toBe(calls);
  expect(bad.repeats?.journal).toHaveLength(calls);
  // Nobody can tell whether one that resets after it has written has written; it is told few times, and not once less.
  expect(new Set(bad.resets?.journal).size).toBe(calls);
  expect(bad.resets?.journal.length).toBeLessThanOrEqual(4 * calls);
  expect(took.length).toBeGreaterThanOrEqual(lookers * leastLookups);
  // Without a deadline the first would wait for ten seconds; this machine may be busy.
  expect(took.at(-1)).toBeLessThan(6000);
  expect(kinds).toContain('found');
});
