import { v7 as uuid } from 'uuid';
import type { Connector, ConnectorKinds } from '../connectors/connector.ts';
import { DomainError } from '../errors.ts';
import type { EventBus } from '../events/event-bus.ts';
import { isUuid } from '../id.ts';
import type { Send } from '../outgoing/send.ts';
import { type CustomerRecord, readCustomers } from '../store/customer-record.ts';
import type { CustomerStore } from '../store/customer-store.ts';
import type { Store } from '../store/open.ts';
import type { IntegrationModel } from '../store/prisma/models.ts';
import { openConnections } from './connection.ts';
import { type OutsideCrm, openOutsideCrms } from './outside-crm.ts';
import { openWriteQueue, type WriteLimits, type WriteQueue } from './write-queue.ts';

/** A customer's configured connector. */
export interface Integration extends IntegrationModel {
  connection: Connector;
  /** Null where the contacts are our own. */
  outside: OutsideCrm | null;
}

/** The customer for whom an operation runs, with the one door to its rows. */
export interface Customer extends Omit<CustomerRecord, 'integrations'> {
  integrations: Integration[];
  /** The kinds of CRM that can be connected. */
  connectors: ConnectorKinds;
  /** Connects an integration as it stands in its row. */
  connect(integration: IntegrationModel): Connector;
  store: CustomerStore;
  /** Every write that a caller asks for goes through it; all customers share it. */
  write: WriteQueue;
  /** Where it is told what happened to this customer's rows. */
  events: EventBus;
  /** Begins every link that is made for this customer. */
  publicUrl: string;
  /** Within how many milliseconds a lookup is answered, whatever the CRMs do. */
  lookupDeadlineMs: number;
  /** How many milliseconds a CRM may take to create a contact. */
  creationLimitMs: number;
  now(): Date;
}

/** Ten seconds, of which a phone system waits for most. */
const defaultCreationLimitMs = 10_000;

export interface CustomerSetup {
  store: Store;
  connectors: ConnectorKinds;
  events: EventBus;
  publicUrl: string;
  /** The one way to the outside. */
  send: Send;
  lookupDeadlineMs: number;
  creationLimitMs?: number | undefined;
  writeLimits?: WriteLimits | undefined;
  now(): Date;
}

export type OpenCustomer = (record: CustomerRecord) => Customer;

/**
 * Answers a function that makes a customer ready to be worked for; the same record gives the same customer. A
 * connection keeps its logins from one request to the next, so open customers once for a process.
 */
export function openCustomers(setup: CustomerSetup): OpenCustomer {
  const { store, connectors, events, publicUrl, lookupDeadlineMs, now } = setup;
  const { creationLimitMs = defaultCreationLimitMs } = setup;
  const opened = new WeakMap<CustomerRecord, Customer>();
  const write = openWriteQueue(setup.writeLimits);
  const connections = openConnections(setup);
  const outsideOf = openOutsideCrms(setup);
  return (record) => {
    const known = opened.get(record);
    if (known) return known;
    const rows = store.forCustomer(record.id);
    const connect = (integration: IntegrationModel) => connections(integration, record, rows);
    const integrations = record.integrations.map((integration) => {
      const connection = connect(integration);
      const outside = integration.connector === 'native' ? null : outsideOf(integration, connection);
      return { ...integration, connection, outside };
    });
    const facts = { write, events, publicUrl, lookupDeadlineMs, creationLimitMs, now };
    const customer: Customer = { ...record, integrations, connectors, connect, store: rows, ...facts };
    opened.set(record, customer);
    return customer;
  };
}

/** What `openCustomers` takes of a customer, by its id. Throws `NOT_FOUND`. */
export async function findCustomerRecord(store: Store, id: string): Promise<CustomerRecord> {
  const [found] = isUuid(id) ? await readCustomers(store, [id]) : [];
  if (!found) throw new DomainError('NOT_FOUND', `There is no customer ${id}.`);
  return found;
}

/** Makes a customer whose contacts are our own. Throws `NOT_FOUND` for an unknown workspace. */
export async function createCustomer(
  store: Store,
  input: { workspaceId: string; name: string; defaultCountry: string; timeZone: string },
): Promise<{ id: string }> {
  const workspace = await store.operator.workspace.findUnique({ where: { id: input.workspaceId } });
  if (!workspace) throw new DomainError('NOT_FOUND', `There is no workspace ${input.workspaceId}.`);
  const { id } = await store.operator.customer.create({
    data: { id: uuid(), ...input, integrations: { create: { id: uuid(), connector: 'native', position: 1 } } },
  });
  return { id };
}

export interface CustomerSwitches {
  callLoggingEnabled?: boolean | undefined;
  chatLoggingEnabled?: boolean | undefined;
  contactCreationEnabled?: boolean | undefined;
  chatsWithoutEmail?: boolean | undefined;
  /** Null keeps everything. */
  retentionDays?: number | null | undefined;
}

/** A customer by its id. Throws `NOT_FOUND`. */
export async function findCustomer(store: Store, id: string) {
  const found = await store.operator.customer.findUnique({ where: { id } });
  if (!found) throw new DomainError('NOT_FOUND', `There is no customer ${id}.`);
  return found;
}

/** Turns switches of a customer; they take effect within a second. Throws `NOT_FOUND`. */
export async function updateCustomer(store: Store, id: string, switches: CustomerSwitches) {
  const { count } = await store.operator.customer.updateMany({ where: { id }, data: switches });
  if (count === 0) throw new DomainError('NOT_FOUND', `There is no customer ${id}.`);
  return findCustomer(store, id);
}

export const listCustomers = (store: Store) => store.operator.customer.findMany({ orderBy: { createdAt: 'asc' } });

/** Makes a workspace; its customers are made by `createCustomer`. */
export async function createWorkspace(store: Store, name: string): Promise<{ id: string; name: string }> {
  const workspace = await store.operator.workspace.create({ data: { id: uuid(), name } });
  return { id: workspace.id, name: workspace.name };
}
