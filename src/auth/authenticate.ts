import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { isUuid } from '../id.ts';
import { customerRecord } from '../store/customer-record.ts';
import { asUnavailable } from '../store/failure.ts';
import type { Store } from '../store/open.ts';
import { contextScope, type Principal } from './principal.ts';
import { accessTokenPrefix, contextSecretPrefix, customerOfSecret, hashSecret, sameHash } from './secret.ts';

/** Turns a secret into a principal, or null; throws `SERVICE_UNAVAILABLE` when the database is away. */
export interface Authenticator {
  accessToken(token: string): Promise<Principal | null>;
  /** Of these access tokens, those that are good at this moment, each with its principal; nothing is remembered. */
  goodTokens(tokens: string[]): Promise<Map<string, Principal>>;
  contextToken(token: string, secret: string): Promise<Principal | null>;
}

interface Credential {
  principal: Principal;
  expiresAt: Date | null;
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
      const start = performance.now();
      const good = await findTokens(tokens).catch(() => null);
      for (const token of good ? tokens : []) {
        const credential = good?.get(token);
        if (credential) remembered.set(token, credential, { start });
        else remembered.delete(token);
      }
    }
    renewing = false;
  }

  async function findTokens(tokens: string[]): Promise<Map<string, Credential>> {
    if (tokens.length === 0) return new Map();
    const keys = tokens.map(keyOfToken);
    const found = await store.operator.accessToken.findMany({
      where: { OR: keys, revokedAt: null },
      include: { customer: customerRecord },
    });
    const byHash = new Map(found.map((row) => [hashKey(row.hash), credential(row)]));
    return new Map(
      tokens.flatMap((token, index) => {
        const good = byHash.get(hashKey((keys[index] as (typeof keys)[number]).hash));
        return good ? [[token, good]] : [];
      }),
    );
  }

  return {
    accessToken: async (token) => {
      const principal = await recall(token, async () => {
        if (!customerOfSecret(accessTokenPrefix, token)) return null;
        const found = await store.operator.accessToken.findUnique({
          where: { customerId_hash: keyOfToken(token), revokedAt: null },
          include: { customer: customerRecord },
        });
        return found && credential(found);
      });
      if (principal) inUse.add(token);
      if (!renewing && inUse.size > 0) void renewAll();
      return principal;
    },
    goodTokens: async (tokens) => {
      const found = await findTokens(tokens);
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

const hashKey = (hash: Uint8Array) => Buffer.from(hash).toString('base64');

const keyOfToken = (token: string) => ({
  customerId: customerOfSecret(accessTokenPrefix, token) ?? '',
  hash: hashSecret(token),
});

const credential = ({ customer, scopes, expiresAt }: Principal & { expiresAt: Date | null }): Credential => ({
  principal: { customer, scopes },
  expiresAt,
});
