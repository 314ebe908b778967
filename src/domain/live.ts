import { LRUCache } from 'lru-cache';
import { DomainError } from '../errors.ts';
import type { EventKind } from '../events/event-bus.ts';
import { limits } from '../limits.ts';
import { type Statement, statement } from '../store/customer-store.ts';
import type { CallContext } from './call-context.ts';
import type { Chat } from './chat.ts';
import type { Customer } from './customer.ts';
import { eventId, timeOfEvent } from './event-id.ts';
import { openInbox } from './inbox.ts';
import type { PhoneCall } from './phone-call.ts';

const second = 1000;

/** How much later than its time a change may become visible: by its transaction, and by clocks that differ. */
const overlapMs = 30 * second;

/** How long a follower trusts the bus before it looks for itself. */
const trustMs = 15 * second;

/** Rows read at once; a chat may have a megabyte. */
const pageSize = 20;

/** What the events of a kind are about. */
export interface EventRows {
  phoneCallLogged: PhoneCall;
  phoneCallUpdated: PhoneCall;
  callContextUpserted: CallContext;
  chatLogged: Chat;
}

/** Something that happened to a row, which is shown as it is now. */
export interface LiveEvent<Row = unknown> {
  /** The same for the same change, however often it is sent. */
  id: string;
  row: Row;
}

export interface Following<Row> extends AsyncIterableIterator<LiveEvent<Row>> {
  /** Names the moment up to which everything was sent; what follows a cut is found by it. */
  readonly position: string;
}

/**
 * Everything of a kind that happens from now on, or after the event with the id. The bus only tells when to look; what
 * is sent is read from the database, so nothing is lost. What was sent shortly before a cut may be sent again, under
 * the same id; of several changes of a row that were missed, only the last is sent. Throws `BAD_USER_INPUT` for an id
 * that cannot be followed, and `TOO_MANY_REQUESTS`.
 */
export function follow<Kind extends EventKind>(
  customer: Customer,
  kind: Kind,
  after: string | null | undefined,
): Following<EventRows[Kind]> {
  if (customer.events.listeners(customer.id) >= limits.streamsPerCustomer) {
    throw new DomainError('TOO_MANY_REQUESTS', `Only ${limits.streamsPerCustomer} streams may be open at once.`);
  }
  let upTo = after ? timeOfEvent(customer, kind, after) : customer.now();
  const earliest = new Date(upTo.getTime() - (after ? overlapMs : 0));
  const inbox = openInbox(customer, kind, { behind: Boolean(after), trustMs });
  const feed = feeds[kind];
  const sent = new LRUCache<string, true>({ max: 10_000 });
  if (after) sent.set(after, true);

  async function* events() {
    try {
      while (await inbox.ready()) {
        if (inbox.takeBehind()) yield* missed();
        else yield* unsent(await customer.store.rows(feed.byId, inbox.take(pageSize)));
      }
    } finally {
      inbox.close();
    }
  }

  async function* missed() {
    const began = customer.now();
    let [time, id] = [latest(earliest, new Date(upTo.getTime() - overlapMs)), '00000000-0000-0000-0000-000000000000'];
    for (let full = true; full && !inbox.closed; ) {
      const rows = await customer.store.rows(feed.since, time, id);
      yield* unsent(rows);
      full = rows.length === pageSize;
      for (const last of rows.slice(-1)) [time, id] = [feed.timeOf(last), last.id];
    }
    upTo = latest(upTo, began);
  }

  function* unsent(rows: EventRows[Kind][]) {
    for (const row of rows) {
      const time = feed.timeOf(row);
      const event = { id: eventId(customer, kind, time, row.id), row };
      if (sent.has(event.id)) continue;
      sent.set(event.id, true);
      upTo = latest(upTo, time);
      yield event;
    }
  }

  const inner = events();
  return {
    get position() {
      return eventId(customer, kind, upTo, '-');
    },
    next: () => inner.next(),
    return: async () => {
      // The generator may be waiting for something to happen, and would end only then.
      inbox.close();
      return inner.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

const latest = (a: Date, b: Date) => (a > b ? a : b);

interface Feed<Row> {
  /** A page of rows after a moment and an id, in their order. */
  since: Statement<Row>;
  byId: Statement<Row>;
  timeOf(row: Row): Date;
}

const feed = <Row>(table: string, column: string, timeOf: Feed<Row>['timeOf'], condition = ''): Feed<Row> => ({
  since: statement(`
    SELECT * FROM ${table} WHERE customer_id = $1 AND (${column}, id) > ($2::timestamptz, $3::uuid) ${condition}
    ORDER BY ${column}, id LIMIT ${pageSize}`),
  byId: statement(`SELECT * FROM ${table} WHERE customer_id = $1 AND id = ANY($2::uuid[]) ORDER BY ${column}, id`),
  timeOf,
});

const created = ({ createdAt }: { createdAt: Date }) => createdAt;
const updated = ({ updatedAt }: { updatedAt: Date }) => updatedAt;

const feeds: { [Kind in EventKind]: Feed<EventRows[Kind]> } = {
  phoneCallLogged: feed<PhoneCall>('phone_calls', 'created_at', created),
  phoneCallUpdated: feed<PhoneCall>('phone_calls', 'updated_at', updated, 'AND updated_at > created_at'),
  callContextUpserted: feed<CallContext>('call_contexts', 'updated_at', updated),
  chatLogged: feed<Chat>('chats', 'created_at', created),
};
