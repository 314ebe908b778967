import { v7 as uuid } from 'uuid';
import { DomainError } from '../errors.ts';
import type { Store } from '../store/open.ts';
import { accessTokenPrefix, customerOfSecret, hashSecret, mintSecret } from './secret.ts';

/** Makes a bearer token; its text is answered here and never again. */
export async function createAccessToken(
  store: Store,
  input: { customerId: string; scopes: string[]; expiresAt: Date | null },
): Promise<{ id: string; token: string }> {
  const token = mintSecret(accessTokenPrefix, input.customerId);
  const { id } = await store.operator.accessToken.create({ data: { id: uuid(), hash: hashSecret(token), ...input } });
  return { id, token };
}

/** Ends a token within a second; revoking it again changes nothing. Throws `NOT_FOUND`. */
export async function revokeAccessToken(store: Store, id: string, now: Date): Promise<{ id: string; revokedAt: Date }> {
  const token = await store.operator.accessToken.findFirst({ where: { id } });
  if (!token) throw new DomainError('NOT_FOUND', `There is no token ${id}.`);
  const revokedAt = token.revokedAt ?? now;
  await store.operator.accessToken.updateMany({ where: { customerId: token.customerId, id }, data: { revokedAt } });
  return { id, revokedAt };
}

/** Ends the token that its holder shows, within a second; one that is not good changes nothing. */
export async function endAccessToken(store: Store, token: string, now: Date): Promise<void> {
  const customerId = customerOfSecret(accessTokenPrefix, token);
  if (!customerId) return;
  const where = { customerId, hash: hashSecret(token), revokedAt: null };
  await store.operator.accessToken.updateMany({ where, data: { revokedAt: now } });
}

/** Every token, without anything that would let somebody use it. */
export const listAccessTokens = (store: Store) =>
  store.operator.accessToken.findMany({ omit: { hash: true }, orderBy: { createdAt: 'asc' } });
