import type { Context } from '../context.ts';
import { type EventRows, follow, type LiveEvent } from '../domain/live.ts';
import type { EventKind } from '../events/event-bus.ts';
import { builder } from './builder.ts';
import { Chat } from './chat.ts';
import { CallContext, PhoneCall } from './refs.ts';

builder.subscriptionType({
  description:
    'What happens from now on, over Server-Sent Events. Every field needs a token with the scopes `client` and `crm`, and ends with it. Each answer carries its event’s id, as `extensions.eventId` and as the id of the message; after a cut, resume with it: what was missed comes first, of several changes of one row only the last. What came shortly before the cut may come again, under the same id.',
  authScopes: { lookup: true },
});

const args = builder.args((t) => ({
  after: t.id({
    description:
      'Resumes after the event with this id, which may be a day old; from now on if absent. The header `Last-Event-ID` outranks it.',
  }),
}));

/** How a kind of event is subscribed to, and what of it is answered. */
const live = <Kind extends EventKind>(kind: Kind) => ({
  nullable: false as const,
  args,
  subscribe: (_: unknown, { after }: { after?: string | null | undefined }, { customer, stream }: Context) =>
    follow(customer, kind, stream?.lastEventId ?? after),
  resolve: ({ row }: LiveEvent<EventRows[Kind]>) => row,
});

builder.subscriptionField('phoneCallLogged', (t) =>
  t.field({
    ...live('phoneCallLogged'),
    type: PhoneCall,
    description: 'A call that was logged for the first time.',
  }),
);

builder.subscriptionField('phoneCallUpdated', (t) =>
  t.field({
    ...live('phoneCallUpdated'),
    type: PhoneCall,
    description: 'A logged call that a repeated report completed, or that got a context or a leg.',
  }),
);

builder.subscriptionField('callContextUpserted', (t) =>
  t.field({
    ...live('callContextUpserted'),
    type: CallContext,
    description: 'What is known of a running call, whenever it is told: somebody is on the phone now.',
  }),
);

builder.subscriptionField('chatLogged', (t) =>
  t.field({ ...live('chatLogged'), type: Chat, description: 'A chat that was logged for the first time.' }),
);
