import { signal } from '@preact/signals';
import { html } from 'htm/preact';
import { Icon } from './icon.ts';
import { accessLost, openAccess, pasteToken, type SignedIn, signOut, whoIsSignedIn } from './session.ts';

const signedIn = signal<SignedIn | null>(null);
const asking = signal(true);
const failure = signal<string | null>(null);

/** Finds out who is signed in; a person with one customer needs not choose. */
export async function beginSignIn(): Promise<void> {
  asking.value = true;
  failure.value = null;
  try {
    signedIn.value = await whoIsSignedIn();
    const [only, ...others] = signedIn.value.customers;
    if (only && others.length === 0 && accessLost.value === null) await choose(only.id);
  } catch {
    failure.value = 'The server cannot be reached.';
  }
  asking.value = false;
}

async function choose(customerId: string): Promise<void> {
  const opened = await openAccess(customerId).catch(() => false);
  if (!opened) failure.value = 'That did not work. Please sign in again.';
}

async function leave(): Promise<void> {
  await signOut();
  await beginSignIn();
}

function paste(event: SubmitEvent): void {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const token = String(new FormData(form).get('token')).trim();
  form.reset();
  if (token) pasteToken(token);
}

/** How to get access: by signing in, or with a token. */
export function SignIn() {
  const told = failure.value ?? accessLost.value;
  return html`<main class="sign-in">
    <section class="card" aria-labelledby="sign-in-title">
      <span class="mark" aria-hidden="true"><${Icon} name="phone" /></span>
      <h1 id="sign-in-title">CRM Lookup</h1>
      <p class="quiet">Your calls as they happen: who called, who answered, and who is waiting for a call back.</p>
      ${told && html`<p class="banner" role="alert">${told}</p>`}
      ${asking.value ? html`<div class="waiting" role="status"><span class="hidden">Loading…</span></div>` : html`<${Ways} />`}
    </section>
  </main>`;
}

const Ways = () => html`
  ${signedIn.value?.email ? html`<${Customers} ...${signedIn.value} />` : html`<a class="button primary wide" href=${signInAddress()}>Sign in with your email</a>`}
  <p class="or"><span>or</span></p>
  <form onSubmit=${paste}>
    <label for="token">Paste a token</label>
    <div class="joined">
      <input id="token" name="token" type="password" autocomplete="off" spellcheck="false" required placeholder="crm_…" aria-describedby="token-rule" />
      <button class="button">Open</button>
    </div>
    <p id="token-rule" class="quiet small">It needs the scopes client and crm. It stays in this tab until you sign out or close it.</p>
  </form>`;

const Customers = ({ email, customers }: SignedIn) => html`
  <p class="quiet">Signed in as <strong>${email}</strong>. <button type="button" class="link" onClick=${leave}>Sign out</button></p>
  ${customers.length === 0 && html`<p class="banner">Your workspace has no customers yet.</p>`}
  <ul class="choices" aria-label="Choose a customer">
    ${customers.map(({ id, name }) => html`<li key=${id}><button type="button" class="button wide" onClick=${() => choose(id)}>${name}<${Icon} name="next" /></button></li>`)}
  </ul>`;

const signInAddress = () => `/sign-in?next=${encodeURIComponent(location.pathname + location.search + location.hash)}`;
