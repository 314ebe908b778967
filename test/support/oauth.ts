import { createHash, randomBytes } from 'node:crypto';
import { createOauthClient } from '../../src/auth/oauth-client.ts';
import { createUser } from '../../src/auth/user.ts';
import { app, newCustomer, store, type TestCustomer } from './world.ts';

export const redirectUri = 'https://pbx.example/oauth/return?kind=crm';
export const password = 'correct horse battery';

export interface Browser {
  get(path: string): Promise<Response>;
  post(path: string, fields: Record<string, string>): Promise<Response>;
}

/** A browser without scripts: it keeps cookies, and follows nothing. */
export function openBrowser(): Browser {
  const cookies = new Map<string, string>();
  const send = async (path: string, init: RequestInit) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await app.fetch(
      new Request(`http://test.local${path}`, { ...init, headers: { ...init.headers, cookie } }),
    );
    for (const header of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (header.split(';')[0] ?? '').split(/=(.*)/s);
      cookies.set(name, value);
    }
    return response;
  };
  return {
    get: (path) => send(path, {}),
    post: (path, fields) =>
      send(path, {
        method: 'POST',
        body: new URLSearchParams(fields).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
  };
}

/** The hidden fields of the first form on a page. */
export const hiddenFields = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...(html.split('</form>')[0] ?? '').matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
      ([, name, value]) => [name, value?.replaceAll('&amp;', '&')],
    ),
  );

export interface OauthWorld {
  customer: TestCustomer;
  client: { id: string; secret: string };
  email: string;
  browser: Browser;
}

/** A customer with a client of its workspace, and a browser in which somebody of the workspace is signed in. */
export async function newOauthWorld(): Promise<OauthWorld> {
  const customer = await newCustomer();
  const { workspaceId } = customer;
  const client = await createOauthClient(store, { workspaceId, name: 'Front desk PBX', redirectUris: [redirectUri] });
  const email = `${randomBytes(6).toString('hex')}@example.com`;
  await createUser(store, { workspaceId, email, password }, new Date());
  const browser = openBrowser();
  await signIn(browser, email, password);
  return { customer, client, email, browser };
}

export async function signIn(browser: Browser, email: string, secret: string, next = '/'): Promise<Response> {
  const form = hiddenFields(await (await browser.get(`/sign-in?next=${encodeURIComponent(next)}`)).text());
  return browser.post('/sign-in', { ...form, email, password: secret });
}

export const authorizePath = (world: OauthWorld, more: Record<string, string> = {}): string =>
  `/oauth/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: world.client.id,
    redirect_uri: redirectUri,
    state: 'state-1',
    customer: world.customer.id,
    ...more,
  })}`;

/** Goes through consent; answers where the browser is sent. */
export async function consent(world: OauthWorld, more: Record<string, string> = {}, allowed = 'true'): Promise<URL> {
  const page = await world.browser.get(authorizePath(world, more));
  const location = page.headers.get('location');
  if (location) return new URL(location);
  const answer = await world.browser.post('/oauth/authorize', { ...hiddenFields(await page.text()), allowed });
  return new URL(answer.headers.get('location') ?? 'none:');
}

export async function newCode(world: OauthWorld, more: Record<string, string> = {}): Promise<string> {
  return (await consent(world, more)).searchParams.get('code') ?? '';
}

/** Sends a form, or JSON, to the token address. */
export async function token(
  fields: Record<string, string>,
  options: { json?: boolean; basic?: string; path?: string } = {},
) {
  const response = await app.fetch(
    new Request(`http://test.local${options.path ?? '/oauth/token'}`, {
      method: 'POST',
      body: options.json ? JSON.stringify(fields) : new URLSearchParams(fields).toString(),
      headers: {
        'content-type': options.json ? 'application/json' : 'application/x-www-form-urlencoded',
        ...(options.basic && { authorization: `Basic ${Buffer.from(options.basic).toString('base64')}` }),
      },
    }),
  );
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, string>,
  };
}

export const credentials = ({ client }: OauthWorld) => ({ client_id: client.id, client_secret: client.secret });

/** Exchanges a code for tokens. */
export const exchange = (world: OauthWorld, code: string, more: Record<string, string> = {}) =>
  token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...credentials(world), ...more });

export function newVerifier(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}
