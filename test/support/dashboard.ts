import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { createAdaptorServer } from '@hono/node-server';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { launchBrowser } from './browser.ts';
import { freePort } from './free-port.ts';
import { serve, type TestCustomer } from './world.ts';

/** A loaded machine may take this long, and a test fails only where something never comes. */
export const patience = 120_000;

export interface Visit {
  page: Page;
  /** Requests to anybody but this server, scripts that failed, and rules of the page that something broke. */
  complaints: string[];
}

/** A listening server and a browser, once for a test file. */
export function useDashboard() {
  const running = {} as { url: string; server: Server; browser: Browser };
  beforeAll(async () => {
    // As `server.ts` does it: links need the port before the app is made.
    const port = await freePort();
    running.url = `http://127.0.0.1:${port}`;
    const app = serve({ publicUrl: running.url });
    running.server = createAdaptorServer({ fetch: app.fetch }) as Server;
    running.server.listen(port, '127.0.0.1');
    await once(running.server, 'listening');
    running.browser = await launchBrowser();
  }, patience);
  afterAll(async () => {
    await running.browser?.close();
    running.server?.closeAllConnections();
    running.server?.close();
  }, patience);

  /** Opens a path as somebody who comes for the first time, with a token if one is given. */
  async function open(path: string, token: string | null, options: BrowserContextOptions = {}): Promise<Visit> {
    const context = await running.browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(patience / 2);
    const complaints: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(`${running.url}/`)) complaints.push(`asks ${request.url()}`);
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
    });
    await page.goto(running.url + path);
    if (token) await pasteToken(page, token);
    return { page, complaints };
  }
  return { running, open };
}

export async function pasteToken(page: Page, token: string): Promise<void> {
  await page.getByLabel('Paste a token').fill(token);
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What of the page keeps people with disabilities out, by the rules of axe: only what is serious or critical. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
    violations: { id: string; impact: string; nodes: { target: string[] }[] }[];
  };
  return found.violations
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** Logs a call over the legacy face; a missed one of somebody known unless it is told otherwise. */
export async function logCall(customer: TestCustomer, fields: Record<string, unknown> = {}): Promise<void> {
  const { status } = await customer.rest('POST', '/api/crm/lookup/phone-calls', {
    body: {
      direction: 'inbound',
      status: 'missed',
      number_external: '+33612345678',
      number_internal: '101',
      start_time_utc: new Date(Date.now() - 60_000).toISOString(),
      ...fields,
    },
  });
  expect(status).toBe(201);
}

/** Creates a contact over the legacy face; answers its id. */
export async function createContact(customer: TestCustomer, fields: Record<string, unknown> = {}): Promise<string> {
  const { body } = await customer.rest('POST', '/api/crm/lookup/contacts', {
    body: {
      first_name: 'Camille',
      last_name: 'Martin',
      phone: '+33612345678',
      email: 'camille@example.com',
      ...fields,
    },
  });
  return body.contact.id;
}
