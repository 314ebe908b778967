import { randomUUID } from 'node:crypto';
import { DomainError } from '../errors.ts';
import type { Store } from '../store/open.ts';
import { contextSecretPrefix, hashSecret, mintSecret } from './secret.ts';

/** Makes the pair that a call flow puts into its URL; the secret is answered here and never again. */
export async function createContextToken(
  store: Store,
  input: { customerId: string; expiresAt: Date | null },
): Promise<{ token: string; tokenSecret: string }> {
  const tokenSecret = mintSecret(contextSecretPrefix, input.customerId);
  const { token } = await store.operator.contextToken.create({
    data: { token: randomUUID(), secretHash: hashSecret(tokenSecret), ...input },
  });
  return { token, tokenSecret };
}

/** Ends a context token within a second; revoking it again changes nothing. Throws `NOT_FOUND`. */
export async function revokeContextToken(
  store: Store,
  token: string,
  now: Date,
): Promise<{ token: string; revokedAt: Date }> {
  const found = await store.operator.contextToken.findFirst({ where: { token } });
  if (!found) throw new DomainError('NOT_FOUND', `There is no context token ${token}.`);
  const revokedAt = found.revokedAt ?? now;
  await store.operator.contextToken.updateMany({ where: { customerId: found.customerId, token }, data: { revokedAt } });
  return { token, revokedAt };
}
