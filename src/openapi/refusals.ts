import {
  contextTokenNotFound,
  invalidQuery,
  malformedJson,
  missingScope,
  payloadTooLarge,
  type Refusal,
  serverError,
  serviceUnavailable,
  tooManyRequests,
  unauthenticated,
  unsupportedMediaType,
  validationFailed,
} from '../rest/refusal.ts';
import { refuse } from '../rest/refuse.ts';
import type { Schema } from './schema.ts';

const text: Schema = { type: 'string' };

/** The one form of every refusal; what only some have may be absent. */
export const errorSchema: Schema = {
  type: 'object',
  required: ['message', 'error'],
  properties: {
    message: { ...text, description: 'For people.' },
    error: { ...text, description: 'For programs: never changes.' },
    response: text,
    hint: { type: 'array', items: text, description: 'Every sentence.' },
    errors: { type: 'object', description: 'By field, its sentences.' },
  },
};

/** A refusal of every kind, made by the very code that refuses. */
const kinds = {
  unauthenticated: [unauthenticated(true)],
  missingScope: [missingScope()],
  unknownToken: [contextTokenNotFound()],
  badQuery: [invalidQuery('The selected direction is invalid.')],
  badFields: [
    validationFailed({ last_name: ['The last name field is required.'] }),
    malformedJson('The request body must be valid JSON.'),
    refuse('Phone call logging is not enabled for this account.', { reason: 'CALL_LOGGING_DISABLED' }),
  ],
  tooLarge: [payloadTooLarge()],
  wrongType: [unsupportedMediaType()],
  otherPayload: [
    refuse('This idempotency key was already used for another report.', { reason: 'IDEMPOTENCY_CONFLICT' }),
  ],
  tooMany: [tooManyRequests({ 'Retry-After': '12' })],
  bug: [serverError()],
  unavailable: [serviceUnavailable()],
} satisfies Record<string, Refusal[]>;

export type RefusalKind = keyof typeof kinds;

const ofEvery: RefusalKind[] = ['tooMany', 'bug', 'unavailable'];

/** The responses that refuse, by their status. */
export const refusals = (...of: RefusalKind[]): Record<string, object> =>
  Object.fromEntries([...of, ...ofEvery].map((kind) => [String(kinds[kind][0]?.status), response(kinds[kind])]));

function response(refused: Refusal[]): object {
  const headers = Object.keys(Object.assign({}, ...refused.map((refusal) => refusal.headers)));
  return {
    description: refused.map(({ message }) => message).join(' Or: '),
    ...(headers.length > 0 && { headers: Object.fromEntries(headers.map((name) => [name, { schema: text }])) }),
    content: {
      'application/json': {
        schema: { $ref: '#/components/schemas/Error' },
        examples: Object.fromEntries(refused.map(({ body }) => [String(body.error), { value: body }])),
      },
    },
  };
}
