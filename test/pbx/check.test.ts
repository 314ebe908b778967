import { expect, test } from 'vitest';
import { newOauthWorld, openBrowser } from '../support/oauth.ts';
import { newCustomer } from '../support/world.ts';

const textOf = async (response: Response) => (await response.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

test('the check needs somebody who is signed in, and leads back to the question', async () => {
  const away = await openBrowser().get('/3cx/check?phone=0612345678');
  expect([away.status, away.headers.get('location')]).toEqual([
    302,
    '/sign-in?next=%2F3cx%2Fcheck%3Fphone%3D0612345678',
  ]);
});

test('the check shows that a known caller would pop up, and how it was asked', async () => {
  const { customer, browser } = await newOauthWorld();
  await customer.rest('POST', '/api/crm/lookup/contacts', { body: { last_name: 'Martin', phone: '0612345678' } });
  const page = await textOf(await browser.get('/3cx/check?phone=0612345678'));
  expect(page).toContain('Accepted . It pops up.');
  expect(page).toContain('Martin');
  expect(page).toMatch(/GET https:\/\/lookup.example\/api\/crm\/lookup\/contacts\/search\?phone=0612345678/);
});

test('the check shows what the phone system makes of somebody unknown', async () => {
  const { browser } = await newOauthWorld();
  expect(await textOf(await browser.get('/3cx/check?phone=0699999999'))).toContain('placeholder-');
});

test('the check looks at customers of one’s own workspace only', async () => {
  const { browser, customer } = await newOauthWorld();
  const stranger = await newCustomer();
  await stranger.rest('POST', '/api/crm/lookup/contacts', { body: { last_name: 'Secret', phone: '0612345678' } });
  const html = await (await browser.get(`/3cx/check?phone=0612345678&customer=${stranger.id}`)).text();
  expect(html).not.toContain('Secret');
  expect(html).toContain(customer.id);
  expect(html).not.toContain(stranger.id);
});
