import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { plugIn, sendThrough } from '../support/pbx.ts';
import { type RunningServer, run, startServer, temporaryFolder } from '../support/process.ts';

const patience = 120_000;
const password = 'a long enough password';

const folder = temporaryFolder(afterAll);
/** Where the pictures of the README are put anew when PICTURES names their folder. */
const pictures = process.env.PICTURES ?? folder;
const cleaning: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const clean of cleaning.reverse()) await clean();
});
let server: RunningServer;
let browser: Browser;
let customer: { id: string; workspaceId: string };

const admin = async (...words: string[]) =>
  JSON.parse((await run('src/admin.ts', words, { DATA_DIR: folder, PUBLIC_URL: server.url }, afterAll).ended).stdout);

beforeAll(async () => {
  server = await startServer({ DATA_DIR: folder }, (clean) => cleaning.push(clean));
  browser = await launchBrowser();
  cleaning.push(() => browser.close());
  [customer] = (await admin('customer', 'list')).customers;
}, patience);

/** The address at which a phone system waits for the browser to come back; answers what it was told. */
async function waitForReturn(): Promise<{ address: string; told: Promise<URLSearchParams> }> {
  const { promise, resolve } = Promise.withResolvers<URLSearchParams>();
  const listener = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    response.end('You may close this page.');
    if (url.pathname === '/return') resolve(url.searchParams);
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  cleaning.push(async () => void listener.close());
  return { address: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/return`, told: promise };
}

test(
  'an administrator sets a password, plugs a stock phone system in, and calls pop up and are logged',
  async () => {
    const { address, told } = await waitForReturn();
    const { setUpUrl } = await admin(
      'user',
      'create',
      '--workspace',
      customer.workspaceId,
      '--email',
      'lea@example.com',
    );
    const client = await admin(
      'oauth-client',
      'create',
      '--workspace',
      customer.workspaceId,
      '--name',
      'Front desk PBX',
      '--redirect-uri',
      address,
    );
    const context = await browser.newContext({ viewport: { width: 720, height: 620 }, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(setUpUrl);
    await page.fill('#password', password);
    await page.click('button.primary');
    expect(await page.textContent('h1')).toBe('Your password is set');
    await context.clearCookies();

    const xml = await (await fetch(`${server.url}/3cx/template.xml?auth=code`)).text();
    const parameters = { ClientId: client.id, ClientSecret: client.secret, AccountId: customer.id };
    const pbx = plugIn({ xml, parameters, send: sendThrough(fetch) });
    await page.goto(pbx.crm.authorizeUrl(address, 'state-7') ?? '');
    await page.fill('#email', 'lea@example.com');
    await page.screenshot({ path: join(pictures, 'sign-in.png') });
    await page.fill('#password', password);
    await page.click('button.primary');
    expect(await page.textContent('h1')).toBe('Connect Front desk PBX?');
    await page.screenshot({ path: join(pictures, 'consent.png') });
    await page.click('button[value=true]');
    const answer = await told;
    expect(answer.get('state')).toBe('state-7');
    await pbx.crm.completeAuthorization(answer.get('code') ?? '', 'state-7');

    const startedAt = new Date('2026-03-01T10:00:00Z');
    const { contact, trace } = await pbx.call({ callType: 'Inbound', number: '+33612345678', agent: '101', startedAt });
    expect(contact).toMatchObject({ FirstName: 'Camille', LastName: 'Martin' });
    expect(trace.requests.at(-1)?.status).toBe(201);
    await page.goto(`${server.url}/3cx/check?phone=0612345678`);
    expect(await page.textContent('main')).toContain('Accepted');
    await page.screenshot({ path: join(pictures, 'check.png'), fullPage: true });
    await context.close();
  },
  patience,
);
