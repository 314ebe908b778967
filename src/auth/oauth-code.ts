import OAuth2Server from '@node-oauth/oauth2-server';
import { v7 as uuid } from 'uuid';
import { revokeGrant } from './oauth-client.ts';
import { clientOf, type ModelSetup, oauthScopes, type Subject } from './oauth-subject.ts';
import { authorizationCodePrefix, customerOfSecret, hashSecret, mintSecret } from './secret.ts';

const { InvalidGrantError } = OAuth2Server;

type CodeModel = Pick<
  OAuth2Server.AuthorizationCodeModel,
  'generateAuthorizationCode' | 'saveAuthorizationCode' | 'getAuthorizationCode' | 'revokeAuthorizationCode'
>;

/** Authorization codes: kept as hashes in the grant that they begin; one that is shown twice ends its grant (RFC 9700, 2.1). */
export const codeModel = ({ store, request, now }: ModelSetup): CodeModel => ({
  generateAuthorizationCode: async (_client, user) => mintSecret(authorizationCodePrefix, user.customerId),

  saveAuthorizationCode: async (code, client, user) => {
    await store.operator.oauthGrant.create({
      data: {
        customerId: user.customerId,
        id: uuid(),
        clientId: client.id,
        userId: user.userId,
        scopes: code.scope ?? oauthScopes,
        codeHash: hashSecret(code.authorizationCode),
        codeExpiresAt: code.expiresAt,
        redirectUri: code.redirectUri,
        codeChallenge: code.codeChallenge,
        codeChallengeMethod: code.codeChallengeMethod,
      },
    });
    return { ...code, client, user };
  },

  getAuthorizationCode: async (authorizationCode) => {
    const customerId = customerOfSecret(authorizationCodePrefix, authorizationCode);
    if (!customerId) return null;
    const where = { customerId, codeHash: hashSecret(authorizationCode) };
    const grant = await store.operator.oauthGrant.findFirst({ where, include: { client: true } });
    if (grant?.codeUsedAt) await revokeGrant(store, grant, now());
    if (!grant || grant.revokedAt || grant.codeUsedAt) return null;
    return {
      authorizationCode,
      expiresAt: grant.codeExpiresAt as Date,
      redirectUri: grant.redirectUri as string,
      scope: grant.scopes,
      codeChallenge: grant.codeChallenge ?? undefined,
      codeChallengeMethod: grant.codeChallengeMethod ?? undefined,
      client: clientOf(grant.client),
      user: { customerId, userId: grant.userId, grant } satisfies Subject,
    };
  },

  revokeAuthorizationCode: async ({ user, redirectUri }) => {
    const { customerId, grant } = user as Required<Subject>;
    const data = { codeUsedAt: now(), rotating: request.rotating };
    const where = { customerId, id: grant.id, codeUsedAt: null };
    const { count } = await store.operator.oauthGrant.updateMany({ where, data });
    if (count === 0) await revokeGrant(store, grant, now());
    if (request.redirectUri !== redirectUri) throw new InvalidGrantError('Invalid grant: `redirect_uri` is invalid');
    if (request.customer && request.customer !== customerId) {
      throw new InvalidGrantError('Invalid grant: `customer` is invalid');
    }
    return count === 1;
  },
});
