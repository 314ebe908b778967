import type { Principal } from './auth/principal.ts';
import type { Customer } from './domain/customer.ts';

/** What every resolver knows of the request it serves. */
export interface Context {
  readonly requestId: string;
  /** Null while nobody has shown a credential; then only introspection is answered. */
  readonly principal: Principal | null;
  /** The principal's customer. Reading it without a principal throws. */
  readonly customer: Customer;
  /** Is shown every search for a caller, and answers it unchanged. */
  observeLookup<Found extends { match: { kind: string } }>(lookup: Promise<Found>): Promise<Found>;
  /** Whether the document is one of the server's own, which are within every limit. */
  readonly ownDocument: boolean;
  /** Null where an answer cannot go on. */
  readonly stream: Stream | null;
}

export type ContextOf = (
  principal: Principal | null,
  requestId: string,
  more?: Partial<Pick<Context, 'stream' | 'ownDocument'>>,
) => Context;

/** What is known of a request whose answer may go on for long. */
export interface Stream {
  /** The event after which a client resumes, as its `Last-Event-ID` says; null for a new beginning. */
  readonly lastEventId: string | null;
  /** Watches the credential from now on. */
  watch(): { context(): Context; readonly ended: AbortSignal; close(): void };
}
