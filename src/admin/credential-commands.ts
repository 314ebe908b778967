import { z } from 'zod';
import { createAccessToken, listAccessTokens, revokeAccessToken } from '../auth/access-token.ts';
import { createContextToken, revokeContextToken } from '../auth/context-token.ts';
import { createOauthClient, revokeOauthClient } from '../auth/oauth-client.ts';
import { grantableScopes } from '../auth/principal.ts';
import { createUser } from '../auth/user.ts';
import { type Commands, command } from './command.ts';
import { expiry, id, name, span } from './options.ts';

const scopes = z
  .string()
  .transform((list) => [...new Set(list.split(',').map((scope) => scope.trim()))])
  .pipe(z.array(z.enum(grantableScopes, `must be a comma list of ${grantableScopes.join(', ')}`)).min(1));

/** An absolute address without a fragment (RFC 6749, 3.1.2); a program on the same machine may use http. */
const redirectUri = z.url('must be an absolute URL').refine((url) => !url.includes('#'), 'must not have a fragment');

/** What opens the server: tokens, people, and programs that ask people for tokens. */
export const credentialCommands = {
  'token create': command({ customer: id, scopes, 'expires-in': span.optional() }, ({ store, now }, input) =>
    createAccessToken(store, {
      customerId: input.customer,
      scopes: input.scopes,
      expiresAt: expiry(now, input['expires-in']),
    }),
  ),
  'token revoke': command({ id }, ({ store, now }, input) => revokeAccessToken(store, input.id, now)),
  'token list': command({}, async ({ store }) => ({ tokens: await listAccessTokens(store) })),
  'context-token create': command({ customer: id, 'expires-in': span.optional() }, ({ store, now }, input) =>
    createContextToken(store, { customerId: input.customer, expiresAt: expiry(now, input['expires-in']) }),
  ),
  'context-token revoke': command({ token: id }, ({ store, now }, input) =>
    revokeContextToken(store, input.token, now),
  ),
  'user create': command(
    { workspace: id, email: z.email('must be an email'), 'password-stdin': z.boolean().optional() },
    async ({ store, now, publicUrl, readLine }, input) => {
      const password = input['password-stdin'] ? await readLine() : null;
      const user = await createUser(store, { workspaceId: input.workspace, email: input.email, password }, now);
      return { id: user.id, ...(user.setUpSecret && { setUpUrl: `${publicUrl}/set-up?secret=${user.setUpSecret}` }) };
    },
  ),
  'oauth-client create': command({ workspace: id, name, 'redirect-uri': redirectUri }, ({ store }, input) =>
    createOauthClient(store, { workspaceId: input.workspace, name: input.name, redirectUris: [input['redirect-uri']] }),
  ),
  'oauth-client revoke': command({ id }, ({ store, now }, input) => revokeOauthClient(store, input.id, now)),
} satisfies Commands;
