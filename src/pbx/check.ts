import { html } from 'hono/html';
import { parseTemplate } from '../connectors/template/parse.ts';
import { openTemplate } from '../connectors/template/run.ts';
import type { HitTrace, Trace } from '../connectors/template/trace.ts';
import { page } from '../page.ts';
import { pbxTemplate } from './template.ts';

/** Answers a request as the legacy face answers it to the customer that is checked. */
export type Ask = (request: Request) => Promise<Response>;

/** Looks a number up as a phone system does that runs our own template. */
export function checkNumber(publicUrl: string, phone: string, ask: Ask, now: () => Date): Promise<Trace> {
  const pbx = openTemplate(parseTemplate(pbxTemplate(publicUrl, 'token')), {
    parameters: { Token: 'the token of the phone system' },
    now,
    unknownVariables: 'empty',
    send: async ({ method, url, headers, body }) => {
      const response = await ask(new Request(url.replace(publicUrl, 'http://in.process'), { method, headers, body }));
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
    },
  });
  return pbx.lookupByNumber(phone);
}

export interface CheckForm {
  phone: string;
  customer: string;
  customers: { id: string; name: string }[];
  trace: Trace | null;
}

/** What a phone system would make of an answer, and why. */
export const checkPage = ({ phone, customer, customers, trace }: CheckForm) =>
  page(
    'What would the phone system show?',
    html`<form method="get" action="/3cx/check">
<label for="customer">Customer</label>
<select id="customer" name="customer">${customers.map(
      ({ id, name }) => html`<option value="${id}"${id === customer ? html` selected` : ''}>${name}</option>`,
    )}</select>
<label for="phone">Number, as the phone system sends it</label>
<input id="phone" name="phone" inputmode="tel" required value="${phone}">
<button class="primary">Look it up</button>
</form>
${trace ? outcome(trace) : ''}`,
    true,
  );

const outcome = ({ requests, hits, warnings }: Trace) => html`
<h2>Asked</h2>
<table><thead><tr><th>Request</th><th>Answer</th></tr></thead><tbody>
${requests.map(({ method, url, status, error }) => html`<tr><td><code>${method} ${url}</code></td><td>${error ?? status}</td></tr>`)}
</tbody></table>
<h2>Found</h2>
${hits.length === 0 ? html`<p>No record. The phone system shows the number alone.</p>` : hits.map(hit)}
${warnings.map((warning) => html`<p class="error">${warning}</p>`)}`;

const hit = ({ contact, dropped }: HitTrace) => html`
<p class="${dropped ? 'error' : ''}"><strong>${dropped ? 'Dropped' : 'Accepted'}</strong>${dropped ? `: ${dropped}` : '. It pops up.'}</p>
<table><tbody>${Object.entries(contact)
  .filter(([, value]) => value !== '')
  .map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table>`;
