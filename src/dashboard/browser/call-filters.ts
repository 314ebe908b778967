import { signal } from '@preact/signals';
import { html } from 'htm/preact';
import { clearFilters, isFiltered, show, type View, view } from './address.ts';
import { Icon } from './icon.ts';

const typingPauseMs = 350;
const unfolded = signal(false);
let typing: ReturnType<typeof setTimeout> | undefined;

/** What is being typed: it stands in its field at once, and filters when somebody stops for a moment. */
const drafts = signal<Partial<Record<keyof View, string>>>({});

function typed(name: keyof View, value: string): void {
  clearTimeout(typing);
  drafts.value = { ...drafts.value, [name]: value };
  typing = setTimeout(() => {
    const written = Object.entries(drafts.value).map(([field, text]) => [field, text.trim()]);
    drafts.value = {};
    show(Object.fromEntries(written), true);
  }, typingPauseMs);
}

interface Typed {
  name: 'text' | 'number' | 'agent' | 'queue';
  label: string;
  hint: string;
  mode?: string;
  choices?: string[];
}

const TextField = ({ name, label, hint, mode, choices = [] }: Typed) => html`
  <div class=${`field field-${name}`}>
    <label for=${`filter-${name}`}>${label}</label>
    <input id=${`filter-${name}`} type="search" inputmode=${mode} placeholder=${hint} value=${drafts.value[name] ?? view.value[name]} autocomplete="off"
      list=${choices.length ? `choices-${name}` : undefined}
      onInput=${(event: Event) => typed(name, (event.currentTarget as HTMLInputElement).value)} />
    ${choices.length > 0 && html`<datalist id=${`choices-${name}`}>${choices.map((choice) => html`<option key=${choice} value=${choice} />`)}</datalist>`}
  </div>`;

const Choice = ({ name, label, options }: { name: keyof View; label: string; options: [string, string][] }) => html`
  <div class="field">
    <label for=${`filter-${name}`}>${label}</label>
    <select id=${`filter-${name}`} value=${view.value[name]}
      onChange=${(event: Event) => show({ [name]: (event.currentTarget as HTMLSelectElement).value })}>
      ${options.map(([value, word]) => html`<option key=${value} value=${value}>${word}</option>`)}
    </select>
  </div>`;

const DateField = ({ name, label }: { name: 'from' | 'to'; label: string }) => html`
  <div class="field">
    <label for=${`filter-${name}`}>${label}</label>
    <input id=${`filter-${name}`} type="date" value=${view.value[name]}
      onChange=${(event: Event) => show({ [name]: (event.currentTarget as HTMLInputElement).value })} />
  </div>`;

const directions: [string, string][] = [
  ['', 'Any'],
  ['INBOUND', 'Inbound'],
  ['OUTBOUND', 'Outbound'],
  ['INTERNAL', 'Internal'],
];

const answers: [string, string][] = [
  ['', 'Any'],
  ['yes', 'Answered'],
  ['no', 'Not answered'],
];

const statuses: [string, string][] = [
  ['', 'Any'],
  ['COMPLETED', 'Completed'],
  ['MISSED', 'Missed'],
  ['NO_ANSWER', 'No answer'],
  ['NOTANSWERED', 'Not answered'],
  ['BUSY', 'Busy'],
  ['FAILED', 'Failed'],
];

/** Which calls the list shows; every change stands in the address at once. */
export const CallFilters = ({ agents, queues }: { agents: string[]; queues: string[] }) => html`
  <form class="filters" role="search" aria-label="Filter the calls" onSubmit=${(event: Event) => event.preventDefault()}>
    <${TextField} name="text" label="Text" hint="What it was about" />
    <button type="button" class="button unfold" aria-expanded=${unfolded.value} onClick=${() => (unfolded.value = !unfolded.value)}><${Icon} name="search" />Filters</button>
    <div class=${unfolded.value ? 'fold unfolded' : 'fold'}>
      <${TextField} name="number" label="Number" hint="Any form" mode="tel" />
      <${Choice} name="direction" label="Direction" options=${directions} />
      <${Choice} name="answered" label="Answer" options=${answers} />
      <${Choice} name="status" label="Status" options=${statuses} />
      <${TextField} name="agent" label="Agent" hint="Email" choices=${agents} />
      <${TextField} name="queue" label="Queue" hint="Extension" choices=${queues} />
      <${DateField} name="from" label="From" />
      <${DateField} name="to" label="To" />
    </div>
    ${isFiltered.value && html`<button type="button" class="link clear" onClick=${clearFilters}>Clear the filters</button>`}
  </form>`;
