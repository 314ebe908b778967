import type OAuth2Server from '@node-oauth/oauth2-server';
import { v7 as uuid } from 'uuid';
import { revokeGrant } from './oauth-client.ts';
import { clientOf, type ModelSetup, oauthScopes, type Subject } from './oauth-subject.ts';
import { accessTokenPrefix, customerOfSecret, hashSecret, mintSecret, refreshTokenPrefix } from './secret.ts';

type TokenModel = Pick<
  OAuth2Server.RefreshTokenModel,
  'generateAccessToken' | 'generateRefreshToken' | 'saveToken' | 'getRefreshToken' | 'revokeToken' | 'getAccessToken'
>;

/**
 * Access and refresh tokens, kept as hashes. A refresh token that is shown again after its use ends its grant (RFC
 * 9700, 4.14.2), unless the grant keeps its one refresh token.
 */
export const tokenModel = ({ store, now }: ModelSetup): TokenModel => ({
  generateAccessToken: async (_client, user) => mintSecret(accessTokenPrefix, user.customerId),
  generateRefreshToken: async (_client, user) =>
    user.keptRefreshToken ?? mintSecret(refreshTokenPrefix, user.customerId),

  saveToken: async (token, client, user) => {
    const { customerId, userId, grant: known, keptRefreshToken } = user as Subject;
    const scopes = token.scope ?? oauthScopes;
    const grant =
      known ??
      (await store.operator.oauthGrant.create({
        data: { customerId, id: uuid(), clientId: client.id, userId, scopes },
      }));
    const expiresAt = token.accessTokenExpiresAt;
    const hash = hashSecret(token.accessToken);
    await store.operator.accessToken.create({
      data: { customerId, id: uuid(), hash, scopes, expiresAt, grantId: grant.id },
    });
    if (token.refreshToken && token.refreshToken !== keptRefreshToken) {
      const refresh = { hash: hashSecret(token.refreshToken), expiresAt: token.refreshTokenExpiresAt as Date };
      await store.operator.refreshToken.create({ data: { customerId, grantId: grant.id, ...refresh } });
    }
    return { ...token, client, user };
  },

  getRefreshToken: async (refreshToken) => {
    const customerId = customerOfSecret(refreshTokenPrefix, refreshToken);
    if (!customerId) return null;
    const where = { customerId, hash: hashSecret(refreshToken) };
    const found = await store.operator.refreshToken.findFirst({
      where,
      include: { grant: { include: { client: true } } },
    });
    if (found?.usedAt) await revokeGrant(store, found.grant, now());
    if (!found || found.grant.revokedAt || found.usedAt) return null;
    const { grant } = found;
    const subject: Subject = { customerId, userId: grant.userId, grant };
    return {
      refreshToken,
      refreshTokenExpiresAt: found.expiresAt,
      scope: grant.scopes,
      client: clientOf(grant.client),
      user: grant.rotating ? subject : { ...subject, keptRefreshToken: refreshToken },
    };
  },

  revokeToken: async ({ refreshToken, user }) => {
    const { customerId, grant } = user as Required<Subject>;
    if (!grant.rotating) return true;
    const where = { customerId, hash: hashSecret(refreshToken), usedAt: null };
    const { count } = await store.operator.refreshToken.updateMany({ where, data: { usedAt: now() } });
    if (count === 0) await revokeGrant(store, grant, now());
    return count === 1;
  },

  // The library asks for this only to guard resources, which the gate does here.
  getAccessToken: async () => null,
});
