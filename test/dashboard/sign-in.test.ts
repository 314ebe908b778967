import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createUser } from '../../src/auth/user.ts';
import { createCustomer } from '../../src/domain/customer.ts';
import { createContact, logCall, patience, useDashboard } from '../support/dashboard.ts';
import { graphql, newCustomer, store, type TestCustomer } from '../support/world.ts';

const { running, open } = useDashboard();
const password = 'correct horse battery';

async function newPerson(customer: TestCustomer): Promise<string> {
  const email = `${randomBytes(6).toString('hex')}@example.com`;
  await createUser(store, { workspaceId: customer.workspaceId, email, password }, new Date());
  return email;
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.getByRole('link', { name: 'Sign in with your email' }).click();
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

const keptToken = (page: Page) =>
  page.evaluate(() => (JSON.parse(sessionStorage.getItem('crm-access') ?? '{}') as { token?: string }).token ?? null);

/** All that a browser keeps for this server. */
const traces = async (page: Page) => ({
  cookies: await page.context().cookies(),
  session: await page.evaluate(() => ({ ...sessionStorage })),
  local: await page.evaluate(() => ({ ...localStorage })),
  databases: await page.evaluate(() => indexedDB.databases()),
  caches: await page.evaluate(() => caches.keys()),
  address: await page.evaluate(() => location.pathname + location.search + location.hash),
});

test(
  'a person signs in, looks, and signs out; nothing is left behind, and nothing comes back by going back',
  async () => {
    const customer = await newCustomer();
    await createContact(customer);
    await logCall(customer, { subject: 'Something secret' });
    const email = await newPerson(customer);
    const { page, complaints } = await open('/dashboard#range=30d', null);
    await signIn(page, email);
    await page.getByRole('row', { name: /Something secret/ }).waitFor();
    expect(new URL(page.url()).hash).toBe('#range=30d');
    const token = (await keptToken(page)) as string;
    expect((await graphql('{ viewer { scopes } }', {}, { token })).body.data.viewer.scopes).toEqual(['client', 'crm']);
    await page.getByRole('button', { name: /theme/ }).click();
    await page
      .getByRole('row', { name: /Something secret/ })
      .getByRole('link')
      .click();
    await page.getByRole('complementary').getByText('Something secret').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You have signed out.').waitFor();
    const nothing = { cookies: [], session: {}, local: {}, databases: [], caches: [], address: '/dashboard' };
    expect(await traces(page)).toEqual(nothing);
    expect(await page.content()).not.toMatch(/secret|Martin|33612345678/);
    // A good token is remembered for less than a second.
    const shown = async () => (await graphql('{ viewer { scopes } }', {}, { token })).status;
    await expect.poll(shown, { timeout: patience / 2 }).toBe(401);
    for (let step = 0; step < 3; step++) {
      await page.goBack({ waitUntil: 'commit' }).catch(() => null);
      await page.waitForLoadState();
      expect(await page.content()).not.toMatch(/secret|Martin|33612345678/);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  },
  patience,
);

test(
  'a person of several customers chooses one; another tab that shows it closes with the sign-out of the first',
  async () => {
    const customer = await newCustomer();
    await createCustomer(store, {
      workspaceId: customer.workspaceId,
      name: 'The other one',
      defaultCountry: 'FR',
      timeZone: 'Asia/Kathmandu',
    });
    const { page } = await open('/dashboard', null);
    await signIn(page, await newPerson(customer));
    await page.getByRole('button', { name: 'The other one' }).click();
    await page.getByText('Kathmandu, GMT+5:45').waitFor();
    const second = await page.context().newPage();
    await second.goto(`${running.url}/dashboard`);
    await second.getByRole('button', { name: 'Test' }).click();
    await second.getByText('Paris, GMT').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await second.getByText('You have signed out in another tab.').waitFor();
    expect(await keptToken(second)).toBe(null);
    await page.context().close();
  },
  patience,
);

test(
  'a token that has run out is renewed while the person is signed in; a pasted one asks for another',
  async () => {
    const customer = await newCustomer();
    await logCall(customer, { subject: 'Still to be seen' });
    const end = () =>
      store.operator.accessToken.updateMany({ where: { customerId: customer.id }, data: { revokedAt: new Date() } });
    const { page } = await open('/dashboard', null);
    await signIn(page, await newPerson(customer));
    await page.getByRole('row', { name: /Still to be seen/ }).waitFor();
    const first = await keptToken(page);
    await end();
    await expect.poll(() => keptToken(page), { timeout: patience / 2 }).not.toBe(first);
    await page.reload();
    await page.getByRole('row', { name: /Still to be seen/ }).waitFor();
    const pasted = await open('/dashboard', await customer.tokenWith(['client', 'crm']));
    await pasted.page.getByRole('row', { name: /Still to be seen/ }).waitFor();
    await end();
    await pasted.page.getByText('Your access has ended. Sign in again, or paste another token.').waitFor();
    expect(await pasted.page.content()).not.toContain('Still to be seen');
    await page.context().close();
    await pasted.page.context().close();
  },
  patience,
);

test(
  'a token that may not read the history is told so',
  async () => {
    const customer = await newCustomer();
    const { page } = await open('/dashboard', null);
    await page.getByLabel('Paste a token').fill(await customer.tokenWith(['client']));
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('alert').getByText('it needs the scopes client and crm').waitFor();
    expect(await keptToken(page)).toBe(null);
    await page.context().close();
  },
  patience,
);
