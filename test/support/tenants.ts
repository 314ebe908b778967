import { randomBytes } from 'node:crypto';
import type { OutgoingRequest } from '../../src/outgoing/send.ts';
import { graphql, newCustomer, type ServeOptions, serve, type TestCustomer } from './world.ts';

/** One of several customers who do the same things with the same numbers, each with a word of its own in every text. */
export interface Tenant {
  customer: TestCustomer;
  /** May do everything. */
  token: string;
  /** How its word begins; others may look for that. */
  prefix: string;
  /** What nobody else may ever be told. */
  canary: string;
  pair: { token: string; tokenSecret: string };
}

export async function newTenants(count: number, options: ServeOptions): Promise<Tenant[]> {
  const app = serve(options);
  return Promise.all(Array.from({ length: count }, (_, index) => newTenant(index, app)));
}

async function newTenant(index: number, app: ReturnType<typeof serve>): Promise<Tenant> {
  const customer = await newCustomer({ app });
  const token = await customer.tokenWith(['client', 'crm', 'admin']);
  const prefix = `zq${index}`;
  const canary = `${prefix}${randomBytes(8).toString('hex')}`;
  const ask = async (document: string, variables: object) => {
    const { body } = await graphql(document, variables, { token, app });
    if (body.errors) throw new Error(JSON.stringify(body.errors));
  };
  await ask(
    'mutation ($url: String!, $events: [WebhookEvent!]!) { createWebhook(input: { url: $url, events: $events }) { secret } }',
    {
      url: `https://${canary}.example/hook`,
      events: ['PHONE_CALL_LOGGED', 'PHONE_CALL_UPDATED', 'CALL_CONTEXT_UPSERTED', 'CHAT_LOGGED'],
    },
  );
  await ask(
    'mutation ($input: IntegrationInput!) { createIntegration(connector: "url-builder", input: $input) { id } }',
    { input: { name: canary, parameters: [{ name: 'Url', value: `https://${canary}.example/?n={phone}` }] } },
  );
  return { customer, token, prefix, canary, pair: await customer.contextToken() };
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Remembers whose every id is, as it is first told, and finds what belongs to another than who was told it. */
export function createCustoms(tenants: Tenant[]) {
  const owners = new Map<string, Tenant>();
  const own = new Map(tenants.map((tenant) => [tenant, 0]));
  const said = new Map(tenants.map((tenant) => [tenant, new Set<string>()]));
  for (const tenant of tenants) owners.set(tenant.customer.id, tenant).set(tenant.customer.workspaceId, tenant);
  return {
    ids: (tenant: Tenant) => [...owners].filter(([, owner]) => owner === tenant).map(([id]) => id),
    /** How often each was told of itself; otherwise nothing would be shown by finding nothing. */
    told: () => [...own.values()],
    owners,
    /** Notes what a customer asks, before it is asked: what is answered meanwhile may tell of it already. */
    hear(tenant: Tenant, question: string): void {
      for (const id of question.match(uuid) ?? []) said.get(tenant)?.add(id);
    },
    /** What of a text belongs to others. Ids that a customer itself has named may be repeated to it. */
    foreign(tenant: Tenant | null, text: string): string[] {
      const named = (tenant && said.get(tenant)) ?? new Set();
      if (tenant && text.includes(tenant.canary)) own.set(tenant, (own.get(tenant) ?? 0) + 1);
      const words = tenants
        .filter((other) => other !== tenant && text.includes(other.canary))
        .map(({ canary }) => canary);
      const ids = [...new Set(text.match(uuid) ?? [])].filter((id) => {
        if (named.has(id)) return false;
        const owner = owners.get(id);
        if (!owner && tenant) owners.set(id, tenant);
        return owner !== undefined && owner !== tenant;
      });
      return [...words, ...ids];
    },
  };
}

/** Whom a request for a webhook or CRM is for, by the host that it goes to. */
export const addressee = (tenants: Tenant[], { url }: OutgoingRequest): Tenant | null =>
  tenants.find(({ canary }) => new URL(url).host.startsWith(canary)) ?? null;
