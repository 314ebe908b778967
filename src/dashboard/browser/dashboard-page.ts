import { computed, signal } from '@preact/signals';
import { html } from 'htm/preact';
import { useEffect } from 'preact/hooks';
import { filterOf, isFiltered, view } from './address.ts';
import { ask } from './ask.ts';
import { CallPane, openCall } from './call-details.ts';
import { CallFilters } from './call-filters.ts';
import { CallList, FirstCall, pageSize } from './call-list.ts';
import { partyOf } from './call-row.ts';
import { Callbacks, tick } from './callbacks.ts';
import { CallsChart } from './calls-chart.ts';
import {
  CallLoggedDocument,
  type CallLoggedSubscription,
  CallsDocument,
  CallUpdatedDocument,
} from './documents.generated.ts';
import { callbacks, overTime, rankings, timeZone, todayFigures, weekByHour } from './figures.ts';
import { HeatMap } from './heat-map.ts';
import { follow, type LineState } from './live.ts';
import { TroubleNotice } from './notice.ts';
import { agentOf } from './people.ts';
import { Rankings } from './rankings.ts';
import { createSource } from './source.ts';
import { Today } from './today.ts';
import { TopBar } from './top-bar.ts';
import type { Viewer } from './viewer.ts';

const calls = createSource(async () => {
  const { after, before } = view.value;
  const paging = before ? { last: pageSize, before } : { first: pageSize, after: after || null };
  return (await ask(CallsDocument, { filter: filterOf(view.value, timeZone()), ...paging })).phoneCalls;
});

/** What is asked again when a call came in or changed. */
const everything = [calls, todayFigures, overTime, weekByHour, rankings, callbacks];

/** Said once for all that is shown; each part keeps its last answer meanwhile. */
const away = computed(() => everything.find(({ trouble }) => trouble.value?.kind === 'away')?.trouble.value ?? null);

function refreshAll(): void {
  for (const source of everything) void source.refresh();
}

/** What of the address the list depends on. */
const listed = computed(() => {
  const { range: _, call: __, ...rest } = view.value;
  return JSON.stringify(rest);
});

const fresh = signal<ReadonlySet<string>>(new Set());
const news = signal('');
const line = signal<LineState>('connecting');

/** Names that calls told of agents, by how their calls are attributed. */
const agentNames = computed(() => {
  const rows = [...(calls.value.value?.nodes ?? []), ...(callbacks.value.value?.nodes ?? [])];
  return new Map(rows.flatMap((row) => (row.agentKey && row.agentLastName ? [[row.agentKey, agentOf(row)]] : [])));
});

const keysOf = (rows: { key: { value: string | null }[] }[] = []) => rows.flatMap(({ key }) => key[0]?.value ?? []);

/** The history of a customer: how it goes today, who waits, and every call. */
export function DashboardPage({ viewer }: { viewer: Viewer }) {
  const zone = viewer.customer.timeZone;
  const { call, range } = view.value;
  useEffect(() => void calls.refresh(), [listed.value]);
  useEffect(() => {
    if (call) void openCall.refresh();
  }, [call]);
  useEffect(() => {
    void overTime.refresh();
    void rankings.refresh();
  }, [range]);
  useEffect(beginLive, []);
  const empty = calls.value.value?.totalCount === 0 && !isFiltered.value;
  return html`<${TopBar} viewer=${viewer} line=${line} />
    <main id="main" class="page" tabindex="-1">
      <h1 class="hidden">Calls of ${viewer.customer.name}</h1>
      <p class="hidden" aria-live="polite">${news.value}</p>
      ${away.value && html`<section class="card"><${TroubleNotice} trouble=${away.value} retry=${refreshAll} /></section>`}
      ${empty ? html`<section class="card"><${FirstCall} /></section>` : html`<${Overview} zone=${zone} />`}
    </main>
    <${CallPane} timeZone=${zone} />`;
}

const Overview = ({ zone }: { zone: string }) => html`
  <${Today} timeZone=${zone} />
  <div class="overview"><${CallsChart} /><${Callbacks} timeZone=${zone} /><${HeatMap} /></div>
  <${Rankings} agentNames=${agentNames.value} />
  <section class="card" aria-labelledby="history"><h2 id="history" tabindex="-1">Call history</h2>
    <${CallFilters} agents=${keysOf(rankings.value.value?.agents.rows)} queues=${keysOf(rankings.value.value?.queues.rows)} />
    <${CallList} source=${calls} timeZone=${zone} fresh=${fresh.value} />
  </section>`;

const gatherMs = 400;
const minuteMs = 60_000;

/** Keeps the page as it is on the server, by events; answers how to let go. */
function beginLive(): () => void {
  let soon: ReturnType<typeof setTimeout> | undefined;
  // Many calls at once are asked for once.
  const refresh = () => {
    soon ??= setTimeout(() => {
      soon = undefined;
      refreshAll();
    }, gatherMs);
  };
  const came = ({ phoneCallLogged: logged }: CallLoggedSubscription) => {
    fresh.value = new Set([...fresh.value, logged.id]);
    news.value = `New call: ${partyOf(logged)}`;
    refresh();
  };
  const logged = follow({ document: CallLoggedDocument, onOpen: refresh, onEvent: came });
  const updated = follow({
    document: CallUpdatedDocument,
    onOpen: () => {},
    onEvent: ({ phoneCallUpdated: { id } }) => {
      refresh();
      if (view.value.call === id) void openCall.refresh();
    },
  });
  const stopMirroring = logged.state.subscribe((state) => {
    line.value = state;
  });
  refresh();
  const timer = setInterval(() => {
    tick();
    void todayFigures.refresh();
  }, minuteMs);
  return () => {
    clearTimeout(soon);
    clearInterval(timer);
    stopMirroring();
    logged.stop();
    updated.stop();
    for (const source of [...everything, openCall]) source.stop();
  };
}
