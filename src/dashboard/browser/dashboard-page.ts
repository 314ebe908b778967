import { computed, signal } from '@preact/signals';
import { html } from 'htm/preact';
import { useEffect } from 'preact/hooks';
import { filterOf, view } from './address.ts';
import { ask } from './ask.ts';
import { CallPane, openCall } from './call-details.ts';
import { CallFilters } from './call-filters.ts';
import { CallList, pageSize } from './call-list.ts';
import { CallsDocument } from './documents.generated.ts';
import { createSource } from './source.ts';
import { TopBar } from './top-bar.ts';
import { type Viewer, viewer as viewerSource } from './viewer.ts';

const zone = () => viewerSource.value.peek()?.customer.timeZone ?? 'UTC';

const calls = createSource(async () => {
  const { after, before } = view.value;
  const paging = before ? { last: pageSize, before } : { first: pageSize, after: after || null };
  return (await ask(CallsDocument, { filter: filterOf(view.value, zone()), ...paging })).phoneCalls;
});

const fresh = signal<ReadonlySet<string>>(new Set());

/** What of the address the list depends on. */
const listed = computed(() => {
  const { range: _, call: __, ...rest } = view.value;
  return JSON.stringify(rest);
});

/** The history of a customer: how it goes today, who waits, and every call. */
export function DashboardPage({ viewer }: { viewer: Viewer }) {
  const { timeZone } = viewer.customer;
  const { call } = view.value;
  useEffect(() => void calls.refresh(), [listed.value]);
  useEffect(() => {
    if (call) void openCall.refresh();
  }, [call]);
  return html`<${TopBar} viewer=${viewer} />
    <main id="main" class="page" tabindex="-1">
      <h1 class="hidden">Calls of ${viewer.customer.name}</h1>
      <section class="card" aria-labelledby="history"><h2 id="history">Call history</h2>
        <${CallFilters} agents=${[]} queues=${[]} />
        <${CallList} source=${calls} timeZone=${timeZone} fresh=${fresh.value} />
      </section>
    </main>
    <${CallPane} timeZone=${timeZone} />`;
}
