import { html } from 'hono/html';
import { page } from '../page.ts';

const problem = (text: string | null) => (text ? html`<p class="error" role="alert">${text}</p>` : '');

export const signInPage = (form: { token: string; next: string; email: string; error: string | null }) =>
  page(
    'Sign in',
    html`${problem(form.error)}
<form method="post" action="/sign-in">
<input type="hidden" name="form" value="${form.token}"><input type="hidden" name="next" value="${form.next}">
<label for="email">Email</label>
<input id="email" name="email" type="email" autocomplete="username" required autofocus value="${form.email}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button class="primary">Sign in</button>
</form>`,
  );

export const setUpPage = (form: { token: string; secret: string; error: string | null }) =>
  page(
    'Set your password',
    html`${problem(form.error)}
<form method="post" action="/set-up">
<input type="hidden" name="form" value="${form.token}"><input type="hidden" name="secret" value="${form.secret}">
<label for="password">New password</label>
<input id="password" name="password" type="password" autocomplete="new-password" minlength="12" maxlength="200" required autofocus aria-describedby="rule">
<p id="rule" class="quiet">12 characters or more.</p>
<button class="primary">Set password</button>
</form>`,
  );

export interface Consent {
  token: string;
  client: string;
  email: string;
  scopes: string[];
  /** The customers to choose from; a single one cannot be changed. */
  customers: { id: string; name: string }[];
  /** The request to be answered, as it came. */
  parameters: Record<string, string>;
}

const scopeMeaning: Record<string, string> = {
  client: 'act for this customer',
  crm: 'look up and create contacts, and log calls and chats',
};

export const consentPage = (consent: Consent) =>
  page(
    `Connect ${consent.client}?`,
    html`<p><strong>${consent.client}</strong> asks to:</p>
<ul>${consent.scopes.map((scope) => html`<li>${scopeMeaning[scope] ?? scope} <span class="quiet">(${scope})</span></li>`)}</ul>
<form method="post" action="/oauth/authorize">
<input type="hidden" name="form" value="${consent.token}">
${Object.entries(consent.parameters).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
${customerChoice(consent.customers)}
<div class="row"><button class="primary" name="allowed" value="true">Allow</button><button name="allowed" value="false">Deny</button></div>
</form>
<p class="quiet">Signed in as ${consent.email}.</p>
<form method="post" action="/sign-out"><input type="hidden" name="form" value="${consent.token}"><button class="plain">Sign out</button></form>`,
  );

function customerChoice(customers: Consent['customers']) {
  const [only, ...others] = customers;
  if (only && others.length === 0) {
    return html`<p>for the customer <strong>${only.name}</strong>.</p><input type="hidden" name="customer" value="${only.id}">`;
  }
  return html`<label for="customer">for the customer</label>
<select id="customer" name="customer" required>${customers.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select>`;
}

export const messagePage = (title: string, text: string) => page(title, html`<p>${text}</p>`);
