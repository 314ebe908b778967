import type { ReadonlySignal } from '@preact/signals';
import { html } from 'htm/preact';
import { zoneName } from './format.ts';
import { Icon } from './icon.ts';
import type { LineState } from './live.ts';
import { signOut } from './session.ts';
import { switchTheme, theme } from './theme.ts';
import type { Viewer } from './viewer.ts';

const words: Record<LineState, string> = {
  connecting: 'Connecting…',
  live: 'Live',
  waiting: 'Reconnecting…',
  paused: 'Paused',
  off: 'Not live',
};

interface TopBarParts {
  viewer: Viewer;
  line?: ReadonlySignal<LineState>;
}

/** What every page begins with: whose history it is, in which time zone, and whether it is live. */
export const TopBar = ({ viewer, line }: TopBarParts) => html`
  <a class="skip" href="#main" onClick=${skip}>Skip to the content</a>
  <header class="top-bar">
    <a class="brand" href="/dashboard"><span class="mark" aria-hidden="true"><${Icon} name="phone" /></span><span class="brand-name">CRM Lookup</span></a>
    <span class="customer" title=${viewer.workspace.name}>${viewer.customer.name}</span>
    <span class="spacer"></span>
    <span class="zone" title=${`All times are in ${viewer.customer.timeZone}`}><span class="hidden">Times are in </span>${zoneName(viewer.customer.timeZone)}</span>
    ${line && html`<span class=${`pill line-${line.value}`} role="status"><span class="dot" aria-hidden="true"></span>${words[line.value]}</span>`}
    <button type="button" class="round" aria-label=${theme.value === 'dark' ? 'Light theme' : 'Dark theme'} onClick=${switchTheme}><${Icon} name=${theme.value === 'dark' ? 'sun' : 'moon'} /></button>
    <button type="button" class="round" aria-label="Sign out" title="Sign out" onClick=${signOut}><${Icon} name="leave" /></button>
  </header>`;

/** The part after `#` says what is shown, so going there must not change it. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
