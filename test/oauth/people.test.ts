import { expect, test } from 'vitest';
import { createUser } from '../../src/auth/user.ts';
import { authorizePath, hiddenFields, newOauthWorld, openBrowser, password, signIn } from '../support/oauth.ts';
import { newCustomer, store } from '../support/world.ts';

const newEmail = () => `${crypto.randomUUID()}@example.com`;

test('a stranger is asked to sign in, and then led back to where they wanted to go', async () => {
  const world = await newOauthWorld();
  const browser = openBrowser();
  const away = await browser.get(authorizePath(world));
  expect(away.status).toBe(302);
  const next = new URL(away.headers.get('location') ?? '', 'http://test.local').searchParams.get('next');
  const back = await signIn(browser, world.email, password, next ?? '');
  expect([back.status, back.headers.get('location')]).toEqual([303, authorizePath(world)]);
  expect((await browser.get(authorizePath(world))).status).toBe(200);
});

test('a wrong password and an unknown email are refused in the same words', async () => {
  const world = await newOauthWorld();
  const [wrong, unknown] = await Promise.all(
    [world.email, newEmail()].map(async (email) => signIn(openBrowser(), email, 'not the password at all')),
  );
  const textOf = async (response: Response | undefined) => (await response?.text())?.match(/role="alert">([^<]*)/)?.[1];
  expect([wrong?.status, unknown?.status]).toEqual([401, 401]);
  expect(await textOf(wrong)).toBe('The email or the password is wrong.');
  expect(await textOf(unknown)).toBe('The email or the password is wrong.');
});

test('after ten wrong attempts an email has to wait', async () => {
  const email = newEmail();
  const browser = openBrowser();
  const form = hiddenFields(await (await browser.get('/sign-in')).text());
  const statuses = [];
  for (let attempt = 0; attempt < 11; attempt++) {
    statuses.push((await browser.post('/sign-in', { ...form, email, password: 'wrong' })).status);
  }
  expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
  expect(statuses.at(-1)).toBe(429);
});

test('another site cannot send the form', async () => {
  const world = await newOauthWorld();
  const answer = await openBrowser().post('/sign-in', { email: world.email, password, form: 'guess' });
  expect(answer.status).toBe(400);
});

test('nobody is led to another server after signing in', async () => {
  const world = await newOauthWorld();
  for (const next of ['https://evil.example/', '//evil.example/', '/\\evil.example']) {
    expect((await signIn(openBrowser(), world.email, password, next)).headers.get('location')).toBe('/');
  }
});

test('signing out ends the session, not only the cookie', async () => {
  const world = await newOauthWorld();
  const form = hiddenFields(await (await world.browser.get('/sign-in')).text());
  await world.browser.post('/sign-out', form);
  expect((await world.browser.get(authorizePath(world))).headers.get('location')).toMatch(/^\/sign-in/);
  expect(await store.operator.session.count({ where: { user: { email: world.email } } })).toBe(0);
});

test('cookies cannot be read by scripts, nor sent by other sites', async () => {
  const world = await newOauthWorld();
  const signed = await signIn(openBrowser(), world.email, password);
  const session = signed.headers.getSetCookie().find((cookie) => cookie.startsWith('crm_session='));
  expect(session).toMatch(/; HttpOnly/);
  expect(session).toMatch(/; Secure/);
  expect(session).toMatch(/; SameSite=Lax/);
});

test('a person without a password sets one with the one-time link, once', async () => {
  const { workspaceId } = await newCustomer();
  const email = newEmail();
  const { setUpSecret } = await createUser(store, { workspaceId, email, password: null }, new Date());
  const browser = openBrowser();
  const form = hiddenFields(await (await browser.get(`/set-up?secret=${setUpSecret}`)).text());
  expect((await browser.post('/set-up', { ...form, password: 'too short' })).status).toBe(400);
  expect((await browser.post('/set-up', { ...form, password })).status).toBe(200);
  expect((await browser.post('/set-up', { ...form, password: 'another password' })).status).toBe(410);
  expect((await signIn(openBrowser(), email, password)).status).toBe(303);
});

test('somebody of another workspace cannot consent', async () => {
  const world = await newOauthWorld();
  const other = await newOauthWorld();
  expect((await other.browser.get(authorizePath(world))).status).toBe(403);
});

test('what a page shows is text, whatever it says', async () => {
  const world = await newOauthWorld();
  await store.operator.oauthClient.update({
    where: { id: world.client.id },
    data: { name: '<script>alert(1)</script>' },
  });
  const html = await (await world.browser.get(authorizePath(world, { state: '"><script>alert(2)</script>' }))).text();
  expect(html).not.toContain('<script>');
});
