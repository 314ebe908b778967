import { DomainError } from '../errors.ts';

/**
 * What a failed request means for asking again. `refused`: the CRM said no, and will again. `unavailable`: it took
 * nothing, and may later. `unknown`: it may have taken what it was told, so that telling it again may do it twice.
 */
export type FailureOutcome = 'refused' | 'unavailable' | 'unknown';

/** A CRM that did not do what it was asked. Its code is `CONNECTOR_REJECTED` where it refused, else `CONNECTOR_UNAVAILABLE`. */
export class ConnectorFailure extends DomainError {
  readonly outcome: FailureOutcome;
  /** How long the CRM wants to be left alone, where it said so. */
  readonly retryAfterMs: number | null;

  constructor(outcome: FailureOutcome, message: string, retryAfterMs: number | null = null) {
    super(outcome === 'refused' ? 'CONNECTOR_REJECTED' : 'CONNECTOR_UNAVAILABLE', message);
    this.outcome = outcome;
    this.retryAfterMs = retryAfterMs;
  }
}
