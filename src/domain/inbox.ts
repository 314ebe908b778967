import type { EventKind } from '../events/event-bus.ts';
import type { Customer } from './customer.ts';

/** So many notices are kept for a follower that is slow; then it must look into the database. */
const maxNotices = 1000;

/** What one follower was told and has not looked at yet: never more than a bounded number of ids. */
export interface Inbox {
  readonly closed: boolean;
  /** Resolves to true when there is something to look at, and to false when it is closed. */
  ready(): Promise<boolean>;
  /** Whether notices may have been lost; asked once, it is forgotten. */
  takeBehind(): boolean;
  take(count: number): string[];
  close(): void;
}

/** Listens for a customer's notices of one kind. Without any for as long as the bus is trusted, it counts as behind. */
export function openInbox(
  { id, events }: Pick<Customer, 'id' | 'events'>,
  kind: EventKind,
  options: { behind: boolean; trustMs: number },
): Inbox {
  let { behind } = options;
  let closed = false;
  let wake = () => {};
  const heard = new Set<string>();
  const fallBehind = () => {
    heard.clear();
    behind = true;
    wake();
  };
  const deafen = events.listen(id, {
    hear: (notice) => {
      if (notice.kind !== kind) return;
      if (heard.size >= maxNotices) return fallBehind();
      heard.add(notice.id);
      wake();
    },
    lost: fallBehind,
  });
  return {
    get closed() {
      return closed;
    },
    ready: async () => {
      if (!closed && !behind && heard.size === 0) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        const timer = setTimeout(fallBehind, options.trustMs);
        await promise;
        clearTimeout(timer);
      }
      return !closed;
    },
    takeBehind: () => {
      const was = behind;
      behind = false;
      return was;
    },
    take: (count) => {
      const taken = [...heard].slice(0, count);
      for (const one of taken) heard.delete(one);
      return taken;
    },
    close: () => {
      closed = true;
      deafen();
      wake();
    },
  };
}
