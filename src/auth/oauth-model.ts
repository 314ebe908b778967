import OAuth2Server from '@node-oauth/oauth2-server';
import { authenticateOauthClient, findOauthClient } from './oauth-client.ts';
import { codeModel } from './oauth-code.ts';
import { clientOf, type ModelSetup, oauthScopes, type Subject } from './oauth-subject.ts';
import { tokenModel } from './oauth-token.ts';
import { customersOf } from './workspace.ts';

const { InvalidRequestError } = OAuth2Server;

type Model = OAuth2Server.AuthorizationCodeModel & OAuth2Server.RefreshTokenModel & OAuth2Server.ClientCredentialsModel;

/**
 * What the library needs to know of this server, for one request. Codes and tokens are random, carry their customer,
 * and are kept as hashes.
 */
export const oauthModel = (setup: ModelSetup): Model => ({
  ...codeModel(setup),
  ...tokenModel(setup),

  // The authorization page asks without a secret (null); at the token address every client must show its own.
  getClient: async (id, secret) => {
    const { store, request } = setup;
    const client =
      secret === null
        ? await findOauthClient(store, id, request.redirectUri)
        : await authenticateOauthClient(store, id, secret ?? '');
    return client && clientOf(client);
  },

  getUserFromClient: async (client) => {
    const customerId = await onlyCustomer(setup, client.workspaceId);
    return { customerId, userId: null } satisfies Subject;
  },

  validateScope: async (_user, _client, scopes = oauthScopes) =>
    scopes.every((scope) => oauthScopes.includes(scope)) ? scopes : false,
});

/** The customer that a client names, or the only one of its workspace. */
async function onlyCustomer({ store, request }: ModelSetup, workspaceId: string): Promise<string> {
  const [customer, ...others] = await customersOf(store, workspaceId, request.customer);
  if (!customer) throw new InvalidRequestError('Invalid parameter: `customer` is not of this workspace');
  if (others.length > 0) throw new InvalidRequestError('Missing parameter: `customer`');
  return customer.id;
}
