import { html } from 'hono/html';
import { page } from './page.ts';

/** What stands behind links that are opened without an account; they say nothing of any customer. */
export const pages = {
  home: page(
    'CRM Lookup',
    html`<p>This server tells a telephone system who is calling, keeps what is known while the call runs, and logs it once it has ended.</p>
<ul>
<li><a href="/dashboard">Open the dashboard</a></li>
<li><a href="/graphql">Explore the API in GraphiQL</a></li>
<li><a href="/3cx">Connect a 3CX</a></li>
<li><a href="/health">Health</a> and <a href="/ready">readiness</a></li>
</ul>`,
  ),
};
