import OAuth2Server from '@node-oauth/oauth2-server';
import { type Context, Hono } from 'hono';
import { authenticateOauthClient, revokeGrantedToken } from '../auth/oauth-client.ts';
import { type OauthEnv, type OauthSetup, oauthServer } from './setup.ts';

const { OAuthError, Request: OauthRequest, Response: OauthResponse, ServerError } = OAuth2Server;

type Parameters = Record<string, string>;

/** Where programs get their tokens and give them back (RFC 6749, 3.2, and RFC 7009); JSON and form bodies. */
export function createTokenRouter(setup: OauthSetup): Hono<OauthEnv> {
  const router = new Hono<OauthEnv>({ strict: false });
  router.post('/oauth/token', async (c) => {
    c.header('Cache-Control', 'no-store');
    c.header('Pragma', 'no-cache');
    const parameters = await readParameters(c);
    return parameters
      ? grantToken(c, setup, parameters)
      : refuse(c, 400, 'invalid_request', 'The parameters cannot be read.');
  });
  router.post('/oauth/revoke', async (c) => {
    const parameters = await readParameters(c);
    if (!parameters) return refuse(c, 400, 'invalid_request', 'The parameters cannot be read.');
    const { id, secret } = clientCredentials(c, parameters);
    const client = await authenticateOauthClient(setup.store, id, secret);
    if (!client) return refuse(c, 401, 'invalid_client', 'Invalid client: client is invalid');
    if (!parameters.token) return refuse(c, 400, 'invalid_request', 'Missing parameter: `token`');
    await revokeGrantedToken(setup.store, client.id, parameters.token, setup.now());
    return c.json({});
  });
  return router;
}

/** The library knows others too, such as the password grant, which does not exist here. */
const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials'];

async function grantToken(c: Context<OauthEnv>, setup: OauthSetup, parameters: Parameters): Promise<Response> {
  // The library takes forms only; what was sent is read already, so it is told of a form whatever it was.
  const headers = { ...c.req.header(), 'content-type': 'application/x-www-form-urlencoded', 'content-length': '1' };
  const request = new OauthRequest({ method: 'POST', headers, query: {}, body: parameters });
  const response = new OauthResponse({});
  const { customer, grant_type, redirect_uri: redirectUri, refresh_rotation } = parameters;
  if (grant_type && !grantTypes.includes(grant_type)) {
    return refuse(c, 400, 'unsupported_grant_type', 'Unsupported grant type: `grant_type` is invalid');
  }
  try {
    await oauthServer(setup, { customer, redirectUri, rotating: refresh_rotation !== 'off' }).token(request, response);
  } catch (error) {
    if (!(error instanceof OAuthError) || error instanceof ServerError) {
      setup.reportBug(error, c.get('requestId'));
      return refuse(c, 500, 'server_error', 'Server Error');
    }
    return refuse(c, error.name === 'invalid_client' ? 401 : 400, error.name, error.message);
  }
  return c.json(response.body);
}

function refuse(c: Context, status: 400 | 401 | 500, error: string, description: string): Response {
  if (status === 401) c.header('WWW-Authenticate', 'Basic realm="oauth"');
  return c.json({ error, error_description: description }, status);
}

/** The parameters of a form or a JSON object; null if they cannot be read, or one is there twice (RFC 6749, 3.2). */
async function readParameters(c: Context): Promise<Parameters | null> {
  const text = await c.req.text();
  if (/^application\/json\b/i.test(c.req.header('content-type') ?? '')) return readJson(text);
  const form = new URLSearchParams(text);
  return new Set(form.keys()).size === form.size ? Object.fromEntries(form) : null;
}

function readJson(text: string): Parameters | null {
  try {
    const entries = Object.entries(JSON.parse(text) as object).filter(([, value]) => value !== null);
    return entries.every(([, value]) => typeof value === 'string') ? Object.fromEntries(entries) : null;
  } catch {
    return null;
  }
}

/** From the Basic header, whose parts are form-encoded (RFC 6749, 2.3.1), or from the body. */
function clientCredentials(c: Context, parameters: Parameters): { id: string; secret: string } {
  const basic = /^basic +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (!basic) return { id: parameters.client_id ?? '', secret: parameters.client_secret ?? '' };
  const [id = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { id, secret: secret.join(':') };
}
