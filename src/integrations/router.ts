import { Hono } from 'hono';
import { html } from 'hono/html';
import { findCustomerRecord, type OpenCustomer } from '../domain/customer.ts';
import { completeAuthorization, customerOfState, integrationOfState } from '../domain/integration-authorization.ts';
import { DomainError } from '../errors.ts';
import { page } from '../page.ts';
import type { Store } from '../store/open.ts';

export interface IntegrationsSetup {
  store: Store;
  openCustomer: OpenCustomer;
  reportBug(error: unknown, requestId: string): void;
}

type Env = { Variables: { requestId: string } };

/** Where the pages of a CRM send people back who have granted access to it (RFC 6749, 4.1.2). */
export function createIntegrationsRouter({ store, openCustomer, reportBug }: IntegrationsSetup): Hono<Env> {
  const router = new Hono<Env>({ strict: false });
  router.get('/integrations/authorize/return', async (c) => {
    c.header('Cache-Control', 'no-store');
    c.header('Referrer-Policy', 'no-referrer');
    const { state = '', code = '', error = '', error_description: reason = error } = c.req.query();
    try {
      const customerId = customerOfState(state);
      if (!customerId) return c.html(notRight, 400);
      const customer = openCustomer(await findCustomerRecord(store, customerId));
      const name = await integrationOfState(customer, state);
      if (!code) return c.html(failedPage(`${name} answered: ${reason.slice(0, 200) || 'nothing'}.`), 400);
      await completeAuthorization(customer, state, code);
      return c.html(grantedPage(name));
    } catch (failure) {
      if (failure instanceof DomainError && failure.code === 'NOT_FOUND') return c.html(notRight, 400);
      if (failure instanceof DomainError && failure.code !== 'SERVICE_UNAVAILABLE') {
        return c.html(failedPage(failure.message), 400);
      }
      reportBug(failure, c.get('requestId'));
      return c.html(failedPage('Something went wrong on this server. Please begin again in a moment.'), 503);
    }
  });
  return router;
}

const askAgain = html`<p>Ask for a new link with <code>integration authorize</code>, or <code>authorizeIntegration</code> in GraphQL, and open it.</p>`;

const grantedPage = (name: string) =>
  page('Access granted', html`<p>This server may now use <strong>${name}</strong>. You can close this page.</p>`);

const failedPage = (reason: string) =>
  page('Access was not granted', html`<p class="error" role="alert">${reason}</p>${askAgain}`);

const notRight = page(
  'This link is not right',
  html`<p>It does not belong to a request for access that this server has made.</p>${askAgain}`,
);
