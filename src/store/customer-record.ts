import { columnName } from './column.ts';
import type { Store } from './open.ts';
import { Prisma } from './prisma/client.ts';
import type { CustomerModel, IntegrationModel, WebhookModel, WorkspaceModel } from './prisma/models.ts';

/** What is read of a customer whenever somebody acts for it. */
export interface CustomerRecord extends CustomerModel {
  workspace: WorkspaceModel;
  /** Those that were not removed, in their order. */
  integrations: IntegrationModel[];
  /** Those that are enabled. */
  webhooks: Pick<WebhookModel, 'id' | 'events'>[];
}

const columns = (fields: Record<string, string>) => Object.keys(fields).map(columnName).join(', ');

const readFacts = {
  name: 'customers',
  text: `SELECT ${columns(Prisma.CustomerScalarFieldEnum)} FROM customers WHERE id = ANY($1::uuid[])`,
};
const readWorkspaces = {
  name: 'workspaces-of-customers',
  text: `
    SELECT ${columns(Prisma.WorkspaceScalarFieldEnum)} FROM workspaces
    WHERE id IN (SELECT workspace_id FROM customers WHERE id = ANY($1::uuid[]))`,
};
const readIntegrations = {
  name: 'integrations-of-customers',
  text: `
    SELECT ${columns(Prisma.IntegrationScalarFieldEnum)} FROM integrations
    WHERE customer_id = ANY($1::uuid[]) AND position IS NOT NULL ORDER BY position`,
};
const readWebhooks = {
  name: 'webhooks-of-customers',
  text: 'SELECT customer_id, id, events FROM webhooks WHERE customer_id = ANY($1::uuid[]) AND enabled ORDER BY id',
};

/**
 * Reads customers by their ids, in that order; those that are not there are left out. A telephone may ring before
 * anything else has happened in a process, and Prisma takes a quarter of a second for its first statement.
 */
export async function readCustomers(store: Pick<Store, 'operatorRows'>, ids: string[]): Promise<CustomerRecord[]> {
  if (ids.length === 0) return [];
  const [facts, workspaces, integrations, webhooks] = await Promise.all([
    store.operatorRows<CustomerModel>(readFacts, ids),
    store.operatorRows<WorkspaceModel>(readWorkspaces, ids),
    store.operatorRows<IntegrationModel>(readIntegrations, ids),
    store.operatorRows<Pick<WebhookModel, 'customerId' | 'id' | 'events'>>(readWebhooks, ids),
  ]);
  const factsById = new Map(facts.map((customer) => [customer.id, customer]));
  const workspaceById = new Map(workspaces.map((workspace) => [workspace.id, workspace]));
  const integrationsOf = Map.groupBy(integrations, ({ customerId }) => customerId);
  const webhooksOf = Map.groupBy(webhooks, ({ customerId }) => customerId);
  return ids.flatMap((id) => {
    const customer = factsById.get(id);
    const workspace = customer && workspaceById.get(customer.workspaceId);
    // Without a workspace it came between two of the statements.
    if (!workspace) return [];
    const told = (webhooksOf.get(id) ?? []).map(({ id, events }) => ({ id, events }));
    return [{ ...customer, workspace, integrations: integrationsOf.get(id) ?? [], webhooks: told }];
  });
}
