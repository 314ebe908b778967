/** What subscribers and webhooks hear of. */
export const eventKinds = ['phoneCallLogged', 'phoneCallUpdated', 'callContextUpserted', 'chatLogged'] as const;

export type EventKind = (typeof eventKinds)[number];

/** Says that something happened to a row. It holds nothing else: what happened stands in the database. */
export interface Notice {
  kind: EventKind;
  id: string;
}

export interface Listener {
  hear(notice: Notice): void;
  /** Notices may have been lost; look into the database. */
  lost(): void;
}

/**
 * Carries notices from whoever stored something to whoever wants to hear of it, one customer's never to another. It
 * may lose some, and then says so.
 */
export interface EventBus {
  /** Tells all listeners of the customer. Never throws, and nobody waits for it. */
  publish(customerId: string, notices: Notice[]): void;
  /** Answers a function that ends it. */
  listen(customerId: string, listener: Listener): () => void;
  listeners(customerId: string): number;
  close(): Promise<void>;
}

export interface LocalEventBus extends EventBus {
  /** Tells every listener of every customer that notices may have been lost. */
  lost(): void;
}

/** The bus within one process, which loses nothing. */
export function createLocalEventBus(): LocalEventBus {
  const ears = new Map<string, Set<Listener>>();
  return {
    publish: (customerId, notices) => {
      for (const listener of ears.get(customerId) ?? []) for (const notice of notices) listener.hear(notice);
    },
    listen: (customerId, listener) => {
      const mine = ears.get(customerId) ?? new Set();
      ears.set(customerId, mine.add(listener));
      return () => {
        mine.delete(listener);
        if (mine.size === 0 && ears.get(customerId) === mine) ears.delete(customerId);
      };
    },
    listeners: (customerId) => ears.get(customerId)?.size ?? 0,
    lost: () => {
      for (const mine of ears.values()) for (const listener of mine) listener.lost();
    },
    close: async () => {},
  };
}
