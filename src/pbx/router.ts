import { Hono } from 'hono';
import { html } from 'hono/html';
import { page } from '../page.ts';
import { pbxTemplate, type TemplateAuth, templateVersion } from './template.ts';

const kinds: TemplateAuth[] = ['code', 'token'];

/** What an administrator of a 3CX needs of this server: the template to upload, and where to begin. */
export function createPbxRouter(publicUrl: string): Hono {
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
