import { html } from 'htm/preact';
import { addressOf, clearFilters, isFiltered, show, view } from './address.ts';
import { type CallRow, Direction, Outcome, partyOf } from './call-row.ts';
import type { CallsQuery } from './documents.generated.ts';
import { count, calls as counted, dateAndClock, duration, exactly } from './format.ts';
import { Icon } from './icon.ts';
import { Notice, Sourced } from './notice.ts';
import { agentOf, readableNumber } from './people.ts';
import type { Source } from './source.ts';

/** Rows of a page. */
export const pageSize = 25;

type Calls = CallsQuery['phoneCalls'];

interface CallListParts {
  source: Source<Calls>;
  timeZone: string;
  /** Calls that have just come in. */
  fresh: ReadonlySet<string>;
}

/** The call history, a page at a time. */
export const CallList = ({ source, timeZone, fresh }: CallListParts) => html`
  <${Sourced} source=${source}>${(calls: Calls) =>
    calls.nodes.length === 0
      ? html`<${NoCalls} />`
      : html`<${Rows} calls=${calls} timeZone=${timeZone} fresh=${fresh} />`}<//>`;

const Rows = ({ calls, timeZone, fresh }: { calls: Calls; timeZone: string; fresh: ReadonlySet<string> }) => html`
  <div class="scroll" tabindex="0" role="region" aria-label="List of calls">
    <table class="calls">
      <thead><tr>
        <th scope="col"><span class="hidden">Direction</span></th><th scope="col">With</th><th scope="col">About</th><th scope="col">Agent</th>
        <th scope="col">Began</th><th scope="col" class="number">Lasted</th><th scope="col">Outcome</th>
      </tr></thead>
      <tbody>${calls.nodes.map((call) => html`<${Row} key=${call.id} call=${call} timeZone=${timeZone} fresh=${fresh.has(call.id)} />`)}</tbody>
    </table>
  </div>
  <${Pager} calls=${calls} />`;

function Row({ call, timeZone, fresh }: { call: CallRow; timeZone: string; fresh: boolean }) {
  const open = view.value.call === call.id;
  const began = call.startTime ?? call.createdAt;
  return html`<tr class=${`${open ? 'open' : ''} ${fresh ? 'fresh' : ''}`} onClick=${() => show({ call: call.id })}>
    <td class="c-way"><${Direction} call=${call} /></td>
    <th scope="row" class="c-with"><a id=${`call-${call.id}`} href=${addressOf({ call: call.id })} aria-current=${open ? 'true' : undefined}>${partyOf(call)}</a>
      ${call.contact && html`<span class="under">${readableNumber(call.numberExternal)}</span>`}</th>
    <td class="c-about">${call.subject ?? html`<span class="quiet">–</span>`}</td>
    <td class="c-agent">${agentOf(call) || '–'}${call.queueExtension && html`<span class="under">Queue ${call.queueExtension}</span>`}</td>
    <td class="c-when"><time datetime=${began} title=${exactly(began, timeZone)}>${dateAndClock(began, timeZone)}</time></td>
    <td class="c-length number">${duration(call.durationSeconds)}</td>
    <td class="c-outcome"><${Outcome} call=${call} /></td>
  </tr>`;
}

function Pager({ calls: { totalCount, pageInfo, nodes } }: { calls: Calls }) {
  const { after, before } = view.value;
  const first = !after && !before;
  const earlier = () => show({ after: pageInfo.endCursor ?? '', before: '' });
  const later = () => show({ before: pageInfo.startCursor ?? '', after: '' });
  return html`<nav class="pager" aria-label="Pages of calls">
    <span class="quiet">${first && nodes.length === totalCount ? counted(totalCount) : `${count(nodes.length)} of ${counted(totalCount)}`}</span>
    <button type="button" class="button" disabled=${first} onClick=${() => show({ after: '', before: '' })}>Newest</button>
    <button type="button" class="button" disabled=${first || !pageInfo.hasPreviousPage} onClick=${later}><${Icon} name="previous" />Later</button>
    <button type="button" class="button" disabled=${!pageInfo.hasNextPage} onClick=${earlier}>Earlier<${Icon} name="next" /></button>
  </nav>`;
}

const NoCalls = () =>
  isFiltered.value
    ? html`<${Notice} title="No call fits these filters"><button type="button" class="button" onClick=${clearFilters}>Clear the filters</button><//>`
    : html`<${FirstCall} />`;

/** What somebody reads who has no calls yet. */
export const FirstCall = () => html`<${Notice} title="No calls yet">
  <p>They appear here by themselves, as soon as a phone system reports one. To see how, log one yourself:</p>
  <pre tabindex="0"><code>${example()}</code></pre>
  <p>Have a 3CX? <a href="/3cx">Connect it in five minutes</a>. Every request can be tried in <a href="/graphql">GraphiQL</a>.</p>
<//>`;

const example = () => `curl ${location.origin}/api/crm/lookup/phone-calls \\
  -H "Authorization: Bearer $TOKEN" \\
  -d direction=inbound -d status=completed \\
  -d number_external=+33612345678 -d number_internal=101 \\
  -d start_time_utc=${new Date().toISOString().slice(0, 19)}Z -d duration=00:03:20`;
