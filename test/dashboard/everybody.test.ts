import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { barriers, createContact, logCall, patience, useDashboard } from '../support/dashboard.ts';
import { newCustomer, type TestCustomer } from '../support/world.ts';

const { running, open } = useDashboard();

async function history(): Promise<{ customer: TestCustomer; contactId: string; callId: string }> {
  const customer = await newCustomer();
  const contactId = await createContact(customer);
  const time = new Date(Date.now() - 600_000).toISOString();
  const context = {
    direction: 'inbound',
    number_from: '+33612345678',
    number_to: '+33170990000',
    start_time_utc: time,
  };
  await customer.rest('POST', '/api/crm/lookup/phone-calls/context', {
    body: { ...context, context_data: JSON.stringify({ order: 1042, nested: { deep: [1, 2] } }) },
  });
  await customer.rest('POST', '/api/crm/lookup/phone-calls/context', {
    body: { ...context, start_time_reference: 'segment', segment_dn_type: 'call_queue' },
  });
  await logCall(customer, {
    status: 'completed',
    start_time_utc: time,
    duration: '00:03:20',
    subject: 'Order 1042',
    body: 'Called about the order.',
    transcription: 'Hello.\nGood morning.',
    recording_url: 'https://recordings.example/1.wav',
    agent_first_name: 'Léa',
    agent_last_name: 'Bernard',
    agent_email: 'lea@example.com',
    queue_extension: '800',
  });
  await logCall(customer, { number_external: '+33698765432' });
  await customer.rest('POST', '/api/crm/lookup/chats', {
    body: { email: 'camille@example.com', start_time_utc: time, chat_messages: 'Hello!', subject: 'A chat' },
  });
  const { body } = await customer.graphql('{ phoneCalls(filter: { answered: true }) { nodes { id } } }');
  return { customer, contactId, callId: body.data.phoneCalls.nodes[0].id };
}

test.each([
  ['light', { colorScheme: 'light', viewport: { width: 1440, height: 900 } }],
  ['dark', { colorScheme: 'dark', viewport: { width: 1440, height: 900 } }],
  ['phone-sized', { colorScheme: 'dark', viewport: { width: 390, height: 844 } }],
] as const)(
  'every page keeps nobody out, loads from nowhere else, and fits: %s',
  async (_, look) => {
    const { customer, contactId, callId } = await history();
    const pages: [path: string, token: string | null, shows: RegExp][] = [
      ['/dashboard', null, /Paste a token/],
      ['/dashboard', customer.token, /^Camille Martin$/],
      [`/dashboard#call=${callId}`, customer.token, /Deliveries/],
      ['/dashboard#text=nothing+like+it', customer.token, /No call fits these filters/],
      ['/dashboard', (await newCustomer()).token, /No calls yet/],
      [`/contacts/${contactId}`, customer.token, /Last notes/],
      ['/contacts/nobody', customer.token, /There is no such contact/],
      ['/contacts/new?phone=0612345678', customer.token, /Somebody is known by this number already/],
    ];
    for (const [path, token, shows] of pages) {
      const { page, complaints } = await open(path, token, look);
      await page.getByText(shows).first().waitFor();
      await page.waitForLoadState('load');
      expect([path, await barriers(page), complaints]).toEqual([path, [], []]);
      expect([path, await page.evaluate('document.documentElement.scrollWidth > innerWidth')]).toEqual([path, false]);
      await page.context().close();
    }
  },
  patience,
);

test(
  'everything can be reached and done with a keyboard alone',
  async () => {
    const { customer, callId } = await history();
    const { page } = await open('/dashboard', null);
    const press = (key: string) => page.keyboard.press(key);
    await page.getByLabel('Paste a token').waitFor();
    await press('Tab');
    expect(await focused()).toContain('Sign in with your email');
    await press('Tab');
    await page.keyboard.type(customer.token);
    await press('Enter');
    await page.getByRole('row', { name: /Order 1042/ }).waitFor();
    await page.locator('.skip').focus();
    await press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await tabTo(/Chart of 2 calls/);
    for (let day = 0; day < 7; day++) await press('ArrowRight');
    await page.locator('.tip').getByText('1 answered').waitFor();
    await drawAnew(page, 900);
    expect(await page.locator('.tip').innerText()).toContain('1 answered');
    await tabTo(/^Camille Martin$/);
    await press('Enter');
    await page.getByRole('complementary').getByText('Known during the call').waitFor();
    expect(new URL(page.url()).hash).toBe(`#call=${callId}`);
    await press('Escape');
    expect(await page.evaluate('document.activeElement.id')).toBe(`call-${callId}`);
    await page.locator('#filter-answered').focus();
    await press('ArrowDown');
    await press('ArrowDown');
    await expect.poll(() => new URL(page.url()).hash, { timeout: patience / 2 }).toBe('#answered=no');
    await tabTo(/Clear the filters/);
    await press('Enter');
    await page.getByRole('row', { name: /Order 1042/ }).waitFor();
    await page.context().close();

    function focused(): Promise<string> {
      return page.evaluate(() => {
        const { activeElement: element } = document;
        return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
      });
    }
    async function tabTo(name: RegExp): Promise<void> {
      for (let step = 0; step < 150; step++) {
        await press('Tab');
        if (name.test(await focused())) return;
      }
      throw new Error(`Nothing like ${name} can be reached.`);
    }
  },
  patience,
);

test(
  'what a bar stands for is told until the pointer leaves it, also when the chart is drawn anew meanwhile',
  async () => {
    const { customer } = await history();
    const { page } = await open('/dashboard', customer.token);
    const tip = page.locator('.tip');
    await page.locator('.plot .u-over').waitFor();
    await drawAnew(page, 900);
    await page.locator('.plot .u-over').hover();
    await tip.waitFor();
    await drawAnew(page, 1000);
    await page.mouse.move(1, 1);
    await tip.waitFor({ state: 'detached' });
    await page.context().close();
  },
  patience,
);

/** Gives the page another width, and with it the chart. */
async function drawAnew(page: Page, width: number): Promise<void> {
  const drawn = () => page.evaluate<number>("document.querySelector('.plot canvas').width");
  const before = await drawn();
  await page.setViewportSize({ width, height: 800 });
  await expect.poll(drawn).not.toBe(before);
}

test(
  'a link shows somebody else the same: filters, page and the open call',
  async () => {
    const { customer, callId } = await history();
    const { page } = await open('/dashboard', customer.token);
    await page.getByLabel('Answer', { exact: true }).selectOption('Answered');
    await page.getByRole('searchbox', { name: 'Text' }).fill('order');
    await expect.poll(() => new URL(page.url()).hash, { timeout: patience / 2 }).toContain('text=order');
    await page.getByText('1 call', { exact: true }).waitFor();
    await page
      .getByRole('row', { name: /Order 1042/ })
      .getByRole('link')
      .click();
    await page.getByRole('complementary').waitFor();
    const { hash } = new URL(page.url());
    expect(Object.fromEntries(new URLSearchParams(hash.slice(1)))).toEqual({
      answered: 'yes',
      text: 'order',
      call: callId,
    });
    const { page: other } = await open(`/dashboard${hash}`, customer.token);
    await other.getByRole('complementary').getByText('Known during the call').waitFor();
    await other.getByText('1 call', { exact: true }).waitFor();
    expect(await other.getByRole('searchbox', { name: 'Text' }).inputValue()).toBe('order');
    expect(running.url).toBe(new URL(other.url()).origin);
    await page.context().close();
    await other.context().close();
  },
  patience,
);
