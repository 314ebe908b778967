/** An answer that says no, in the legacy wording. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(status: number, body: Record<string, unknown>, headers: Record<string, string> = {}) {
    super(String(body.message));
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export const answerRefusal = ({ status, body, headers }: Refusal) => Response.json(body, { status, headers });

const checkBody = 'bad request: please check body parameters.';

export const malformedJson = (hint: string) =>
  new Refusal(400, { response: checkBody, hint: [hint], message: hint, error: 'malformed_json', errors: {} });

/** All broken fields at once, as Laravel sums them up. */
export function validationFailed(errors: Record<string, string[]>): Refusal {
  const hint = Object.values(errors).flat();
  const more = hint.length - 1;
  const message = `${hint[0]}${more > 0 ? ` (and ${more} more error${more > 1 ? 's' : ''})` : ''}`;
  return new Refusal(400, { response: checkBody, hint, message, error: 'validation_failed', errors });
}

export const invalidQuery = (message: string) =>
  new Refusal(400, { response: checkBody, hint: [message], message, error: 'invalid_query' });

/** No credential, or a bad one. */
export const unauthenticated = (tokenSent: boolean) =>
  new Refusal(
    401,
    { message: 'Unauthenticated.', error: 'unauthenticated' },
    { 'WWW-Authenticate': `Bearer realm="crm"${tokenSent ? ', error="invalid_token"' : ''}` },
  );

export const missingScope = () =>
  new Refusal(
    403,
    { message: 'Invalid scope(s) provided.', error: 'missing_scope' },
    { 'WWW-Authenticate': 'Bearer realm="crm", error="insufficient_scope", scope="client crm"' },
  );

export const twoCredentials = () =>
  new Refusal(400, { message: 'Only one Authorization header may be sent.', error: 'invalid_request' });

export const routeNotFound = (path: string) =>
  new Refusal(404, {
    message: `The route ${path.replace(/^\/+|\/+$/g, '') || '/'} could not be found.`,
    error: 'not_found',
  });

/** Says nothing of the path, which holds a secret. */
export const contextTokenNotFound = () => new Refusal(404, { message: 'Not Found.', error: 'not_found' });

export function methodNotAllowed(method: string, route: string | null, allowed: string[]): Refusal {
  const supported = allowed.join(', ');
  const message = `The ${method} method is not supported for ${route ? `route ${route}` : 'this route'}. Supported methods: ${supported}.`;
  return new Refusal(405, { message, error: 'method_not_allowed' }, { Allow: supported });
}

export const payloadTooLarge = () =>
  new Refusal(413, { message: 'The POST data is too large.', error: 'payload_too_large' });

export const unsupportedMediaType = () =>
  new Refusal(415, {
    message: 'The request body must be application/json or application/x-www-form-urlencoded.',
    error: 'unsupported_media_type',
  });

export const tooManyRequests = (headers: Record<string, string>) =>
  new Refusal(429, { message: 'Too Many Attempts.', error: 'too_many_requests' }, headers);

export const serviceUnavailable = () =>
  new Refusal(503, { message: 'Service Unavailable.', error: 'service_unavailable' }, { 'Retry-After': '1' });

export const serverError = () => new Refusal(500, { message: 'Server Error', error: 'server_error' });
