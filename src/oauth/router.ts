import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { oauthScopes } from '../auth/oauth-subject.ts';
import { createAuthorizeRouter } from './authorize.ts';
import type { People } from './people.ts';
import type { OauthEnv, OauthSetup } from './setup.ts';
import { createSignInRouter } from './sign-in.ts';
import { createTokenRouter } from './token.ts';

const formBytes = 64 * 1024;

/** The OAuth 2 authorization server (RFC 6749, 7009, 7636, 8414), and the pages that people need for it. */
export function createOauthRouter(setup: OauthSetup, people: People): Hono<OauthEnv> {
  const router = new Hono<OauthEnv>({ strict: false });
  for (const path of ['/oauth/*', '/sign-in', '/sign-out', '/set-up'])
    router.use(path, bodyLimit({ maxSize: formBytes }));
  router.get('/.well-known/oauth-authorization-server', (c) => c.json(metadata(setup.publicUrl)));
  router.route('/', createSignInRouter(setup.store, people, setup.now));
  router.route('/', createAuthorizeRouter(setup, people));
  router.route('/', createTokenRouter(setup));
  return router;
}

const metadata = (publicUrl: string) => ({
  issuer: publicUrl,
  authorization_endpoint: `${publicUrl}/oauth/authorize`,
  token_endpoint: `${publicUrl}/oauth/token`,
  revocation_endpoint: `${publicUrl}/oauth/revoke`,
  scopes_supported: oauthScopes,
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  revocation_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  code_challenge_methods_supported: ['S256'],
});
