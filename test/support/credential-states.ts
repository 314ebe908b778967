import { randomUUID } from 'node:crypto';
import { revokeAccessToken } from '../../src/auth/access-token.ts';
import { revokeContextToken } from '../../src/auth/context-token.ts';
import { createOauthClient } from '../../src/auth/oauth-client.ts';
import { accessTokenPrefix, contextSecretPrefix, mintSecret, refreshTokenPrefix } from '../../src/auth/secret.ts';
import { openSession } from '../../src/auth/session.ts';
import { createUser } from '../../src/auth/user.ts';
import { newCustomer, store, type TestCustomer } from './world.ts';

/** What a request shows of itself. */
export interface Shown {
  headers?: Record<string, string>;
  query?: Record<string, string>;
}

/**
 * What must come out: `open` for whoever may, `none` where no token was sent, `bad` for one that is not good, `scope` for
 * one that may do other things only, `several` where more than one was sent.
 */
export type Outcome = 'open' | 'none' | 'bad' | 'scope' | 'several';

/** One state of a credential; what lookup operations, and what operators' operations, must answer to it. */
export interface CredentialState {
  name: string;
  shown: Shown;
  lookup: Outcome;
  operator: Outcome;
  /** Whose data may be seen; nobody's if absent. */
  of?: TestCustomer;
}

const longAgo = () => new Date(Date.now() - 60_000);

async function revoked(customer: TestCustomer, scopes: string[]): Promise<string> {
  const token = await customer.tokenWith(scopes);
  await revoke(customer);
  return token;
}

/** Revokes the newest token of a customer. */
async function revoke({ id: customerId }: TestCustomer): Promise<void> {
  const { id } = await store.operator.accessToken.findFirstOrThrow({ where: { customerId }, orderBy: { id: 'desc' } });
  await revokeAccessToken(store, id, new Date());
}

export type Pair = { token: string; tokenSecret: string };

export interface Credentials {
  customer: TestCustomer;
  other: TestCustomer;
  states: CredentialState[];
  /** Pairs of a context token, and whether they are good. */
  pairs: [name: string, pair: Pair, good: boolean][];
  /** Cookies of sessions, and whether somebody is signed in with them. */
  sessions: [name: string, cookie: string, good: boolean][];
  /** The id of a program that may ask for tokens. */
  client: string;
  /** Everything that may stand neither in a log nor in the database. */
  secrets: string[];
}

