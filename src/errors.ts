/** What went wrong, in terms that both faces share; GraphQL shows it as `extensions.code`, REST maps it to a status. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_USER_INPUT'
  | 'NOT_ENABLED'
  | 'CONNECTOR_REJECTED'
  | 'CONNECTOR_UNAVAILABLE'
  | 'NOT_FOUND'
  | 'TOO_MANY_REQUESTS'
  | 'SERVICE_UNAVAILABLE';

/** A finer word where one code has several causes that a program must tell apart. */
export type ErrorReason =
  | 'CALL_LOGGING_DISABLED'
  | 'CHAT_LOGGING_DISABLED'
  | 'CONTACT_CREATION_DISABLED'
  | 'IDEMPOTENCY_CONFLICT'
  | 'SEVERAL_CREDENTIALS';

export interface InputIssue {
  /** Where, from the outermost argument inwards: `["input", "numberFrom"]`. */
  path: (string | number)[];
  message: string;
}

/** An expected failure. Its message is written for the caller and may be shown as it is. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  readonly reason: ErrorReason | undefined;
  readonly issues: InputIssue[] | undefined;
  /** What the answer's headers should tell beside it. */
  readonly headers: Record<string, string> | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    details: { reason?: ErrorReason; issues?: InputIssue[]; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.code = code;
    this.reason = details.reason;
    this.issues = details.issues;
    this.headers = details.headers;
  }
}

/** Refuses input with one sentence for one place in it. */
export const badInput = (path: InputIssue['path'], message: string) =>
  new DomainError('BAD_USER_INPUT', message, { issues: [{ path, message }] });
