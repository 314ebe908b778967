import { v7 as uuid } from 'uuid';
import { readConfiguration } from '../connectors/configuration.ts';
import type { ConnectorKind, GivenConfiguration } from '../connectors/connector.ts';
import { badInput, DomainError } from '../errors.ts';
import { isUuid } from '../id.ts';
import { limits } from '../limits.ts';
import { type CustomerRows, statement } from '../store/customer-store.ts';
import type { IntegrationModel } from '../store/prisma/models.ts';
import { givenConfiguration, sealConfiguration } from './connection.ts';
import type { Customer } from './customer.ts';
import { findKind, type IntegrationSettings, integrationSettings } from './integration-settings.ts';
import { lockOf } from './transaction.ts';

type Maybe<T> = T | null | undefined;

/** What may be said of an integration; what is absent stays as it is, or is on. */
export interface IntegrationChanges {
  name?: Maybe<string>;
  /** Counted from 1; the others make room. Past the end is the end. */
  position?: Maybe<number>;
  lookup?: Maybe<boolean>;
  callLogging?: Maybe<boolean>;
  chatLogging?: Maybe<boolean>;
  contactCreation?: Maybe<boolean>;
  file?: Maybe<string>;
  /** Parameters that are not named keep their values; one without a value goes back to its default. */
  parameters?: Maybe<{ name: string; value?: Maybe<string> }[]>;
}

/** A customer's integrations, in the order in which lookup asks them. */
export async function listIntegrations(customer: Customer): Promise<IntegrationSettings[]> {
  const rows = await customer.store.prisma.integration.findMany({
    where: { position: { not: null } },
    orderBy: { position: 'asc' },
  });
  return rows.map((row) => integrationSettings(customer, row));
}

/** An integration as its row stands. Throws `NOT_FOUND`, also for one of another customer. */
export async function findIntegration(customer: Pick<Customer, 'store'>, id: string): Promise<IntegrationModel> {
  const where = { id, position: { not: null } };
  const found = isUuid(id) ? await customer.store.prisma.integration.findFirst({ where }) : null;
  if (!found) throw unknown(id);
  return found;
}

/**
 * Connects a customer with a CRM. A configuration that its kind refuses is `BAD_USER_INPUT` with a sentence for each
 * mistake, and nothing is stored; secrets that cannot be kept are `NOT_ENABLED`.
 */
export async function createIntegration(
  customer: Customer,
  connector: string,
  input: IntegrationChanges,
): Promise<IntegrationSettings> {
  const kind = findKind(customer, connector);
  const id = uuid();
  const given = changed(kind, { file: null, parameters: {} }, input);
  readConfiguration(kind, given);
  const row = { ...withChanges(switchedOn, input), configuration: sealConfiguration(id, given, customer.store) };
  await arrange(customer, async (rows, order) => {
    if (order.length >= limits.integrations) {
      throw badInput(['input'], `A customer has at most ${limits.integrations} integrations.`);
    }
    await rows.rows(insertIntegration, id, connector, order.length + 1, customer.now(), ...columnsOf(row));
    return placed(order, id, input.position ?? order.length + 1);
  });
  return integrationSettings(customer, await findIntegration(customer, id));
}

/** Changes what is named and nothing else; takes effect within a second. Refuses as `createIntegration` does. */
export async function updateIntegration(customer: Customer, id: string, input: IntegrationChanges) {
  await arrange(customer, async (rows, order) => {
    const row = await readRow(rows, id);
    const { connector, configuration } = row;
    const reconfigured = input.file != null || (input.parameters ?? []).length > 0;
    const kept = reconfigured ? reconfigure(customer, findKind(customer, connector), row, input) : configuration;
    await rows.rows(
      storeIntegration,
      id,
      customer.now(),
      ...columnsOf({ ...withChanges(row, input), configuration: kept }),
    );
    return input.position == null ? order : placed(order, id, input.position);
  });
  return integrationSettings(customer, await findIntegration(customer, id));
}

/**
 * Disconnects a CRM and forgets its configuration; its logs stay. What is still to be pushed to it would be lost, so
 * that is refused unless forced; then those pushes are dead.
 */
export async function removeIntegration(
  customer: Customer,
  id: string,
  force: boolean,
): Promise<{ id: string; abandoned: number }> {
  let abandoned = 0;
  await arrange(customer, async (rows, order) => {
    await readRow(rows, id);
    abandoned = (await rows.rows(abandonDeliveries, id, customer.now())).length;
    if (abandoned > 0 && !force) {
      const message = `${abandoned} calls or chats are still to be pushed to it. Wait until they have arrived, or force the removal: they then stay in the history, and their pushes are dead.`;
      throw badInput(['force'], message);
    }
    await rows.rows(retireIntegration, id, customer.now());
    return order.filter((other) => other !== id);
  });
  return { id, abandoned };
}

