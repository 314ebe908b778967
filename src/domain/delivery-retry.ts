import { ConnectorFailure, type FailureOutcome } from '../connectors/failure.ts';
import { DomainError } from '../errors.ts';
import { OutgoingError } from '../outgoing/outgoing-error.ts';
import type { Outcome } from './delivery.ts';
import { OutOfTime } from './within.ts';

const second = 1000;
const minute = 60 * second;

/** After so many attempts, about four hours, a delivery is dead until an operator revives it. */
const maxAttempts = 12;
const firstDelayMs = 5 * second;
const longestDelayMs = 60 * minute;

/**
 * Of attempts that may have been applied there are few and far between: each may put the same call into the CRM once
 * more, and yet not trying again would lose what a CRM did not take that was away for an hour.
 */
const maxUncertain = 4;
const uncertainDelaysMs = [5 * minute, 30 * minute, 180 * minute];

/** How long a CRM that keeps failing is left alone. */
const leftAloneMs = 30 * second;

/** The longest that a CRM is left alone because it asks for it. */
const longestAloneMs = 24 * 60 * minute;

/** How an attempt failed. */
export interface Failed {
  /** Null where it did not. */
  failure: FailureOutcome | null;
  /** How long the CRM asked to be left alone; null where it did not. */
  leaveAloneMs: number | null;
}

/** What is to be done after a failed attempt: a CRM that refuses will refuse again; the others are tried later. */
export function afterFailure(
  error: unknown,
  { attempts, uncertain }: { attempts: number; uncertain: number },
  now: Date,
): Failed & Pick<Outcome, 'state' | 'uncertain' | 'dueAt' | 'message'> {
  const failure = outcomeOf(error);
  const doubtful = failure === 'unknown';
  const asked = error instanceof ConnectorFailure ? error.retryAfterMs : null;
  const leaveAloneMs = asked === null ? null : Math.min(asked, longestAloneMs);
  const dead = failure === 'refused' || attempts >= maxAttempts || (doubtful && uncertain + 1 >= maxUncertain);
  const pauseMs = doubtful ? jittered(uncertainDelaysMs[uncertain] ?? longestDelayMs) : delayMs(attempts);
  return {
    failure,
    leaveAloneMs,
    state: dead ? 'DEAD' : 'PENDING',
    uncertain: doubtful,
    dueAt: new Date(now.getTime() + Math.max(pauseMs, leaveAloneMs ?? 0)),
    message: messageOf(error),
  };
}

/** Until when the others wait when a CRM keeps failing. */
export const postponement = (now: Date, leaveAloneMs: number | null): Date =>
  new Date(now.getTime() + (leaveAloneMs ?? leftAloneMs));

function outcomeOf(error: unknown): FailureOutcome {
  if (error instanceof ConnectorFailure) return error.outcome;
  if (error instanceof DomainError && error.code === 'CONNECTOR_REJECTED') return 'refused';
  if (error instanceof OutOfTime || (error instanceof OutgoingError && error.maybeApplied)) return 'unknown';
  return 'unavailable';
}

/** What a connector says of its failure is whole; of others it must be said that nobody knows what became of them. */
function messageOf(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, 900);
  const untold = !(error instanceof DomainError) && outcomeOf(error) === 'unknown';
  return untold ? `${message} The CRM may have taken it all the same.` : message;
}

/** Doubles from one attempt to the next, up to an hour; a random half keeps many from coming back at one moment. */
const delayMs = (attempts: number): number => jittered(Math.min(firstDelayMs * 2 ** (attempts - 1), longestDelayMs));

const jittered = (full: number) => full / 2 + (Math.random() * full) / 2;
