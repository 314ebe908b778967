import { html } from 'hono/html';
import { page } from './page.ts';

/** What stands behind links that are opened without an account; they say nothing of any customer. */
export const pages = {
  home: page(
    'CRM Lookup',
    html`<p>This server tells a telephone system who is calling, keeps what is known while the call runs, and logs it once it has ended.</p>
<ul>
<li><a href="/graphql">Explore the API in GraphiQL</a></li>
<li><a href="/3cx">Connect a 3CX</a></li>
<li><a href="/health">Health</a> and <a href="/ready">readiness</a></li>
</ul>`,
  ),
  contact: page(
    'A contact',
    html`<p>This link stands for a contact of the phone book behind a telephone system. Its page belongs to the dashboard, which this server does not have yet.</p>`,
  ),
  newContact: page(
    'An unknown caller',
    html`<p>This link stands for a caller whom nobody knows yet. The form to create the contact belongs to the dashboard, which this server does not have yet.</p>`,
  ),
};
