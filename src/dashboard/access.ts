import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createAccessToken, endAccessToken } from '../auth/access-token.ts';
import { lookupScopes } from '../auth/principal.ts';
import { customersOf } from '../auth/workspace.ts';
import type { People } from '../oauth/people.ts';
import type { Store } from '../store/open.ts';

export interface AccessSetup {
  store: Store;
  people: People;
  now(): Date;
}

const formBytes = 8 * 1024;

/** How long a token of the dashboard is good; a browser that is still signed in gets another. Milliseconds. */
const tokenMs = 60 * 60 * 1000;

/**
 * Gives a signed-in person short-lived access to one customer of the workspace, and takes it back. The cookie of the
 * session opens nothing but this; data is only ever read with the token.
 */
export function createAccessRouter({ store, people, now }: AccessSetup): Hono {
  const router = new Hono({ strict: false });
  router.use(bodyLimit({ maxSize: formBytes }));
  router.get('/', async (c) => {
    const user = await people.signedIn(c);
    const customers = user ? await customersOf(store, user.workspaceId) : [];
    return c.json({
      form: user && people.formToken(c),
      email: user?.email ?? null,
      customers: customers.map(({ id, name }) => ({ id, name })),
    });
  });
  router.post('/', async (c) => {
    const form = await fields(c);
    if (!people.isOwnForm(c, form.get('form') ?? undefined)) return refuse(c, 403, 'The page was too old.');
    const user = await people.signedIn(c);
    if (!user) return refuse(c, 401, 'Nobody is signed in.');
    const [customer] = await customersOf(store, user.workspaceId, form.get('customer') ?? '');
    if (!customer) return refuse(c, 404, 'There is no such customer in this workspace.');
    const expiresAt = new Date(now().getTime() + tokenMs);
    const { token } = await createAccessToken(store, { customerId: customer.id, scopes: [...lookupScopes], expiresAt });
    return c.json({ token, customer: { id: customer.id, name: customer.name } }, 201);
  });
  router.post('/end', async (c) => {
    const form = await fields(c);
    if (!people.isOwnForm(c, form.get('form') ?? undefined)) return refuse(c, 403, 'The page was too old.');
    const token = form.get('token');
    if (token) await endAccessToken(store, token, now());
    await people.signOut(c);
    return c.body(null, 204);
  });
  return router;
}

const fields = async (c: Context) => new URLSearchParams(await c.req.text());

const refuse = (c: Context, status: 401 | 403 | 404, message: string) => c.json({ message }, status);
