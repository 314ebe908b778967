/**
 * Why no answer came: `FORBIDDEN` for a target or request that is never sent, `UNREACHABLE` where no connection was
 * made (its certificate included), `TIMED_OUT`, `CANCELLED` by the caller, `BROKEN` in the middle, `TOO_LARGE`.
 */
export type OutgoingFailure = 'FORBIDDEN' | 'UNREACHABLE' | 'TIMED_OUT' | 'CANCELLED' | 'BROKEN' | 'TOO_LARGE';

/** A request that got no whole answer. The message names the target's host, and no path, query or header. */
export class OutgoingError extends Error {
  override readonly name = 'OutgoingError';
  readonly code: OutgoingFailure;
  /** False only if no byte of the request left, so that sending it again cannot do anything twice. */
  readonly maybeApplied: boolean;

  constructor(code: OutgoingFailure, message: string, maybeApplied: boolean) {
    super(message);
    this.code = code;
    this.maybeApplied = maybeApplied;
  }
}
