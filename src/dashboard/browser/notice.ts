import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import type { Trouble } from './ask.ts';
import type { Source } from './source.ts';

interface NoticeWords {
  title: string;
  children?: ComponentChildren;
  /** Whether screen readers are told at once. */
  urgent?: boolean;
}

/** Something to read where there is nothing to see, with what to do about it. */
export const Notice = ({ title, children, urgent }: NoticeWords) =>
  html`<div class="notice" role=${urgent ? 'alert' : undefined}><p class="notice-title">${title}</p>${children}</div>`;

const titles: Record<Trouble['kind'], string> = {
  away: 'The server is away',
  access: 'No access any more',
  refused: 'That could not be answered',
  broken: 'Something went wrong',
};

/** Why there is no answer. While the server is away it is asked again without anybody's doing. */
export const TroubleNotice = ({ trouble, retry }: { trouble: Trouble; retry(): unknown }) => html`
  <${Notice} title=${titles[trouble.kind]} urgent>
    <p>${trouble.message}${trouble.kind === 'away' ? ' Trying again by itself; what you see may be old.' : ''}</p>
    <button type="button" class="button" onClick=${() => retry()}>Try again now</button>
  <//>`;

const Waiting = () => html`<div class="waiting" role="status"><span class="hidden">Loading…</span></div>`;

/** What a source answers, or why it does not. The last answer stays in sight while a newer one is on its way. */
export function Sourced<Value>({
  source,
  children,
}: {
  source: Source<Value>;
  children(value: Value): ComponentChildren;
}) {
  const [value, trouble] = [source.value.value, source.trouble.value];
  return html`
    ${trouble && (value === null || trouble.kind !== 'away') && html`<${TroubleNotice} trouble=${trouble} retry=${source.refresh} />`}
    ${value !== null ? children(value) : !trouble && html`<${Waiting} />`}`;
}
