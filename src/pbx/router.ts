import { Hono } from 'hono';
import { html } from 'hono/html';
import { lookupScopes, type Principal } from '../auth/principal.ts';
import { customersOf } from '../auth/workspace.ts';
import type { People } from '../oauth/people.ts';
import { page } from '../page.ts';
import type { Store } from '../store/open.ts';
import { checkNumber, checkPage } from './check.ts';
import { pbxTemplate, templateVersion } from './template.ts';
import type { TemplateAuth } from './template-element.ts';

export interface PbxSetup {
  store: Store;
  publicUrl: string;
  people: People;
  now(): Date;
  /** The legacy face, for somebody who has been identified already. */
  ask(principal: Principal, request: Request): Promise<Response>;
}

const kinds: TemplateAuth[] = ['code', 'token'];

/** What an administrator of a 3CX needs of this server: the template to upload, and a look at what it would show. */
export function createPbxRouter({ store, publicUrl, people, now, ask }: PbxSetup): Hono {
  const router = new Hono({ strict: false });
  router.get('/3cx', (c) => c.html(startPage));
  router.get('/3cx/template.xml', (c) => {
    const auth = kinds.find((kind) => kind === (c.req.query('auth') ?? 'code'));
    if (!auth) return c.text('auth must be code or token.\n', 400);
    return c.body(pbxTemplate(publicUrl, auth), 200, {
      'Content-Type': 'application/xml; charset=utf-8',
      'Content-Disposition': `attachment; filename="crm-lookup-${auth}-v${templateVersion}.xml"`,
    });
  });
  router.get('/3cx/check', async (c) => {
    const user = await people.signedIn(c);
    if (!user) return c.redirect(`/sign-in?next=${encodeURIComponent(`/3cx/check${new URL(c.req.url).search}`)}`);
    const { phone = '', customer: asked } = c.req.query();
    const customers = await customersOf(store, user.workspaceId);
    const customer = customers.find(({ id }) => id === asked) ?? customers[0];
    const principal = customer && { customer, scopes: lookupScopes };
    const trace =
      principal && phone ? await checkNumber(publicUrl, phone, (request) => ask(principal, request), now) : null;
    return c.html(checkPage({ phone, customer: customer?.id ?? '', customers, trace }));
  });
  return router;
}

const startPage = page(
  'Connect a 3CX',
  html`<p>Upload one of these templates in the 3CX admin console under <em>Integrations › CRM › Add</em>.</p>
<ul>
<li><a href="/3cx/template.xml?auth=code">Template with sign-in</a>: you press Authorize once and sign in here. Needs the client ID and secret that your operator made, and the account ID of the customer.</li>
<li><a href="/3cx/template.xml?auth=token">Template with a token</a>: you paste one token that your operator made.</li>
</ul>
<p>When nothing pops up, <a href="/3cx/check">see what the phone system would make of an answer</a>.</p>`,
);