/** Makes every state, for a customer and beside another one. `use` shows a token to the server before it is revoked. */
export async function makeCredentials(
  customer: TestCustomer,
  other: TestCustomer,
  use: (token: string) => Promise<unknown>,
): Promise<Credentials> {
  const both = ['client', 'crm'];
  const every = [...both, 'admin'];
  const good = await customer.tokenWith(both);
  const all = await customer.tokenWith(every);
  const pair = await customer.contextToken();
  const expiredPair = await customer.contextToken(longAgo());
  const revokedPair = await customer.contextToken();
  await revokeContextToken(store, revokedPair.token, new Date());
  const foreignPair = await other.contextToken();
  const deleted = await newCustomer();
  const deletedToken = await deleted.tokenWith(every);
  const deletedPair = await deleted.contextToken();
  const justRevoked = await customer.tokenWith(every);
  await use(justRevoked);
  await revoke(customer);
  await use(deletedToken);
  await store.operator.customer.delete({ where: { id: deleted.id } });
  const mistyped = all.slice(0, -1) + (all.endsWith('A') ? 'Q' : 'A');
  const unknown = mintSecret(accessTokenPrefix, customer.id);
  const refresh = mintSecret(refreshTokenPrefix, customer.id);
  const client = await createOauthClient(store, { workspaceId: customer.workspaceId, name: 'PBX', redirectUris: [] });
  const session = await newSession(customer.workspaceId, new Date());
  const state = (
    name: string,
    shown: Shown | string,
    lookup: Outcome,
    operator: Outcome = lookup,
    of?: TestCustomer,
  ): CredentialState => ({
    name,
    shown: typeof shown === 'string' ? { headers: { authorization: shown } } : shown,
    lookup,
    operator,
    ...(of && { of }),
  });
  const states = [
    state('nothing', {}, 'none'),
    state('an empty header', '', 'none'),
    state('a scheme without a token', 'Bearer', 'none'),
    state('a token without a scheme', all, 'none'),
    state('two words', `Bearer ${all} ${all}`, 'none'),
    state('no token of ours', 'Bearer nonsense', 'bad'),
    state('the prefix of another kind', `Bearer ${all.replace(accessTokenPrefix, contextSecretPrefix)}`, 'bad'),
    state('a wrong checksum', `Bearer ${mistyped}`, 'bad'),
    state('a well-formed token that nobody was given', `Bearer ${unknown}`, 'bad'),
    state('the token in other letters', `Bearer ${all.toUpperCase()}`, 'bad'),
    state('an expired token', `Bearer ${await customer.tokenWith(every, longAgo())}`, 'bad'),
    state('a revoked token', `Bearer ${await revoked(customer, every)}`, 'bad'),
    state('a token revoked a second ago, that was in use', `Bearer ${justRevoked}`, 'bad'),
    state('a token of a customer who is deleted', `Bearer ${deletedToken}`, 'bad'),
    state('no scope', `Bearer ${await customer.tokenWith([])}`, 'scope'),
    state('scope client only', `Bearer ${await customer.tokenWith(['client'])}`, 'scope'),
    state('scope crm only', `Bearer ${await customer.tokenWith(['crm'])}`, 'scope'),
    state('scope admin only', `Bearer ${await customer.tokenWith(['admin'])}`, 'scope', 'open', customer),
    state('scopes in other letters', `Bearer ${await customer.tokenWith(['Client', 'CRM', 'Admin'])}`, 'scope'),
    state('scopes client and crm', `Bearer ${good}`, 'open', 'scope', customer),
    state('every scope', `Bearer ${all}`, 'open', 'open', customer),
    state('another customer’s token', `Bearer ${other.token}`, 'open', 'scope', other),
    state('the scheme in small letters', `bearer ${all}`, 'open', 'open', customer),
    state('the scheme in capitals, and spaces', `BEARER   ${all} `, 'open', 'open', customer),
    state('the secret of a context token', `Bearer ${pair.tokenSecret}`, 'bad'),
    state('the identifier of a context token', `Bearer ${pair.token}`, 'bad'),
    state('both parts of a context token', `Bearer ${pair.token}/${pair.tokenSecret}`, 'bad'),
    state('a refresh token', `Bearer ${refresh}`, 'bad'),
    state('the cookie of a session', { headers: { cookie: `crm_session=${session}` } }, 'none'),
    state('the secret of a session', `Bearer ${session}`, 'bad'),
    state('two tokens', `Bearer ${all}, Bearer ${all}`, 'several'),
    state('two tokens, of which one is bad', `Bearer nonsense, Bearer ${all}`, 'several'),
    state('a token in the query', { query: { access_token: all, token: all, api_token: all } }, 'none'),
    state('Basic', `Basic ${Buffer.from(`${all}:`).toString('base64')}`, 'none'),
    state('another header', { headers: { 'x-api-key': all, 'proxy-authorization': `Bearer ${all}` } }, 'none'),
  ];
  return {
    customer,
    other,
    states,
    pairs: [
      ['right', pair, true],
      ['another customer’s, right', foreignPair, true],
      ['wrong secret', { ...pair, tokenSecret: mintSecret(contextSecretPrefix, customer.id) }, false],
      ['secret of another token', { ...pair, tokenSecret: revokedPair.tokenSecret }, false],
      ['secret of another customer', { ...pair, tokenSecret: foreignPair.tokenSecret }, false],
      ['unknown identifier', { ...pair, token: randomUUID() }, false],
      ['no identifier', { ...pair, token: 'x' }, false],
      ['expired', expiredPair, false],
      ['revoked', revokedPair, false],
      ['of a customer who is deleted', deletedPair, false],
      ['an access token for a secret', { ...pair, tokenSecret: all }, false],
      ['secret in other letters', { ...pair, tokenSecret: pair.tokenSecret.toUpperCase() }, false],
    ],
    sessions: [
      ['good', session, true],
      ['expired', await newSession(customer.workspaceId, new Date(Date.now() - 13 * 60 * 60_000)), false],
      ['unknown', `${session}x`, false],
      ['an access token', all, false],
    ],
    client: client.id,
    secrets: [
      client.secret,
      ...[good, all, justRevoked, deletedToken, unknown, mistyped, refresh, session, other.token],
      ...[pair, expiredPair, revokedPair, foreignPair, deletedPair].map(({ tokenSecret }) => tokenSecret),
    ],
  };
}

async function newSession(workspaceId: string, opened: Date): Promise<string> {
  const email = `${randomUUID()}@example.com`;
  await createUser(store, { workspaceId, email, password: 'correct horse battery' }, new Date());
  const { id } = await store.operator.user.findFirstOrThrow({ where: { email } });
  return openSession(store, id, opened);
}
