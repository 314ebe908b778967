import { LRUCache } from 'lru-cache';
import { kindOf, readConfiguration } from '../connectors/configuration.ts';
import type { Connector, ConnectorKinds, ConnectorSetup, GivenConfiguration } from '../connectors/connector.ts';
import { ConnectorFailure } from '../connectors/failure.ts';
import { DomainError } from '../errors.ts';
import type { Send } from '../outgoing/send.ts';
import type { CustomerRecord } from '../store/customer-record.ts';
import type { CustomerStore } from '../store/customer-store.ts';
import type { IntegrationModel } from '../store/prisma/models.ts';

export interface ConnectionSetup {
  connectors: ConnectorKinds;
  publicUrl: string;
  send: Send;
  now(): Date;
}

type Connect = (integration: IntegrationModel, customer: CustomerRecord, store: CustomerStore) => Connector;

/** How many integrations stay connected; one that is asked again after that logs in anew. */
const kept = 5000;

/**
 * Answers a function that connects integrations, each once until its row changes. One that cannot be connected (its key
 * is gone, its kind unknown) answers every call with `CONNECTOR_UNAVAILABLE`, so that what is to be logged waits for it.
 */
export function openConnections({ connectors, publicUrl, send, now }: ConnectionSetup): Connect {
  const connections = new LRUCache<string, Connector>({ max: kept });
  return (integration, customer, store) => {
    const { defaultCountry: country, timeZone } = customer;
    const key = [integration.id, integration.updatedAt.getTime(), country, timeZone].join(' ');
    const known = connections.get(key);
    if (known) return known;
    const connection = connectOne(connectors, integration, { store, publicUrl, country, timeZone, send, now });
    connections.set(key, connection);
    return connection;
  };
}

function connectOne(connectors: ConnectorKinds, integration: IntegrationModel, setup: ConnectorSetup): Connector {
  const kind = kindOf(connectors, integration.connector);
  if (!kind) return unavailable(`There is no connector ${integration.connector}.`);
  try {
    return kind.connect(setup, readConfiguration(kind, givenConfiguration(integration, setup.store)));
  } catch (error) {
    if (error instanceof DomainError) return unavailable(error.message);
    throw error;
  }
}

/** Where a configuration is sealed: for this integration alone. */
const placeOf = (integrationId: string) => `integration ${integrationId}`;

/** What an operator gave for an integration. Throws `NOT_ENABLED` where its key is gone. */
export function givenConfiguration(
  { id, configuration }: Pick<IntegrationModel, 'id' | 'configuration'>,
  store: CustomerStore,
): GivenConfiguration {
  if (!configuration) return { file: null, parameters: {} };
  return JSON.parse(store.unseal(configuration, placeOf(id))) as GivenConfiguration;
}

/** Seals what an operator gave; null where that is nothing, which needs no key. Throws `NOT_ENABLED` without a key. */
export function sealConfiguration(id: string, given: GivenConfiguration, store: CustomerStore) {
  if (given.file === null && Object.keys(given.parameters).length === 0) return null;
  return store.seal(JSON.stringify(given), placeOf(id));
}

function unavailable(reason: string): Connector {
  const refuse = async (): Promise<never> => {
    throw new ConnectorFailure('unavailable', reason);
  };
  return { searchContacts: refuse, createContact: refuse, logPhoneCall: refuse, logChat: refuse };
}
