import { html } from 'htm/preact';
import type { CallDetailsQuery } from './documents.generated.ts';
import { clock, dateAndClock, duration } from './format.ts';
import { Icon } from './icon.ts';
import { readableNumber, safeLink } from './people.ts';

type Details = NonNullable<CallDetailsQuery['phoneCall']>;
type Segment = Details['segments'][number];

/** What was known while the call ran. */
export function Known({ known }: { known: unknown }) {
  const entries = typeof known === 'object' && known !== null ? Object.entries(known) : [];
  if (entries.length === 0) return null;
  return html`<section><h3>Known during the call</h3>
    <dl class="facts">${entries.map(([key, value]) => html`<div key=${key}><dt>${key}</dt><dd>${plain(value)}</dd></div>`)}</dl>
  </section>`;
}

const plain = (value: unknown) =>
  typeof value === 'object' && value !== null
    ? html`<code class="json">${JSON.stringify(value, null, 2)}</code>`
    : String(value);

const legWords: Record<Segment['dnType'], string> = {
  EXTENSION: 'Extension',
  TRUNK: 'Line',
  CALL_QUEUE: 'Queue',
  VOICEMAIL: 'Voice mailbox',
  IVR: 'Menu',
  EXTERNAL_NUMBER: 'Number outside',
  CALL_FLOW: 'Call flow',
};

/** The way of the call through the company. */
export const Legs = ({ segments, timeZone }: { segments: Segment[]; timeZone: string }) =>
  segments.length > 0 &&
  html`<section><h3>Way of the call</h3>
    <ol class="legs">${segments.map(
      (leg) => html`<li key=${leg.id} class=${leg.answered ? 'answered' : ''}>
        <span class="leg-name">${leg.displayName ?? legWords[leg.dnType]}${leg.dn && html` <span class="quiet">${readableNumber(leg.dn)}</span>`}</span>
        <span class="quiet">${legWords[leg.dnType]} · ${clock(leg.startTime, timeZone)}${waitOf(leg)}</span>
      </li>`,
    )}</ol>
  </section>`;

function waitOf({ startTime, answerTime, endTime, answered }: Segment): string {
  const until = answerTime ?? endTime;
  if (!startTime || !until) return answered ? ' · answered' : '';
  const seconds = (Date.parse(until) - Date.parse(startTime)) / 1000;
  return answered ? ` · answered after ${duration(seconds)}` : ` · ${duration(seconds)}`;
}

const stateWords: Record<string, [string, string]> = {
  delivered: ['good', 'Delivered'],
  pending: ['quiet', 'On its way'],
  dead: ['bad', 'Failed'],
};

/** Where the call was passed on to, and how that stands. */
export const Deliveries = ({ logs, timeZone }: { logs: Details['logs']; timeZone: string }) =>
  logs.length > 0 &&
  html`<section><h3>Deliveries</h3>
    <ul class="deliveries">${logs.map((log) => {
      const [kind, word] = stateWords[log.state] ?? ['quiet', log.state];
      const link = safeLink(log.remoteUrl);
      return html`<li key=${log.id}>
        <p><strong>${log.integration}</strong> <span class=${`badge badge-${kind}`}>${word}</span></p>
        ${log.message && html`<p>${log.message}</p>`}
        <p class="quiet">${log.attempts === 1 ? '1 attempt' : `${log.attempts} attempts`} · ${dateAndClock(log.updatedAt, timeZone)}</p>
        ${link && html`<p><a href=${link}>Record in the CRM <${Icon} name="outside" /></a></p>`}
      </li>`;
    })}</ul>
  </section>`;
