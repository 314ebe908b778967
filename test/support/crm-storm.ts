import { onTestFinished } from 'vitest';
import type { Connector, ConnectorKind } from '../../src/connectors/connector.ts';
import { native } from '../../src/connectors/native.ts';
import { threeCxTemplate } from '../../src/connectors/three-cx-template.ts';
import { openOutgoing } from '../../src/outgoing/outgoing.ts';
import type { Send } from '../../src/outgoing/send.ts';
import { hours } from './clock.ts';
import { healthyCrm, type ListeningCrm, misbehavingCrms, templateOf } from './misbehaving-crm.ts';
import { newQueue, type Queue, receipt } from './queue.ts';
import { legacyCall, logCallByRest } from './report.ts';
import { store } from './world.ts';

/** How many deliveries to one CRM have come to one state. */
interface Counted {
  name: string;
  state: string;
  count: number;
}

export interface Storm {
  queue: Queue;
  bad: Record<string, ListeningCrm>;
  good: ListeningCrm;
  /** Delivers, hour after hour, until nothing waits any more; answers how often it tried, and how all has ended. */
  workOff(): Promise<{ rounds: number; counts: Counted[] }>;
}

/** A customer with a healthy CRM and twelve that misbehave, and so many calls that all of them are to be told of. */
export async function gatherStorm(calls: number): Promise<Storm> {
  const bad = await misbehavingCrms();
  const good = await healthyCrm();
  const queue = await newQueue(kindsOf({ ...bad, good }));
  const customerId = queue.customer.id;
  for (let at = 0; at < calls; at++) {
    const start_time_utc = new Date(Date.UTC(2026, 2, 1, 10, 0, at)).toISOString();
    const { refused } = await logCallByRest(queue.customer, { ...legacyCall, start_time_utc });
    if (refused) throw new Error(JSON.stringify(refused));
  }
  const pending = () => store.operator.delivery.count({ where: { customerId, state: 'PENDING' } });
  return {
    queue,
    bad,
    good,
    workOff: async () => {
      let rounds = 0;
      for (; (await pending()) > 0 && rounds < 400; rounds++) {
        await queue.deliver();
        queue.customer.pass(hours);
      }
      return { rounds, counts: await countBy(customerId) };
    },
  };
}

/** How many of them are those of these CRMs, and in this state if one is given. */
export const sumOf = (counts: Counted[], names: string[], state?: string): number =>
  counts
    .filter((each) => names.includes(each.name) && (!state || each.state === state))
    .reduce((total, { count }) => total + count, 0);

/** Those that never answer. A report to them is given up soon, so that the test does not take hours; a lookup is not. */
const never = ['hangs', 'trickles'];
const reportMs = 150;

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

async function countBy(customerId: string): Promise<Counted[]> {
  const rows = await store.operator.delivery.groupBy({
    by: ['integrationId', 'state'],
    where: { customerId },
    _count: true,
  });
  const integrations = await store.operator.integration.findMany({ where: { customerId } });
  const nameOf = (id: string) => integrations.find((integration) => integration.id === id)?.connector ?? '';
  return rows.map(({ integrationId, state, _count }) => ({ name: nameOf(integrationId), state, count: _count }));
}
