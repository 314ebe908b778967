import type { Connector, ConnectorKind, Receipt } from '../../src/connectors/connector.ts';
import { native } from '../../src/connectors/native.ts';
import type { OpenCustomer } from '../../src/domain/customer.ts';
import { deliverDue, type QueueSetup } from '../../src/domain/delivery-queue.ts';
import { days, newTimedCustomer, type TimedCustomer } from './clock.ts';
import { paths } from './rest.ts';
import { connectorOf, customersOf, store } from './world.ts';

export interface Log {
  id: string;
  integration: string;
  state: string;
  attempts: number;
  message: string | null;
  remote_id: string | null;
  remote_url: string | null;
  updated_at: string;
}

export interface Queue {
  customer: TimedCustomer;
  setup: QueueSetup;
  /** Works off what is due at this moment of the customer's clock; answers how many were tried. */
  deliver(more?: Partial<QueueSetup>): Promise<number>;
  /** The logs of the customer's only call. */
  logs(): Promise<Log[]>;
  logOf(integration: string): Promise<Log>;
}

export const receipt = (remoteId: string): Receipt => ({
  remoteId,
  remoteUrl: `https://crm.example/${remoteId}`,
  message: 'Noted.',
});

let queues = 0;

/**
 * A customer with the native integration and one of every kind that is given. Workers take whatever is due in the
 * whole database; so every queue lives in a month of its own, before everything that others store.
 */
export async function newQueue(
  kinds: Record<string, Connector | ConnectorKind>,
  switches: Record<string, object> = {},
): Promise<Queue> {
  const connectors = {
    native,
    ...Object.fromEntries(
      Object.entries(kinds).map(([name, kind]) => [name, 'connect' in kind ? kind : connectorOf(kind)]),
    ),
  };
  // What works in the background shares its customers with what answers, as in a server.
  const shared: OpenCustomer = (record) => openCustomer(record);
  const moment = new Date(Date.UTC(1989, 0, 1) - queues++ * 30 * days);
  const customer = await newTimedCustomer(moment, { openCustomer: shared });
  const integrations = Object.keys(kinds).map((connector, index) => ({
    customerId: customer.id,
    id: crypto.randomUUID(),
    connector,
    position: index + 2,
    ...switches[connector],
  }));
  await store.operator.integration.createMany({ data: integrations });
  const openCustomer = customersOf({ connectors, now: customer.now });
  const setup = { store, openCustomer, now: customer.now };
  const logs = async () => (await customer.rest('GET', `${paths.calls}?include=logs`)).body.data[0].logs as Log[];
  return {
    customer,
    setup,
    deliver: (more) => deliverDue({ ...setup, ...more }),
    logs,
    logOf: async (integration) => (await logs()).find((log) => log.integration === integration) as Log,
  };
}
