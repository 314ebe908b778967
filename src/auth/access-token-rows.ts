import { readCustomers } from '../store/customer-record.ts';
import type { OperatorStatement, Store } from '../store/open.ts';
import type { AccessTokenModel } from '../store/prisma/models.ts';
import type { Principal } from './principal.ts';
import { accessTokenPrefix, customerOfSecret, hashSecret } from './secret.ts';

export interface Credential {
  principal: Principal;
  expiresAt: Date | null;
  /** On the clock of `performance`. */
  readAt: number;
  /** What `versionsOf` told of it, where that was asked before it was read. */
  version?: string | undefined;
}

export const credential = ({ customer, scopes, expiresAt }: Principal & { expiresAt: Date | null }): Credential => ({
  principal: { customer, scopes },
  expiresAt,
  readAt: performance.now(),
});

/** Whether a customer can have such a token at all; the others need not be asked for. */
export const mayBeToken = (token: string): boolean => customerOfSecret(accessTokenPrefix, token) !== null;

/** Those of some access tokens that are not revoked. */
export async function findTokens(store: Store, tokens: string[]): Promise<Map<string, Credential>> {
  if (tokens.length === 0) return new Map();
  const keys = keysOf(tokens);
  const [found, customers] = await Promise.all([
    store.operatorRows<TokenRow>(readTokens, keys.customerIds, keys.hashes),
    readCustomers(store, [...new Set(keys.customerIds)]),
  ]);
  const byId = new Map(customers.map((customer) => [customer.id, customer]));
  return new Map(
    found.flatMap(({ place, customerId, ...row }) => {
      const customer = byId.get(customerId);
      return customer ? [[tokens[place - 1] as string, credential({ customer, ...row })]] : [];
    }),
  );
}

type TokenRow = Pick<AccessTokenModel, 'customerId' | 'scopes' | 'expiresAt'> & { place: number };

/** The tokens that were asked for, each with its place among them. */
const askedTokens = `
    FROM unnest($1::uuid[], $2::bytea[]) WITH ORDINALITY AS asked (customer_id, hash, place)
    JOIN access_tokens AS token ON token.customer_id = asked.customer_id AND token.hash = asked.hash`;

const readTokens: OperatorStatement = {
  name: 'tokens',
  text: `
    SELECT asked.place::int AS place, token.customer_id, token.scopes, token.expires_at ${askedTokens}
    WHERE token.revoked_at IS NULL`,
};

/**
 * Of some access tokens, those that are not revoked, each with a text that is another one as soon as anything has
 * changed that `findTokens` tells of it. It costs a fraction of reading that: PostgreSQL keeps with every row which
 * transaction wrote it.
 */
export async function versionsOf(store: Store, tokens: string[]): Promise<Map<string, string>> {
  if (tokens.length === 0) return new Map();
  const { customerIds, hashes } = keysOf(tokens);
  const found = await store.operatorRows<{ place: number; version: string }>(readVersions, customerIds, hashes);
  return new Map(found.map(({ place, version }) => [tokens[place - 1] as string, version]));
}

const readVersions: OperatorStatement = {
  name: 'token-versions',
  text: `
    SELECT asked.place::int AS place, concat_ws(' ', token.xmin, customer.xmin, workspace.id, workspace.xmin,
      (SELECT string_agg(id || ' ' || xmin, ' ' ORDER BY id) FROM integrations
       WHERE customer_id = customer.id AND position IS NOT NULL), '/',
      (SELECT string_agg(id || ' ' || xmin, ' ' ORDER BY id) FROM webhooks
       WHERE customer_id = customer.id AND enabled)) AS version ${askedTokens}
    JOIN customers AS customer ON customer.id = token.customer_id
    JOIN workspaces AS workspace ON workspace.id = customer.workspace_id
    WHERE token.revoked_at IS NULL`,
};

/** By what tokens are found. */
const keysOf = (tokens: string[]) => ({
  customerIds: tokens.map((token) => customerOfSecret(accessTokenPrefix, token) ?? ''),
  hashes: tokens.map(hashSecret),
});
