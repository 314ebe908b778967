import type { Store } from '../store/open.ts';
import type { OauthClientModel, OauthGrantModel } from '../store/prisma/models.ts';
import { lookupScopes } from './principal.ts';

/** What a token request may be for; a client asks for no more than these. */
export const oauthScopes: string[] = [...lookupScopes];

/** For whom a grant is, in the place where the library expects its user. */
export interface Subject {
  customerId: string;
  userId: string | null;
  grant?: OauthGrantModel;
  /** The refresh token that was shown, where the grant keeps it. */
  keptRefreshToken?: string;
}

/** What a request says that the library does not hand on. */
export interface TokenRequest {
  customer: string | undefined;
  redirectUri: string | undefined;
  /** False where the client cannot keep a new refresh token at each use. */
  rotating: boolean;
}

export interface ModelSetup {
  store: Store;
  request: TokenRequest;
  now(): Date;
}

/** A client as the library wants to see it: every client may use every way that exists here. */
export const clientOf = (client: OauthClientModel) => ({
  ...client,
  grants: ['authorization_code', 'refresh_token', 'client_credentials'],
});
