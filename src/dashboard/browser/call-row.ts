import { html } from 'htm/preact';
import type { CallRowFragment } from './documents.generated.ts';
import { Icon, type IconName } from './icon.ts';
import { nameOf, readableNumber, safeLink } from './people.ts';

export type CallRow = CallRowFragment;

const directionWords = { INBOUND: 'Inbound', OUTBOUND: 'Outbound', INTERNAL: 'Internal' } as const;

const statusWords: Record<CallRow['status'], string> = {
  COMPLETED: 'Answered',
  MISSED: 'Missed',
  NO_ANSWER: 'No answer',
  NOTANSWERED: 'No answer',
  BUSY: 'Busy',
  FAILED: 'Failed',
};

/** What became of a call, in a word. */
export const outcomeOf = ({ answered, direction, status }: CallRow): string =>
  answered ? 'Answered' : direction === 'INBOUND' && status === 'COMPLETED' ? 'Missed' : statusWords[status];

const isMissed = ({ answered, direction }: CallRow) => !answered && direction === 'INBOUND';

/** Which way a call went, as a drawing with words for those who cannot see it. */
export const Direction = ({ call }: { call: CallRow }) => {
  const name: IconName = isMissed(call) ? 'missed' : (call.direction.toLowerCase() as Lowercase<CallRow['direction']>);
  const kind = isMissed(call) ? 'missed' : name;
  return html`<span class=${`way way-${kind}`} title=${directionWords[call.direction]}><${Icon} name=${name} /><span class="hidden">${directionWords[call.direction]}</span></span>`;
};

export const Outcome = ({ call }: { call: CallRow }) => {
  const kind = call.answered ? 'good' : isMissed(call) ? 'bad' : 'quiet';
  return html`<span class=${`badge badge-${kind}`}>${outcomeOf(call)}</span>`;
};

/** The contact's name, or the number where nobody is known. */
export const partyOf = ({ contact, numberExternal }: CallRow): string =>
  contact ? nameOf(contact) : readableNumber(numberExternal);

/** Where more is told of the contact: its page in its CRM, or here. */
export const contactLink = (contact: NonNullable<CallRow['contact']>): string =>
  safeLink(contact.entityUrl) ?? `/contacts/${encodeURIComponent(contact.id)}`;
