import { signal } from '@preact/signals';
import { html } from 'htm/preact';
import { useEffect, useMemo } from 'preact/hooks';
import { ask } from './ask.ts';
import { type CallRow, Direction, Outcome } from './call-row.ts';
import { ChatList } from './chat-list.ts';
import { ContactPageDocument, type ContactPageQuery } from './documents.generated.ts';
import { count, dateAndClock, duration, exactly } from './format.ts';
import { Icon } from './icon.ts';
import { Notice, Sourced } from './notice.ts';
import { agentOf, initials, nameOf, readableNumber, safeLink, telephoneLink } from './people.ts';
import { createSource } from './source.ts';
import { TopBar } from './top-bar.ts';
import type { Viewer } from './viewer.ts';

type Contact = NonNullable<ContactPageQuery['contact']>;
type NotedCall = Contact['phoneCalls']['nodes'][number];

const step = 20;
const mostCalls = 100;
const shown = signal(step);

/** One contact: how to reach it, what was noted last, and every call and chat. */
export function ContactPage({ viewer, id }: { viewer: Viewer; id: string }) {
  const source = useMemo(
    () => createSource(async () => (await ask(ContactPageDocument, { id, first: shown.value })).contact ?? 'nobody'),
    [id],
  );
  const calls = shown.value;
  useEffect(() => void source.refresh(), [source, calls]);
  const { timeZone } = viewer.customer;
  return html`<${TopBar} viewer=${viewer} />
    <main id="main" class="page contact-page" tabindex="-1">
      <${Sourced} source=${source}>${(contact: Contact | 'nobody') =>
        contact === 'nobody'
          ? html`<${Nobody} customer=${viewer.customer.name} />`
          : html`<${Known} contact=${contact} timeZone=${timeZone} />`}<//>
    </main>`;
}

const Nobody = ({ customer }: { customer: string }) => html`
  <${Notice} title="There is no such contact">
    <p>It was removed, is kept in another CRM, or belongs to another customer than <strong>${customer}</strong>.</p>
    <p class="actions"><a class="button primary" href="/dashboard">To the dashboard</a><a class="button" href="/contacts/new">New contact</a></p>
  <//>`;

const Known = ({ contact, timeZone }: { contact: Contact; timeZone: string }) => {
  const [latest] = contact.phoneCalls.nodes;
  const noted = contact.phoneCalls.nodes.find(({ body, summary, subject }) => body ?? summary ?? subject);
  return html`
    <header class="contact-head">
      <span class="face" aria-hidden="true">${initials(nameOf(contact))}</span>
      <div>
        <h1>${contact.civility && html`<span class="quiet">${contact.civility} </span>`}${nameOf(contact)}</h1>
        <p class="quiet">${[contact.company, latest && `last call ${dateAndClock(latest.startTime, timeZone)}`].filter(Boolean).join(' · ') || 'No calls yet'}</p>
      </div>
    </header>
    <div class="columns">
      <div class="column">
        <${Reach} contact=${contact} />
        ${noted && html`<${LastNotes} call=${noted} timeZone=${timeZone} />`}
      </div>
      <div class="column wide-column">
        <${Calls} contact=${contact} timeZone=${timeZone} />
        <${ChatList} chats=${contact.chats.nodes} total=${contact.chats.totalCount} timeZone=${timeZone} />
      </div>
    </div>`;
};

const slots = [
  ['phoneMobile1', 'Mobile'],
  ['phoneMobile2', 'Mobile'],
  ['phoneBusiness1', 'Business'],
  ['phoneBusiness2', 'Business'],
  ['phoneHome', 'Home'],
  ['phoneOther', 'Other'],
] as const;

/** Every way to reach the contact. */
function Reach({ contact }: { contact: Contact }) {
  const numbers = slots.filter(([slot]) => contact[slot]);
  const website = safeLink(contact.website);
  const elsewhere = safeLink(contact.entityUrl);
  return html`<section class="card" aria-labelledby="reach"><h2 id="reach">Contact</h2>
    <dl class="facts stacked">
      ${numbers.map(([slot, word]) => html`<div key=${slot}><dt>${word}</dt><dd><a href=${telephoneLink(contact[slot])}>${readableNumber(contact[slot])}</a></dd></div>`)}
      ${contact.email && html`<div><dt>Email</dt><dd><a href=${`mailto:${encodeURIComponent(contact.email)}`}>${contact.email}</a></dd></div>`}
      ${contact.website && html`<div><dt>Website</dt><dd>${website ? html`<a href=${website} target="_blank" rel="noopener noreferrer">${contact.website}</a>` : contact.website}</dd></div>`}
      ${contact.customValue && html`<div><dt>Note</dt><dd>${contact.customValue}</dd></div>`}
    </dl>
    ${elsewhere && new URL(elsewhere).origin !== location.origin && html`<a class="button" href=${elsewhere}><${Icon} name="outside" />Page in the CRM</a>`}
  </section>`;
}

const LastNotes = ({ call, timeZone }: { call: NotedCall; timeZone: string }) => html`
  <section class="card" aria-labelledby="notes"><h2 id="notes">Last notes</h2>
    <p class="quiet"><time datetime=${call.startTime}>${dateAndClock(call.startTime, timeZone)}</time>${agentOf(call) && ` · ${agentOf(call)}`}</p>
    ${call.subject && html`<p><strong>${call.subject}</strong></p>`}
    ${call.summary && html`<p class="prose">${call.summary}</p>`}
    ${call.body && html`<p class="prose">${call.body}</p>`}
  </section>`;

const Calls = ({ contact, timeZone }: { contact: Contact; timeZone: string }) => {
  const { nodes, totalCount } = contact.phoneCalls;
  return html`<section class="card" aria-labelledby="calls"><h2 id="calls">Calls <span class="quiet">${count(totalCount)}</span></h2>
    ${nodes.length === 0 && html`<p class="quiet">Nobody has called yet.</p>`}
    <ul class="timeline">${nodes.map((call) => html`<${Entry} key=${call.id} call=${call} timeZone=${timeZone} />`)}</ul>
    ${nodes.length < totalCount && nodes.length < mostCalls && html`<button type="button" class="button" onClick=${() => (shown.value += step)}>Show earlier calls</button>`}
  </section>`;
};

const Entry = ({ call, timeZone }: { call: CallRow; timeZone: string }) => html`
  <li><${Direction} call=${call} />
    <div><a href=${`/dashboard#call=${call.id}`}><time datetime=${call.startTime} title=${exactly(call.startTime, timeZone)}>${dateAndClock(call.startTime ?? call.createdAt, timeZone)}</time></a>
      <p class="quiet">${[call.subject, agentOf(call)].filter(Boolean).join(' · ')}</p></div>
    <span class="timeline-end">${call.answered ? html`<span class="quiet">${duration(call.durationSeconds)}</span>` : html`<${Outcome} call=${call} />`}</span>
  </li>`;
