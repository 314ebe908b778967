import { html, raw } from 'hono/html';

type Markup = ReturnType<typeof html>;

const style = `
:root { color-scheme: light dark; --line: #8884; --accent: #0b62d6; }
@media (prefers-color-scheme: dark) { :root { --accent: #7db4ff; } }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; }
main { width: min(26rem, 100% - 2rem); box-sizing: border-box; padding: 2rem; border: 1px solid var(--line); border-radius: .75rem; margin: 2rem 0; }
h1 { font-size: 1.35rem; margin: 0 0 1rem; }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
input, select { font: inherit; width: 100%; box-sizing: border-box; padding: .55rem .65rem; border: 1px solid var(--line); border-radius: .4rem; }
button { font: inherit; font-weight: 600; padding: .6rem 1rem; border-radius: .4rem; border: 1px solid var(--line); cursor: pointer; margin-top: 1.25rem; }
button.primary { background: #0b62d6; color: #fff; border-color: #0b62d6; }
button.plain { border: 0; background: none; color: var(--accent); padding: 0; margin: 0; text-decoration: underline; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.error { border-left: 4px solid #c62828; padding: .25rem .75rem; }
.row { display: flex; gap: .75rem; }
.quiet { color: color-mix(in srgb, currentColor 65%, transparent); font-size: .9rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
`;

/** A page for people, in the one style of all of them; it needs no script. */
export const page = (title: string, content: Markup | Promise<Markup>, wide = false) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · CRM Lookup</title><style>${raw(style)}${wide ? raw('main { width: min(60rem, 100% - 2rem); }') : ''}</style>
</head>
<body><main><h1>${title}</h1>${content}</main></body>
</html>`;

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
