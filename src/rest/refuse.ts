import { DomainError } from '../errors.ts';
import { spoken } from './fields.ts';
import {
  answerRefusal,
  missingScope,
  Refusal,
  serverError,
  serviceUnavailable,
  tooManyRequests,
  twoCredentials,
  unauthenticated,
  validationFailed,
} from './refusal.ts';

/** An expected failure, as the extensions of an executed document tell it, or as it was thrown before that. */
export interface Failure {
  code?: string | undefined;
  reason?: string | undefined;
  issues?: { path: (string | number)[]; message: string }[] | undefined;
  headers?: Record<string, string> | undefined;
}

type Refuse = (message: string, failure: Failure) => Refusal;

const refused =
  (error: string): Refuse =>
  (message) =>
    new Refusal(400, { response: 'error', message, error });

/** From the code of an error, or its finer reason, to the legacy answer. */
const refusals: Record<string, Refuse> = {
  UNAUTHENTICATED: () => unauthenticated(true),
  FORBIDDEN: missingScope,
  BAD_USER_INPUT: (message, { issues }) => validationFailed(fieldErrors(message, issues)),
  IDEMPOTENCY_CONFLICT: (message) => new Refusal(422, { response: 'error', message, error: 'idempotency_conflict' }),
  CALL_LOGGING_DISABLED: refused('call_logging_disabled'),
  CHAT_LOGGING_DISABLED: refused('chat_logging_disabled'),
  CONTACT_CREATION_DISABLED: refused('contact_not_created'),
  NOT_ENABLED: refused('not_enabled'),
  CONNECTOR_REJECTED: refused('contact_not_created'),
  CONNECTOR_UNAVAILABLE: serviceUnavailable,
  NOT_FOUND: (message) => new Refusal(404, { message, error: 'not_found' }),
  SEVERAL_CREDENTIALS: twoCredentials,
  TOO_MANY_REQUESTS: (_, { headers }) => tooManyRequests(headers ?? {}),
  SERVICE_UNAVAILABLE: serviceUnavailable,
};

/** The legacy answer to a failure; one without a code is a bug. */
export function refuse(message: string, failure: Failure): Refusal {
  const known = refusals[failure.reason ?? ''] ?? refusals[failure.code ?? ''];
  return known?.(message, failure) ?? serverError();
}

/** The answer to whatever was thrown; what nobody expected is reported, and told without its details. */
export function answerFailure(error: unknown, reportBug: (bug: unknown) => void): Response {
  if (error instanceof Refusal) return answerRefusal(error);
  if (error instanceof DomainError) return answerRefusal(refuse(error.message, error));
  reportBug(error);
  return answerRefusal(serverError());
}

/** Rules that only the schema knows, told by the name of the field that the caller sent. */
function fieldErrors(message: string, issues: Failure['issues'] = []): Record<string, string[]> {
  const errors: Record<string, string[]> = {};
  for (const issue of issues) {
    const name =
      issue.path
        .filter((part) => part !== 'input')
        .map(legacyName)
        .join('.') || 'body';
    errors[name] = [...(errors[name] ?? []), `The ${spoken(name)} field is invalid: ${issue.message}`];
  }
  return Object.keys(errors).length > 0 ? errors : { body: [message] };
}

const legacyName = (part: string | number) =>
  part === 'after' ? 'cursor' : String(part).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
