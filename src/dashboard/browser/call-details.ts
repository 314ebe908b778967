import { html } from 'htm/preact';
import { useEffect, useRef } from 'preact/hooks';
import { show, view } from './address.ts';
import { ask } from './ask.ts';
import { Deliveries, Known, Legs } from './call-parts.ts';
import { contactLink, Direction, Outcome, partyOf } from './call-row.ts';
import { CallDetailsDocument, type CallDetailsQuery } from './documents.generated.ts';
import { clock, duration, exactly } from './format.ts';
import { Icon } from './icon.ts';
import { Notice, Sourced } from './notice.ts';
import { agentOf, readableNumber, safeLink, telephoneLink } from './people.ts';
import { createSource } from './source.ts';

export type CallDetails = NonNullable<CallDetailsQuery['phoneCall']>;

/** The call that the address names. */
export const openCall = createSource(
  async () => (await ask(CallDetailsDocument, { id: view.value.call })).phoneCall ?? 'nobody',
);

/** Closes the pane, and goes back to the row from which it was opened. */
function close(): void {
  const { call } = view.value;
  show({ call: '' });
  document.getElementById(`call-${call}`)?.focus();
}

/** Everything that is known of one call, beside the list. */
export function CallPane({ timeZone }: { timeZone: string }) {
  const pane = useRef<HTMLElement>(null);
  const { call } = view.value;
  useEffect(() => {
    if (call) pane.current?.focus();
  }, [call]);
  if (!call) return null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
  };
  return html`<aside class="pane" ref=${pane} tabindex="-1" aria-label="Details of the call" onKeyDown=${onKeyDown}>
    <button type="button" class="round pane-close" aria-label="Close the details" onClick=${close}><${Icon} name="close" /></button>
    <${Sourced} source=${openCall}>${(details: CallDetails | 'nobody') =>
      details === 'nobody'
        ? html`<${Notice} title="There is no such call"><p>It was removed, or belongs to another customer.</p><//>`
        : html`<${Details} call=${details} timeZone=${timeZone} />`}<//>
  </aside>`;
}

const Details = ({ call, timeZone }: { call: CallDetails; timeZone: string }) => html`
  <header class="pane-head">
    <p class="pane-kind"><${Direction} call=${call} /><${Outcome} call=${call} /></p>
    <h2>${partyOf(call)}</h2>
    <p class="quiet">${exactly(call.startTime ?? call.createdAt, timeZone)}</p>
    <${Actions} call=${call} />
  </header>
  <dl class="facts">
    <${Fact} name="Number" value=${readableNumber(call.numberExternal)} />
    <${Fact} name="Agent" value=${agentOf(call)} more=${call.agentEmail} />
    <${Fact} name="Extension" value=${call.numberInternal} />
    <${Fact} name="Queue" value=${call.queueExtension} />
    <${Fact} name="Dialled" value=${call.numberDid && readableNumber(call.numberDid)} />
    <${Fact} name="Lasted" value=${duration(call.durationSeconds)} more=${call.endTime && `until ${clock(call.endTime, timeZone)}`} />
    <${Fact} name="Mood" value=${call.sentiment} />
    <${Fact} name="Reported by" value=${call.source} />
  </dl>
  <${Text} title="About" text=${call.subject} />
  <${Text} title="Summary" text=${call.summary} />
  <${Text} title="Notes" text=${call.body} />
  <${Known} known=${call.contextData} />
  <${Legs} segments=${call.segments} timeZone=${timeZone} />
  <${Text} title="Transcription" text=${call.transcription} long />
  <${Deliveries} logs=${call.logs} timeZone=${timeZone} />`;

function Actions({ call }: { call: CallDetails }) {
  const [dial, recording] = [telephoneLink(call.numberExternal), safeLink(call.recordingUrl)];
  return html`<p class="actions">
    ${dial && html`<a class="button primary" href=${dial}><${Icon} name="phone" />Call back</a>`}
    ${call.contact && html`<a class="button" href=${contactLink(call.contact)}><${Icon} name="person" />Contact</a>`}
    ${!call.contact && dial && html`<a class="button" href=${`/contacts/new?phone=${encodeURIComponent(call.numberExternal ?? '')}`}><${Icon} name="add" />New contact</a>`}
    ${recording && html`<a class="button" href=${recording} target="_blank" rel="noopener noreferrer"><${Icon} name="outside" />Recording</a>`}
  </p>`;
}

const Fact = ({ name, value, more }: { name: string; value: string | null | undefined; more?: string | null }) =>
  value
    ? html`<div><dt>${name}</dt><dd>${value}${more && more !== value && html` <span class="quiet">${more}</span>`}</dd></div>`
    : null;

const Text = ({ title, text, long }: { title: string; text: string | null; long?: boolean }) =>
  text &&
  html`<section><h3>${title}</h3><p class=${long ? 'prose long' : 'prose'} tabindex=${long ? 0 : undefined}>${text}</p></section>`;
