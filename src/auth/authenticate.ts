import { setTimeout as sleep } from 'node:timers/promises';
import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import { isUuid } from '../id.ts';
import { readCustomers } from '../store/customer-record.ts';
import { throwUnavailable } from '../store/failure.ts';
import type { OperatorStatement, Store } from '../store/open.ts';
import type { ContextTokenModel } from '../store/prisma/models.ts';
import { type Credential, credential, findTokens, mayBeToken, versionsOf } from './access-token-rows.ts';
import { contextScope, type Principal } from './principal.ts';
import { contextSecretPrefix, customerOfSecret, hashSecret, sameHash } from './secret.ts';

/** Turns a secret into a principal, or null; throws `SERVICE_UNAVAILABLE` when the database is away. */
export interface Authenticator {
  accessToken(token: string): Promise<Principal | null>;
  /** Of these access tokens, those that are good at this moment, each with its principal: all of them are asked for. */
  goodTokens(tokens: string[]): Promise<Map<string, Principal>>;
  contextToken(token: string, secret: string): Promise<Principal | null>;
}

/** Revocations and switches take effect within a second, so nothing is trusted for longer. Milliseconds. */
const rememberMs = 800;

/** Those in use are looked up again together, well before they would be forgotten. Milliseconds. */
const renewMs = 350;

/** However unchanged it seems, what a token means is read again after this long. Milliseconds. */
const rereadMs = 60_000;

/** So many tokens are asked for by one query. */
const atOnce = 1000;

/**
 * Looks secrets up by their hash. A good one is trusted for less than a second, a bad one never. What was known of a token
 * is kept beyond that: if it has not changed, it is good again without being read.
 */
export function createAuthenticator(store: Store, now: () => Date): Authenticator {
  const remembered = new LRUCache<string, Credential>({ max: 10_000, ttl: rememberMs, noDeleteOnStaleGet: true });
  const reading = new LRUCache<string, Promise<Credential | null>>({ max: 10_000, ttl: rememberMs });
  const inUse = new Set<string>();
  let renewing = false;

  /** Those that are asked for at one moment, together; each of them is read only once at a time. */
  const lapsed = new DataLoader(
    async (tokens: readonly string[]) => {
      const good = await renew([...tokens]);
      return tokens.map((token) => good.get(token) ?? null);
    },
    { cache: false, maxBatchSize: atOnce },
  );

  async function recall(key: string, find: () => Promise<Credential | null>): Promise<Principal | null> {
    const credential = remembered.get(key) ?? (await (reading.get(key) ?? read(key, find)).catch(throwUnavailable));
    return credential && isCurrent(credential, now()) ? credential.principal : null;
  }

  /** Whoever asks for it meanwhile has the same answer, which is no older than one that is remembered. */
  function read(key: string, find: () => Promise<Credential | null>): Promise<Credential | null> {
    const coming = find().finally(() => reading.delete(key));
    reading.set(key, coming);
    return coming;
  }

  /** One query for all tokens in use, where each would need its own; while the database is away, they lapse. */
  async function renewAll(): Promise<void> {
    renewing = true;
    while (inUse.size > 0) {
      await sleep(renewMs, undefined, { ref: false });
      const tokens = [...inUse].filter((token) => remembered.has(token));
      inUse.clear();
      await renew(tokens).catch(() => {});
    }
    renewing = false;
  }

  /** Those that are good. What has not changed stays what it is, so that nothing is made anew of it. */
  async function renew(tokens: string[]): Promise<Map<string, Credential>> {
    const start = performance.now();
    const versions = await versionsOf(store, tokens);
    const good = new Map<string, Credential>();
    for (const [token, version] of versions) {
      const known = remembered.get(token, { allowStale: true });
      if (known?.version === version && start - known.readAt < rereadMs) good.set(token, known);
    }
    const others = [...versions.keys()].filter((token) => !good.has(token));
    for (const [token, read] of await findTokens(store, others)) {
      good.set(token, { ...read, version: versions.get(token) });
    }
    for (const token of tokens) {
      const credential = good.get(token);
      if (credential) remembered.set(token, credential, { start });
      else remembered.delete(token);
    }
    return good;
  }

  return {
    accessToken: async (token) => {
      const principal = await recall(token, async () => (mayBeToken(token) ? lapsed.load(token) : null));
      if (principal) inUse.add(token);
      if (!renewing && inUse.size > 0) void renewAll();
      return principal;
    },
    goodTokens: async (tokens) => {
      const good = await renew(tokens);
      return new Map(
        [...good].flatMap(([token, known]) => (isCurrent(known, now()) ? [[token, known.principal]] : [])),
      );
    },
    contextToken: async (token, secret) => {
      const customerId = customerOfSecret(contextSecretPrefix, secret);
      if (!customerId || !isUuid(token)) return null;
      const hash = hashSecret(secret);
      const key = `${token} ${hash.toString('base64')}`;
      return recall(key, async () => {
        const start = performance.now();
        const [found] = await store.operatorRows<ContextTokenRow>(readContextToken, customerId, token);
        if (!found || !sameHash(found.secretHash, hash)) return null;
        const [customer] = await readCustomers(store, [customerId]);
        if (!customer) return null;
        const good = credential({ customer, scopes: [contextScope], expiresAt: found.expiresAt });
        remembered.set(key, good, { start });
        return good;
      });
    },
  };
}

type ContextTokenRow = Pick<ContextTokenModel, 'secretHash' | 'expiresAt'>;

const readContextToken: OperatorStatement = {
  name: 'context-token',
  text: `
    SELECT secret_hash, expires_at FROM context_tokens
    WHERE customer_id = $1 AND token = $2 AND revoked_at IS NULL`,
};

const isCurrent = ({ expiresAt }: Credential, now: Date) => !expiresAt || expiresAt > now;
