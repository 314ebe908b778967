import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type RunningServer, startServer, temporaryFolder } from '../support/process.ts';

const patience = 120_000;

const folder = temporaryFolder(afterAll);
const cleaning: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const clean of cleaning.reverse()) await clean();
});
let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  server = await startServer({ DATA_DIR: folder }, (clean) => cleaning.push(clean));
  browser = await launchBrowser();
  cleaning.push(() => browser.close());
}, patience);

interface Visit {
  page: Page;
  /** Where the page sent requests. */
  requests: string[];
  /** What its script did not survive. */
  complaints: string[];
  /** Whether the server gave it the schema. */
  schema: Promise<boolean>;
}

/** Opens GraphiQL as somebody who comes for the first time. */
async function open(): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.setDefaultTimeout(patience / 2);
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const schema = page
    .waitForResponse((response) => response.request().method() === 'POST')
    .then(async (response) => (await response.text()).includes('"__schema"'));
  await page.goto(`${server.url}/graphql`);
  await page.getByRole('tab', { name: 'WhoIsCalling' }).waitFor();
  return { page, requests, complaints, schema };
}

/** Executes the open tab; resolves with what is answered once that holds the name. */
async function play(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: /execute query/i }).click();
  const result = page.locator('.result-window .view-lines', { hasText: `"${name}"` });
  return ((await result.textContent()) ?? '').replaceAll('\u00a0', ' ');
}

async function pasteHeaders(page: Page, headers: object): Promise<void> {
  await page.getByRole('button', { name: 'Headers' }).click();
  await page.locator('section[aria-label="Headers"]').click();
  await page.evaluate((text) => navigator.clipboard.writeText(text), JSON.stringify(headers));
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+V');
}

/** The tabs after the first, and what each asks for. */
const furtherTabs = {
  CreateContact: 'createContact',
  History: 'phoneCalls',
  LogCall: 'logPhoneCall',
  SaveContext: 'upsertCallContext',
  LogChat: 'logChat',
};

const elsewhere = (requests: string[]) =>
  requests.filter((url) => !url.startsWith(`${server.url}/`) && !/^(data|blob):/.test(url));

test(
  'a newcomer finds six operations, pastes the token, presses play, and sees who is calling',
  async () => {
    const { page, requests, complaints, schema } = await open();
    const tabs = await page.getByRole('tab').allInnerTexts();
    expect(tabs).toEqual(['WhoIsCalling', ...Object.keys(furtherTabs)]);
    expect(await schema).toBe(true);
    await page.screenshot({ path: join(folder, 'opened.png') });
    await pasteHeaders(page, { Authorization: `Bearer ${server.token}` });
    await page.screenshot({ path: join(folder, 'pasted.png') });
    const told = await play(page, 'contactSearch');
    await page.screenshot({ path: join(folder, 'answered.png') });
    expect(told).toContain('"firstName": "Camille"');
    expect(told).toContain('"lastName": "Martin"');
    for (const [name, field] of Object.entries(furtherTabs)) {
      // By keyboard: GraphiQL's tabs can be dragged, and take some clicks of a machine for the beginning of that.
      await page.getByRole('button', { name, exact: true }).press('Enter');
      await page.getByRole('tab', { name, selected: true }).waitFor();
      await pasteHeaders(page, { Authorization: `Bearer ${server.token}` });
      expect(await play(page, field)).toMatch(/^\{ *"data"/);
      await page.screenshot({ path: join(folder, `${name}.png`) });
    }
    expect({ elsewhere: elsewhere(requests), complaints }).toEqual({ elsewhere: [], complaints: [] });
  },
  patience,
);

test(
  'the hint where the token goes breaks nothing while it is untouched',
  async () => {
    const { page, requests, complaints, schema } = await open();
    expect(await schema).toBe(true);
    expect(await play(page, 'errors')).toContain('"code": "UNAUTHENTICATED"');
    await page.getByRole('button', { name: 'Headers' }).click();
    await page.screenshot({ path: join(folder, 'untouched.png') });
    expect(await page.locator('section[aria-label="Headers"]').textContent()).toContain('token');
    expect({ elsewhere: elsewhere(requests), complaints }).toEqual({ elsewhere: [], complaints: [] });
  },
  patience,
);
