import { computed, signal } from '@preact/signals';
import type { CallDirection, CallStatus, PhoneCallFilter } from './documents.generated.ts';
import { endOfDate, startOfDate } from './zone.ts';

/** What the page shows, as the part of its address after `#` says it, so that a link shows somebody else the same. */
export interface View {
  /** The span of the figures. */
  range: 'today' | '7d' | '30d';
  direction: CallDirection | '';
  status: CallStatus | '';
  answered: 'yes' | 'no' | '';
  /** Only missed calls that wait for a call back. */
  waiting: 'yes' | '';
  text: string;
  number: string;
  agent: string;
  queue: string;
  /** ISO weekday (1 is Monday) and hour of the day, by the customer's clocks. */
  weekday: string;
  hour: string;
  /** Dates (`2026-03-29`) in the customer's time zone; both belong to the span. */
  from: string;
  to: string;
  /** The cursor behind which, or before which, the page of the list lies. */
  after: string;
  before: string;
  /** The id of the call that is open beside the list. */
  call: string;
}

const allowed: { [Name in keyof View]: RegExp } = {
  range: /^(today|7d|30d)$/,
  direction: /^(INBOUND|OUTBOUND|INTERNAL)$/,
  status: /^(COMPLETED|FAILED|BUSY|NO_ANSWER|MISSED|NOTANSWERED)$/,
  answered: /^(yes|no)$/,
  waiting: /^yes$/,
  text: /^.{1,200}$/,
  number: /^.{1,64}$/,
  agent: /^.{1,254}$/,
  queue: /^.{1,64}$/,
  weekday: /^[1-7]$/,
  hour: /^(\d|1\d|2[0-3])$/,
  from: /^\d{4}-\d\d-\d\d$/,
  to: /^\d{4}-\d\d-\d\d$/,
  after: /^[\w-]{1,500}$/,
  before: /^[\w-]{1,500}$/,
  call: /^[0-9a-f-]{36}$/,
};

const usualRange = '7d';

const names = Object.keys(allowed) as (keyof View)[];

/** Reads the part of an address after `#`; what makes no sense there is as good as absent. */
export function readView(hash: string): View {
  const told = new URLSearchParams(hash.replace(/^#/, ''));
  const values = names.map((name) => [name, allowed[name].test(told.get(name) ?? '') ? told.get(name) : '']);
  const view = Object.fromEntries(values) as View;
  return { ...view, range: view.range || usualRange };
}

/** The part after `#` for a view; what is as usual is left out. */
export function writeView(view: View): string {
  const told = names.filter((name) => view[name] && !(name === 'range' && view.range === usualRange));
  return new URLSearchParams(told.map((name) => [name, view[name]])).toString();
}

/** What the calls of the list have in common. */
export const filtering = [
  'text',
  'direction',
  'status',
  'answered',
  'waiting',
  'number',
  'agent',
  'queue',
  'weekday',
  'hour',
  'from',
  'to',
] as const;

/** The filter of the API for a view. */
export function filterOf(view: View, timeZone: string): PhoneCallFilter {
  return {
    ...(view.direction && { direction: [view.direction] }),
    ...(view.status && { status: [view.status] }),
    ...(view.answered && { answered: view.answered === 'yes' }),
    ...(view.waiting && { awaitingCallback: true }),
    ...(view.number && { number: view.number }),
    ...(view.agent && { agent: [view.agent] }),
    ...(view.queue && { queueExtension: [view.queue] }),
    ...(view.text && { search: view.text }),
    ...((view.weekday || view.hour) && {
      localTime: {
        ...(view.weekday && { weekday: [Number(view.weekday)] }),
        ...(view.hour && { hourOfDay: [Number(view.hour)] }),
      },
    }),
    ...((view.from || view.to) && {
      startTime: {
        ...(view.from && { from: startOfDate(view.from, timeZone).toISOString() }),
        ...(view.to && { to: endOfDate(view.to, timeZone).toISOString() }),
      },
    }),
  };
}

/** What the address says now. */
export const view = signal<View>(readView(location.hash));

addEventListener('hashchange', () => {
  view.value = readView(location.hash);
});

export const isFiltered = computed(() => filtering.some((name) => view.value[name] !== ''));

/** Changes what the page shows. A new filter begins at the first page of the list; `typing` makes no step to go back. */
export function show(changes: Partial<View>, typing = false): void {
  const filters = filtering.some((name) => name in changes);
  view.value = { ...view.value, ...(filters && { after: '', before: '' }), ...changes };
  const hash = addressOf({});
  if (typing) history.replaceState(null, '', hash);
  else history.pushState(null, '', hash);
}

/** Where a link leads that changes what the page shows. */
export function addressOf(changes: Partial<View>): string {
  const hash = writeView({ ...view.value, ...changes });
  return hash ? `#${hash}` : location.pathname;
}

export const clearFilters = () => show(Object.fromEntries(filtering.map((name) => [name, ''])));
