import { effect } from '@preact/signals';
import { html } from 'htm/preact';
import { ContactPage } from './contact-page.ts';
import { DashboardPage } from './dashboard-page.ts';
import { NewContactPage } from './new-contact-page.ts';
import { TroubleNotice } from './notice.ts';
import { access, drop } from './session.ts';
import { beginSignIn, SignIn } from './sign-in.ts';
import { viewer } from './viewer.ts';

/** Asks for what is needed whenever somebody gets access, or loses it. */
export function begin(): void {
  effect(() => {
    const token = access.value?.token;
    if (token) void viewer.refresh();
    else {
      viewer.stop();
      void beginSignIn();
    }
  });
}

/** The page that the address names, for whoever has access; else the way to get it. */
export function App() {
  if (!access.value) return html`<${SignIn} />`;
  const [who, trouble] = [viewer.value.value, viewer.trouble.value];
  if (!who && trouble) {
    if (trouble.kind === 'access') queueMicrotask(() => drop(trouble.message));
    return html`<main class="alone"><${TroubleNotice} trouble=${trouble} retry=${viewer.refresh} /></main>`;
  }
  if (!who)
    return html`<main class="alone"><div class="waiting" role="status"><span class="hidden">Loading…</span></div></main>`;
  const { pathname } = location;
  if (pathname.startsWith('/contacts/new')) return html`<${NewContactPage} viewer=${who} />`;
  if (pathname.startsWith('/contacts/'))
    return html`<${ContactPage} viewer=${who} id=${decodeURIComponent(pathname.split('/')[2] ?? '')} />`;
  return html`<${DashboardPage} viewer=${who} />`;
}
