import OAuth2Server from '@node-oauth/oauth2-server';
import { type Context, Hono } from 'hono';
import { findOauthClient } from '../auth/oauth-client.ts';
import { oauthScopes, type Subject } from '../auth/oauth-subject.ts';
import { customersOf } from '../auth/workspace.ts';
import type { OauthClientModel, UserModel } from '../store/prisma/models.ts';
import { consentPage, messagePage } from './pages.ts';
import type { People } from './people.ts';
import { type OauthEnv, type OauthSetup, oauthServer } from './setup.ts';

const { InvalidRequestError, OAuthError, Request: OauthRequest, Response: OauthResponse, ServerError } = OAuth2Server;

type Parameters = Record<string, string>;

/** What the consent page must send back of the request. */
const carried = [
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
];

/** Where a person is asked whether a program may act for a customer (RFC 6749, 4.1.1). */
export function createAuthorizeRouter(setup: OauthSetup, people: People): Hono<OauthEnv> {
  const router = new Hono<OauthEnv>({ strict: false });
  router.get('/oauth/authorize', async (c) => {
    const parameters = c.req.query();
    const asked = await whoAsks(c, setup, people, parameters);
    if (asked instanceof Response) return asked;
    const customers = await customersOf(setup.store, asked.client.workspaceId, parameters.customer);
    const scopes = parameters.scope?.split(' ') ?? oauthScopes;
    const grantable = parameters.response_type === 'code' && scopes.every((scope) => oauthScopes.includes(scope));
    if (customers.length === 0 || !grantable) return answer(c, setup, parameters, asked.user, customers[0]?.id);
    return c.html(
      consentPage({
        token: people.formToken(c),
        client: asked.client.name,
        email: asked.user.email,
        scopes,
        customers,
        parameters: Object.fromEntries(carried.flatMap((name) => (parameters[name] ? [[name, parameters[name]]] : []))),
      }),
    );
  });
  router.post('/oauth/authorize', async (c) => {
    const parameters: Parameters = Object.fromEntries(new URLSearchParams(await c.req.text()));
    if (!people.isOwnForm(c, parameters.form)) return c.html(tooOld, 400);
    const asked = await whoAsks(c, setup, people, parameters);
    if (asked instanceof Response) return asked;
    const [customer] = await customersOf(setup.store, asked.client.workspaceId, parameters.customer ?? '');
    return answer(c, setup, parameters, asked.user, customer?.id);
  });
  return router;
}

/** The program and the person, or the page that says what is in the way. Nothing is sent to an address not agreed. */
async function whoAsks(
  c: Context<OauthEnv>,
  { store }: OauthSetup,
  people: People,
  parameters: Parameters,
): Promise<{ client: OauthClientModel; user: UserModel } | Response> {
  const client = await findOauthClient(store, parameters.client_id, parameters.redirect_uri);
  if (!client) return c.html(unknownProgram, 400);
  const user = await people.signedIn(c);
  if (!user) return c.redirect(`/sign-in?next=${encodeURIComponent(`/oauth/authorize${new URL(c.req.url).search}`)}`);
  if (user.workspaceId !== client.workspaceId) return c.html(foreignWorkspace, 403);
  return { client, user };
}

/** Sends the person back to the program, with a code or with the error in the words of RFC 6749, 4.1.2.1. */
async function answer(
  c: Context<OauthEnv>,
  setup: OauthSetup,
  parameters: Parameters,
  user: UserModel,
  customerId: string | undefined,
): Promise<Response> {
  const request = new OauthRequest({ method: 'GET', headers: {}, query: parameters, body: {} });
  const response = new OauthResponse({});
  const server = oauthServer(setup, { customer: customerId, redirectUri: parameters.redirect_uri, rotating: true });
  const subject: Subject = { customerId: customerId ?? '', userId: user.id };
  try {
    if (!customerId) throw new InvalidRequestError('Invalid parameter: `customer` is not of this workspace');
    await server.authorize(request, response, { authenticateHandler: { handle: () => subject } });
  } catch (error) {
    // The library's own redirect forgets the error when the agreed address has a query.
    if (error instanceof OAuthError && !(error instanceof ServerError)) return redirectWithError(c, parameters, error);
    setup.reportBug(error, c.get('requestId'));
    return redirectWithError(c, parameters, new ServerError('Server Error'));
  }
  return c.redirect(response.headers?.location ?? '/', 302);
}

function redirectWithError(c: Context<OauthEnv>, { redirect_uri = '', state }: Parameters, error: Error): Response {
  const target = new URL(redirect_uri);
  target.searchParams.set('error', error.name);
  target.searchParams.set('error_description', error.message);
  if (state) target.searchParams.set('state', state);
  return c.redirect(target.href, 302);
}

const unknownProgram = messagePage(
  'This link is not right',
  'The program that sent you here is not known, or wants the answer at an address that was not agreed.',
);
const foreignWorkspace = messagePage(
  'Not your workspace',
  'The program that sent you here belongs to another workspace than you.',
);
const tooOld = messagePage('The page was too old', 'Please go back to your phone system and begin again.');
