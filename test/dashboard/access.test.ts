import { expect, test } from 'vitest';
import { createCustomer } from '../../src/domain/customer.ts';
import { newOauthWorld, openBrowser } from '../support/oauth.ts';
import { graphql, newCustomer, serve, store } from '../support/world.ts';

const viewer = '{ viewer { customer { id } scopes } }';

async function openAccess(world: Awaited<ReturnType<typeof newOauthWorld>>) {
  const { form } = await (await world.browser.get('/dashboard/access')).json();
  const answer = await world.browser.post('/dashboard/access', { form, customer: world.customer.id });
  return { form, answer, token: (await answer.clone().json()).token as string };
}

test('a signed-in person sees the customers of the workspace, and gets a token for one of them', async () => {
  const world = await newOauthWorld();
  const answer = await world.browser.get('/dashboard/access');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toEqual({
    form: expect.any(String),
    email: world.email,
    customers: [{ id: world.customer.id, name: 'Test' }],
  });
  const { answer: opened, token } = await openAccess(world);
  expect([opened.status, opened.headers.get('cache-control')]).toEqual([201, 'no-store']);
  expect((await graphql(viewer, {}, { token })).body.data).toEqual({
    viewer: { customer: { id: world.customer.id }, scopes: ['client', 'crm'] },
  });
});

test('such a token is good for an hour', async () => {
  const { token } = await openAccess(await newOauthWorld());
  const hour = 60 * 60 * 1000;
  const [before, after] = [-60_000, 60_000].map((moment) => serve({ now: () => new Date(Date.now() + hour + moment) }));
  expect((await graphql(viewer, {}, { token, app: before })).status).toBe(200);
  expect((await graphql(viewer, {}, { token, app: after })).status).toBe(401);
});

test('whoever is not signed in gets no token, no names, and no cookie', async () => {
  const browser = openBrowser();
  const answer = await browser.get('/dashboard/access');
  expect(await answer.json()).toEqual({ form: null, email: null, customers: [] });
  expect(answer.headers.getSetCookie()).toEqual([]);
  const customer = await newCustomer();
  expect((await browser.post('/dashboard/access', { form: 'guess', customer: customer.id })).status).toBe(403);
});

test('nobody gets a token for a customer of another workspace', async () => {
  const [world, other] = [await newOauthWorld(), await newCustomer()];
  const { form } = await (await world.browser.get('/dashboard/access')).json();
  for (const customer of [other.id, 'nobody', '']) {
    expect((await world.browser.post('/dashboard/access', { form, customer })).status).toBe(404);
  }
  const sibling = { workspaceId: world.customer.workspaceId, name: 'Sibling', defaultCountry: 'FR', timeZone: 'UTC' };
  const { id } = await createCustomer(store, sibling);
  expect((await world.browser.post('/dashboard/access', { form, customer: id })).status).toBe(201);
});

test('another site cannot ask for a token, or sign anybody out', async () => {
  const world = await newOauthWorld();
  await world.browser.get('/dashboard/access');
  for (const path of ['/dashboard/access', '/dashboard/access/end']) {
    expect((await world.browser.post(path, { form: 'guess', customer: world.customer.id })).status).toBe(403);
  }
  expect((await (await world.browser.get('/dashboard/access')).json()).email).toBe(world.email);
});

test('signing out ends the token and the session, and leaves no cookie', async () => {
  const world = await newOauthWorld();
  const { form, token } = await openAccess(world);
  const answer = await world.browser.post('/dashboard/access/end', { form, token });
  expect(answer.status).toBe(204);
  expect(answer.headers.getSetCookie().map((cookie) => cookie.replace(/;.*(Max-Age=0).*/, '; $1'))).toEqual([
    'crm_session=; Max-Age=0',
    'crm_form=; Max-Age=0',
  ]);
  expect((await (await world.browser.get('/dashboard/access')).json()).email).toBe(null);
  expect((await graphql(viewer, {}, { token })).status).toBe(401);
});

test('a token of nobody is no hindrance to signing out', async () => {
  const world = await newOauthWorld();
  const { form } = await openAccess(world);
  expect((await world.browser.post('/dashboard/access/end', { form, token: 'crm_nonsense' })).status).toBe(204);
});
