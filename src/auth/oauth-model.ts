import OAuth2Server from '@node-oauth/oauth2-server';
import { v7 as uuid } from 'uuid';
import { isUuid } from '../id.ts';
import type { Store } from '../store/open.ts';
import type { OauthClientModel, OauthGrantModel } from '../store/prisma/models.ts';
import { authenticateOauthClient, findOauthClient, revokeGrant } from './oauth-client.ts';
import {
  accessTokenPrefix,
  authorizationCodePrefix,
  customerOfSecret,
  hashSecret,
  mintSecret,
  refreshTokenPrefix,
} from './secret.ts';

const { InvalidGrantError, InvalidRequestError } = OAuth2Server;

/** What a token request may be for; a client asks for no more than these. */
export const oauthScopes = ['client', 'crm'];

/** For whom a grant is, in the place where the library expects its user. */
export interface Subject {
  customerId: string;
  userId: string | null;
  grant?: OauthGrantModel;
  /** The refresh token that was shown, where the grant keeps it. */
  keptRefreshToken?: string;
}

export interface TokenRequest {
  customer: string | undefined;
  redirectUri: string | undefined;
  /** False where the client cannot keep a new refresh token at each use. */
  rotating: boolean;
}

type Model = OAuth2Server.AuthorizationCodeModel & OAuth2Server.RefreshTokenModel & OAuth2Server.ClientCredentialsModel;

/**
 * What the library needs to know of this server, for one request. Codes and tokens are random, carry their customer,
 * and are kept as hashes; whoever shows a used code or refresh token ends the whole grant (RFC 9700, 2.2.2 and 4.14.2).
 */
export function oauthModel(store: Store, request: TokenRequest, now: () => Date): Model {
  const db = store.operator;
  const clientOf = (client: OauthClientModel) => ({
    ...client,
    grants: ['authorization_code', 'refresh_token', 'client_credentials'],
  });

  async function customerOf(workspaceId: string): Promise<string> {
    const customers = await db.customer.findMany({ where: { workspaceId }, select: { id: true }, take: 2 });
    if (!request.customer && customers.length === 1) return customers[0]?.id as string;
    if (!request.customer) throw new InvalidRequestError('Missing parameter: `customer`');
    const customer =
      isUuid(request.customer) && (await db.customer.findFirst({ where: { id: request.customer, workspaceId } }));
    if (!customer) throw new InvalidRequestError('Invalid parameter: `customer` is not of this workspace');
    return customer.id;
  }

  async function endGrant(grant: OauthGrantModel): Promise<null> {
    await revokeGrant(store, grant, now());
    return null;
  }

  return {
    getClient: async (id, secret) => {
      // The authorization page asks without a secret (null); at the token address every client must show its own.
      const client =
        secret === null
          ? await findOauthClient(store, id, request.redirectUri)
          : await authenticateOauthClient(store, id, secret ?? '');
      return client && clientOf(client);
    },
    getUserFromClient: async (client) =>
      ({ customerId: await customerOf(client.workspaceId), userId: null }) satisfies Subject,
    validateScope: async (_user, _client, scopes) =>
      (scopes ?? oauthScopes).every((scope) => oauthScopes.includes(scope)) ? (scopes ?? oauthScopes) : false,

    generateAuthorizationCode: async (_client, user) => mintSecret(authorizationCodePrefix, user.customerId),
    generateAccessToken: async (_client, user) => mintSecret(accessTokenPrefix, user.customerId),
    generateRefreshToken: async (_client, user) =>
      user.keptRefreshToken ?? mintSecret(refreshTokenPrefix, user.customerId),

    saveAuthorizationCode: async (code, client, user) => {
      await db.oauthGrant.create({
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
      const grant = customerId
        ? await db.oauthGrant.findFirst({
            where: { customerId, codeHash: hashSecret(authorizationCode) },
            include: { client: true },
          })
        : null;
      if (!grant || grant.revokedAt) return null;
      if (grant.codeUsedAt) return endGrant(grant);
      return {
        authorizationCode,
        expiresAt: grant.codeExpiresAt as Date,
        redirectUri: grant.redirectUri as string,
        scope: grant.scopes,
        codeChallenge: grant.codeChallenge ?? undefined,
        codeChallengeMethod: grant.codeChallengeMethod ?? undefined,
        client: clientOf(grant.client),
        user: { customerId: grant.customerId, userId: grant.userId, grant } satisfies Subject,
      };
    },
    revokeAuthorizationCode: async ({ user, redirectUri }) => {
      const { customerId, id } = (user as Subject).grant as OauthGrantModel;
      const data = { codeUsedAt: now(), rotating: request.rotating };
      const { count } = await db.oauthGrant.updateMany({ where: { customerId, id, codeUsedAt: null }, data });
      if (count === 0) await revokeGrant(store, { customerId, id }, now());
      if (request.redirectUri !== redirectUri) throw new InvalidGrantError('Invalid grant: `redirect_uri` is invalid');
      if (request.customer && request.customer !== customerId)
        throw new InvalidGrantError('Invalid grant: `customer` is invalid');
      return count === 1;
    },

    saveToken: async (token, client, user) => {
      const { customerId, userId, grant: known } = user as Subject;
      const scopes = token.scope ?? oauthScopes;
      const grant =
        known ??
        (await db.oauthGrant.create({ data: { customerId, id: uuid(), clientId: client.id, userId, scopes } }));
      await db.accessToken.create({
        data: {
          customerId,
          id: uuid(),
          hash: hashSecret(token.accessToken),
          scopes,
          expiresAt: token.accessTokenExpiresAt,
          grantId: grant.id,
        },
      });
      if (token.refreshToken && token.refreshToken !== user.keptRefreshToken) {
        const expiresAt = token.refreshTokenExpiresAt as Date;
        await db.refreshToken.create({
          data: { customerId, hash: hashSecret(token.refreshToken), grantId: grant.id, expiresAt },
        });
      }
      return { ...token, client, user };
    },
    getRefreshToken: async (refreshToken) => {
      const customerId = customerOfSecret(refreshTokenPrefix, refreshToken);
      const found = customerId
        ? await db.refreshToken.findFirst({
            where: { customerId, hash: hashSecret(refreshToken) },
            include: { grant: { include: { client: true } } },
          })
        : null;
      if (!found || found.grant.revokedAt) return null;
      if (found.usedAt) return endGrant(found.grant);
      const { grant } = found;
      return {
        refreshToken,
        refreshTokenExpiresAt: found.expiresAt,
        scope: grant.scopes,
        client: clientOf(grant.client),
        user: {
          customerId: found.customerId,
          userId: grant.userId,
          grant,
          ...(!grant.rotating && { keptRefreshToken: refreshToken }),
        } satisfies Subject,
      };
    },
    revokeToken: async ({ refreshToken, user }) => {
      const { customerId, grant } = user as Subject;
      if (!grant?.rotating) return true;
      const where = { customerId, hash: hashSecret(refreshToken), usedAt: null };
      const { count } = await db.refreshToken.updateMany({ where, data: { usedAt: now() } });
      if (count === 0) await revokeGrant(store, grant, now());
      return count === 1;
    },
    // The library asks for this only to guard resources, which the gate does here.
    getAccessToken: async () => null,
  };
}
