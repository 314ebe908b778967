import { html } from 'htm/preact';
import type { ContactPageQuery } from './documents.generated.ts';
import { count, dateAndClock, duration } from './format.ts';
import { Icon } from './icon.ts';
import { agentOf } from './people.ts';

type Chat = NonNullable<ContactPageQuery['contact']>['chats']['nodes'][number];

/** The chats of a contact; what was written unfolds under each. */
export const ChatList = ({ chats, total, timeZone }: { chats: Chat[]; total: number; timeZone: string }) =>
  total > 0 &&
  html`<section class="card" aria-labelledby="chats"><h2 id="chats">Chats <span class="quiet">${count(total)}</span></h2>
    ${chats.map(
      (chat) => html`<details key=${chat.id} class="chat">
      <summary><span class="way"><${Icon} name="chat" /></span><span><time datetime=${chat.startTime}>${dateAndClock(chat.startTime, timeZone)}</time>
        <span class="under">${describe(chat)}</span></span></summary>
      <p class="prose">${chat.chatMessages ?? 'What was written was not told.'}</p>
    </details>`,
    )}
  </section>`;

const describe = (chat: Chat) =>
  [
    chat.subject,
    agentOf({ ...chat, agentKey: chat.agent }),
    chat.durationSeconds !== null && duration(chat.durationSeconds),
  ]
    .filter(Boolean)
    .join(' · ');
