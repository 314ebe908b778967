import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { DomainError } from '../errors.ts';
import { isUuid } from '../id.ts';
import type { Store } from '../store/open.ts';
import type { OauthClientModel } from '../store/prisma/models.ts';
import { accessTokenPrefix, customerOfSecret, hashSecret, refreshTokenPrefix, sameHash } from './secret.ts';

/** Makes a program that may ask the people of a workspace for tokens; its secret is answered here and never again. */
export async function createOauthClient(
  store: Store,
  input: { workspaceId: string; name: string; redirectUris: string[] },
): Promise<{ id: string; secret: string }> {
  const workspace = await store.operator.workspace.findUnique({ where: { id: input.workspaceId } });
  if (!workspace) throw new DomainError('NOT_FOUND', `There is no workspace ${input.workspaceId}.`);
  const secret = `crmclient_${randomBytes(32).toString('base64url')}`;
  const { id } = await store.operator.oauthClient.create({
    data: { id: uuid(), secretHash: hashSecret(secret), ...input },
  });
  return { id, secret };
}

/** Ends a client and every token that was granted to it. Throws `NOT_FOUND`. */
export async function revokeOauthClient(store: Store, id: string, now: Date): Promise<{ id: string; revokedAt: Date }> {
  const client = await store.operator.oauthClient.findUnique({ where: { id }, include: { grants: true } });
  if (!client) throw new DomainError('NOT_FOUND', `There is no OAuth client ${id}.`);
  const revokedAt = client.revokedAt ?? now;
  await store.operator.oauthClient.update({ where: { id }, data: { revokedAt } });
  for (const grant of client.grants) await revokeGrant(store, grant, now);
  return { id, revokedAt };
}

/** Ends a grant with every token that came of it, within a second. */
export async function revokeGrant(store: Store, grant: { customerId: string; id: string }, now: Date): Promise<void> {
  const { customerId, id } = grant;
  await store.operator.$transaction([
    store.operator.oauthGrant.updateMany({ where: { customerId, id, revokedAt: null }, data: { revokedAt: now } }),
    store.operator.accessToken.updateMany({
      where: { customerId, grantId: id, revokedAt: null },
      data: { revokedAt: now },
    }),
    store.operator.refreshToken.updateMany({ where: { customerId, grantId: id, usedAt: null }, data: { usedAt: now } }),
  ]);
}

/** The client that may send people here and take them back at exactly this address, or null. */
export async function findOauthClient(
  store: Store,
  id: string | undefined,
  redirectUri: string | undefined,
): Promise<OauthClientModel | null> {
  const client = id && isUuid(id) ? await store.operator.oauthClient.findUnique({ where: { id } }) : null;
  return client && !client.revokedAt && redirectUri && client.redirectUris.includes(redirectUri) ? client : null;
}

/** The client that shows its own secret, or null. */
export async function authenticateOauthClient(
  store: Store,
  id: string,
  secret: string,
): Promise<OauthClientModel | null> {
  const client = isUuid(id) ? await store.operator.oauthClient.findUnique({ where: { id } }) : null;
  return client && !client.revokedAt && sameHash(client.secretHash, hashSecret(secret)) ? client : null;
}

/** Ends the grant behind an access or refresh token that was granted to this client; any other token changes nothing. */
export async function revokeGrantedToken(store: Store, clientId: string, token: string, now: Date): Promise<void> {
  const hash = hashSecret(token);
  const customerId = customerOfSecret(accessTokenPrefix, token) ?? customerOfSecret(refreshTokenPrefix, token);
  if (!customerId) return;
  const where = { customerId, hash, grant: { clientId } };
  const access = await store.operator.accessToken.findFirst({ where });
  const refresh = access ? null : await store.operator.refreshToken.findFirst({ where });
  const grantId = access?.grantId ?? refresh?.grantId;
  if (grantId) await revokeGrant(store, { customerId, id: grantId }, now);
}
