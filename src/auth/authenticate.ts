import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { isUuid } from '../id.ts';
import { customerRecord } from '../store/customer-record.ts';
import { asUnavailable } from '../store/failure.ts';
import type { Store } from '../store/open.ts';
import { type Credential, credential, findToken, findTokens, versionsOf } from './access-token-rows.ts';
import { contextScope, type Principal } from './principal.ts';
import { contextSecretPrefix, customerOfSecret, hashSecret, sameHash } from './secret.ts';

/** Turns a secret into a principal, or null; throws `SERVICE_UNAVAILABLE` when the database is away. */
export interface Authenticator {
  accessToken(token: string): Promise<Principal | null>;
  /** Of these access tokens, those that are good at this moment, each with its principal; nothing is remembered. */
  goodTokens(tokens: string[]): Promise<Map<string, Principal>>;
  contextToken(token: string, secret: string): Promise<Principal | null>;
}

/** Revocations and switches take effect within a second, so nothing is trusted for longer. Milliseconds. */
const rememberMs = 800;

/** Those in use are looked up again together, well before they would be forgotten. Milliseconds. */
const renewMs = 350;

/** Looks secrets up by their hash. A good one is remembered for less than a second, a bad one never. */
export function createAuthenticator(store: Store, now: () => Date): Authenticator {
  const remembered = new LRUCache<string, Credential>({ max: 10_000, ttl: rememberMs });
  const inUse = new Set<string>();
  let renewing = false;

  async function recall(key: string, find: () => Promise<Credential | null>): Promise<Principal | null> {
    let credential = remembered.get(key) ?? null;
    if (!credential) {
      credential = await find().catch((error) => {
        throw asUnavailable(error);
      });
      if (credential) remembered.set(key, credential);
    }
    return credential && isCurrent(credential, now()) ? credential.principal : null;
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

  /** What has not changed stays what it is, so that nothing is made anew of it. */
  async function renew(tokens: string[]): Promise<void> {
    const start = performance.now();
    const versions = await versionsOf(store, tokens);
    const known = (token: string) => {
      const credential = remembered.get(token);
      const version = versions.get(token);
      return version !== undefined && credential?.version === version ? credential : undefined;
    };
    const changed = await findTokens(
      store,
      tokens.filter((token) => versions.has(token) && !known(token)),
    );
    for (const token of tokens) {
      const credential = changed.get(token) ?? known(token);
      if (credential) remembered.set(token, { ...credential, version: versions.get(token) }, { start });
      else remembered.delete(token);
    }
  }

  return {
    accessToken: async (token) => {
      const principal = await recall(token, () => findToken(store, token));
      if (principal) inUse.add(token);
      if (!renewing && inUse.size > 0) void renewAll();
      return principal;
    },
    goodTokens: async (tokens) => {
      const found = await findTokens(store, tokens);
      return new Map(
        [...found].flatMap(([token, known]) => (isCurrent(known, now()) ? [[token, known.principal]] : [])),
      );
    },
    contextToken: async (token, secret) => {
      const customerId = customerOfSecret(contextSecretPrefix, secret);
      if (!customerId || !isUuid(token)) return null;
      const hash = hashSecret(secret);
      return recall(`${token} ${hash.toString('base64')}`, async () => {
        const found = await store.operator.contextToken.findUnique({
          where: { customerId_token: { customerId, token }, revokedAt: null },
          include: { customer: customerRecord },
        });
        return found && sameHash(found.secretHash, hash) ? credential({ ...found, scopes: [contextScope] }) : null;
      });
    },
  };
}

const isCurrent = ({ expiresAt }: Credential, now: Date) => !expiresAt || expiresAt > now;
