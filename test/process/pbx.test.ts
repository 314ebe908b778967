import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { plugIn, sendThrough, withNumber } from '../support/pbx.ts';
import { type RunningServer, run, startServer, temporaryFolder } from '../support/process.ts';

const patience = 120_000;
const password = 'a long enough password';

const folder = temporaryFolder(afterAll);
/** Where the pictures of the README are put anew when PICTURES names their folder. */
const pictures = process.env.PICTURES ?? folder;
const cleaning: (() => Promise<void>)[] = [];
const whenDone = (clean: () => Promise<void>) => void cleaning.push(clean);
afterAll(async () => {
  for (const clean of cleaning.reverse()) await clean();
});
let server: RunningServer;
let browser: Browser;
let customer: { id: string; workspaceId: string };
/** What the phone system keeps once it has been authorized. */
let plugged: { xml: string; parameters: Record<string, string> };

const admin = async (...words: string[]) =>
  JSON.parse((await run('src/admin.ts', words, { DATA_DIR: folder, PUBLIC_URL: server.url }, whenDone).ended).stdout);

beforeAll(async () => {
  server = await startServer({ DATA_DIR: folder }, whenDone);
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
    const { granted } = await pbx.crm.completeAuthorization(answer.get('code') ?? '', 'state-7');
    plugged = {
      xml,
      parameters: { ...parameters, [granted?.parameter ?? '']: granted?.value ?? '', CreateContacts: 'True' },
    };

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

const callTypes = ['Inbound', 'Outbound', 'Missed', 'Notanswered'] as const;

describe.each([
  ['AsIs', '', 'empty'],
  ['Off', '', 'literal'],
  ['Plus', '', 'empty'],
  ['Zeros', '', 'literal'],
  ['AsIs', '8', 'empty'],
] as const)(
  'over the network, with the number %s, its last "%s" digits, and unknown variables %s',
  (prefix, last, unknownVariables) => {
    const marker = `${prefix}${last}`;
    const open = () =>
      plugIn({
        xml: withNumber(plugged.xml, prefix, last),
        parameters: plugged.parameters,
        send: sendThrough(fetch),
        unknownVariables,
      });
    const history = async (subject: string) => {
      const query = `filter[subject]=${encodeURIComponent(subject)}&per_page=100`;
      const headers = { authorization: `Bearer ${server.token}` };
      return (await (await fetch(`${server.url}/api/crm/lookup/phone-calls?${query}`, { headers })).json()).data;
    };

    test('somebody known pops up, somebody unknown gets the placeholder, and both are journalled', async () => {
      const pbx = open();
      const call = { callType: 'Inbound', agent: marker, startedAt: new Date('2026-03-02T10:00:00Z') } as const;
      const known = await pbx.call({ ...call, number: '+33612345678' });
      expect(known.contact).toMatchObject({ LastName: 'Martin' });
      expect(known.trace.requests.at(-1)?.status).toBe(201);
      const unknown = await pbx.call({ ...call, number: '+33698000001' });
      expect(unknown.contact?.EntityId).toMatch(/^placeholder-/);
      expect(unknown.trace.requests.at(-1)?.status).toBe(201);
    });

    test('a call of each type is logged right', async () => {
      const pbx = open();
      for (const [hour, callType] of callTypes.entries()) {
        const startedAt = new Date(Date.UTC(2026, 2, 3, hour));
        await pbx.call({ callType, number: '+33612345678', name: `${marker} ${callType}`, agent: marker, startedAt });
      }
      const logged = (await history(`${marker} `)).filter(
        ({ number_internal }: { number_internal: string }) => number_internal === marker,
      );
      const told = logged.map(({ direction, status }: Record<string, string>) => `${direction} ${status}`);
      expect(told.toSorted()).toEqual([
        'inbound Missed',
        'inbound completed',
        'outbound Notanswered',
        'outbound completed',
      ]);
    });

    test('a chat is logged, and a contact that was created is found by the next lookup', async () => {
      const pbx = open();
      const chat = await pbx.chat({
        email: 'camille.martin@example.com',
        messages: 'Hello',
        agent: marker,
        startedAt: new Date(),
      });
      expect(chat.requests.at(-1)?.status).toBe(201);
      const number = `+336${randomInt(10_000_000, 99_999_999)}`;
      await pbx.crm.createContact({ number, firstName: 'Inès', lastName: marker }, true);
      expect(await pbx.ring(number)).toMatchObject({ FirstName: 'Inès', LastName: marker });
    });
  },
);
