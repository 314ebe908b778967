import { signal } from '@preact/signals';
import { html } from 'htm/preact';
import { addressOf, show } from './address.ts';
import { type CallRow, contactLink, partyOf } from './call-row.ts';
import type { CallsQuery } from './documents.generated.ts';
import { callbacks } from './figures.ts';
import { ago, count, exactly } from './format.ts';
import { Icon } from './icon.ts';
import { Sourced } from './notice.ts';
import { readableNumber, telephoneLink } from './people.ts';

type Calls = CallsQuery['phoneCalls'];

const now = signal(new Date());

/** Lets "3 minutes ago" grow older by itself. */
export const tick = () => {
  now.value = new Date();
};

/** Who called, reached nobody, and was not called back since: newest first. */
export const Callbacks = ({ timeZone }: { timeZone: string }) => html`
  <section class="card callbacks" aria-labelledby="callbacks">
    <${Sourced} source=${callbacks}>${(calls: Calls) => html`
      <div class="card-head"><h2 id="callbacks">To call back</h2>${calls.totalCount > 0 && html`<span class="badge badge-bad">${count(calls.totalCount)}</span>`}</div>
      ${calls.nodes.length === 0 ? html`<${Nobody} />` : html`<ul class="callback-list">${calls.nodes.map((call) => html`<${Caller} key=${call.id} call=${call} timeZone=${timeZone} />`)}</ul>`}
      ${calls.totalCount > calls.nodes.length && html`<button type="button" class="button" onClick=${listAll}>All ${count(calls.totalCount)}</button>`}`}<//>
  </section>`;

const Nobody = () =>
  html`<div class="all-well"><span class="way way-inbound"><${Icon} name="check" /></span><p>Nobody is waiting.<br /><span class="quiet">Every missed caller of the last 30 days was reached.</span></p></div>`;

function Caller({ call, timeZone }: { call: CallRow; timeZone: string }) {
  const [dial, at] = [telephoneLink(call.numberExternal), call.startTime ?? call.createdAt];
  return html`<li>
    <div class="callback-who">
      <a href=${addressOf({ call: call.id })} class="callback-name">${partyOf(call)}</a>
      <span class="under">${call.contact && `${readableNumber(call.numberExternal)} · `}<time datetime=${at} title=${exactly(at, timeZone)}>${ago(at, now.value)}</time></span>
    </div>
    ${
      call.contact
        ? html`<a class="round" href=${contactLink(call.contact)} aria-label=${`Contact: ${partyOf(call)}`} title="Contact"><${Icon} name="person" /></a>`
        : html`<a class="round" href=${`/contacts/new?phone=${encodeURIComponent(call.numberExternal ?? '')}`} aria-label=${`New contact for ${partyOf(call)}`} title="New contact"><${Icon} name="add" /></a>`
    }
    ${dial && html`<a class="dial" href=${dial} aria-label=${`Call ${partyOf(call)} back`} title="Call back"><${Icon} name="phone" /></a>`}
  </li>`;
}

function listAll(): void {
  show({ waiting: 'yes' });
  document.getElementById('history')?.scrollIntoView({ block: 'start' });
}