const unknown = (id: string) => new DomainError('NOT_FOUND', `There is no integration ${id}.`);

type Switches = Pick<IntegrationModel, 'name' | 'lookup' | 'callLogging' | 'chatLogging' | 'contactCreation'>;

const switchedOn: Switches = { name: null, lookup: true, callLogging: true, chatLogging: true, contactCreation: true };

const withChanges = (row: Switches, input: IntegrationChanges): Switches => ({
  name: input.name ?? row.name,
  lookup: input.lookup ?? row.lookup,
  callLogging: input.callLogging ?? row.callLogging,
  chatLogging: input.chatLogging ?? row.chatLogging,
  contactCreation: input.contactCreation ?? row.contactCreation,
});

function reconfigure(customer: Customer, kind: ConnectorKind, row: IntegrationModel, input: IntegrationChanges) {
  const given = changed(kind, givenConfiguration(row, customer.store), input);
  readConfiguration(kind, given);
  return sealConfiguration(row.id, given, customer.store);
}

/** What is kept of a configuration is what its form still asks; what is new stands, for its kind to judge. */
function changed(kind: ConnectorKind, kept: GivenConfiguration, input: IntegrationChanges): GivenConfiguration {
  const file = input.file ?? kept.file;
  const asked = kind.form({ file, parameters: {} }).parameters.map(({ name }) => name);
  const nameOf = (name: string) => asked.find((other) => other.toLowerCase() === name.toLowerCase()) ?? name;
  const parameters = new Map(Object.entries(kept.parameters).filter(([name]) => asked.includes(name)));
  for (const { name, value } of input.parameters ?? []) {
    if (value == null) parameters.delete(nameOf(name));
    else parameters.set(nameOf(name), value);
  }
  return { file, parameters: Object.fromEntries(parameters) };
}

function placed(order: string[], id: string, position: number): string[] {
  const others = order.filter((other) => other !== id);
  return others.toSpliced(position - 1, 0, id);
}

/** Changes integrations while nobody else does; the work answers their new order. */
async function arrange(customer: Customer, work: (rows: CustomerRows, order: string[]) => Promise<string[]>) {
  await customer.store.transaction([lockOf(['integrations'])], async (rows) => {
    const order = await rows.rows(readOrder);
    await rows.rows(
      storeOrder,
      await work(
        rows,
        order.map(({ id }) => id),
      ),
    );
  });
}

async function readRow(rows: CustomerRows, id: string): Promise<IntegrationModel> {
  const [row] = isUuid(id) ? await rows.rows(readIntegration, id) : [];
  if (!row) throw unknown(id);
  return row;
}

const columnsOf = (row: Switches & Pick<IntegrationModel, 'configuration'>) => [
  row.name,
  row.lookup,
  row.callLogging,
  row.chatLogging,
  row.contactCreation,
  row.configuration,
];

const readOrder = statement<{ id: string }>(
  'SELECT id FROM integrations WHERE customer_id = $1 AND position IS NOT NULL ORDER BY position',
);

const storeOrder = statement<never>(`
  UPDATE integrations SET position = wanted.position
  FROM unnest($2::uuid[]) WITH ORDINALITY AS wanted (id, position)
  WHERE customer_id = $1 AND integrations.id = wanted.id AND integrations.position <> wanted.position`);

const readIntegration = statement<IntegrationModel>(
  'SELECT * FROM integrations WHERE customer_id = $1 AND id = $2 AND position IS NOT NULL',
);

const insertIntegration = statement<never>(`
  INSERT INTO integrations (customer_id, id, connector, position, created_at, updated_at,
    name, lookup, call_logging, chat_logging, contact_creation, configuration)
  VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10, $11)`);

/** A connection lives until its row changes, so the moment of a change is always a later one. */
const laterThan = (moment: string) =>
  `updated_at = greatest(${moment}::timestamptz, updated_at + interval '1 millisecond')`;

const storeIntegration = statement<never>(`
  UPDATE integrations
  SET ${laterThan('$3')}, name = $4, lookup = $5, call_logging = $6, chat_logging = $7, contact_creation = $8,
    configuration = $9
  WHERE customer_id = $1 AND id = $2`);

const retireIntegration = statement<never>(`
  UPDATE integrations SET position = NULL, configuration = NULL, ${laterThan('$3')} WHERE customer_id = $1 AND id = $2`);

const abandonDeliveries = statement<{ id: string }>(`
  UPDATE deliveries SET state = 'DEAD', message = 'The integration was removed.', updated_at = $3
  WHERE customer_id = $1 AND integration_id = $2 AND state = 'PENDING'
  RETURNING id`);
