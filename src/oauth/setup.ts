import OAuth2Server from '@node-oauth/oauth2-server';
import { oauthModel } from '../auth/oauth-model.ts';
import type { TokenRequest } from '../auth/oauth-subject.ts';
import type { Store } from '../store/open.ts';

export interface OauthSetup {
  store: Store;
  publicUrl: string;
  now(): Date;
  reportBug(error: unknown, requestId: string): void;
}

export type OauthEnv = { Variables: { requestId: string; address: string } };

const day = 86_400;

/** How long what is granted is good, in seconds. */
export const lifetimes = { authorizationCodeLifetime: 60, accessTokenLifetime: 3600, refreshTokenLifetime: 180 * day };

/** The library's server for one request, as the model depends on what the request says. */
export const oauthServer = ({ store, now }: OauthSetup, request: TokenRequest) =>
  new OAuth2Server({ model: oauthModel({ store, request, now }), ...lifetimes, allowEmptyState: true });
