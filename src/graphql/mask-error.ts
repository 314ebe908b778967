import { type ExecutionResult, GraphQLError } from 'graphql';
import { DomainError } from '../errors.ts';

/** Called with what nobody expected, once; the caller of the API only learns the request id. */
export type ReportBug = (error: unknown, requestId: string) => void;

/** What was executed, with its errors as the caller may see them. */
export const maskErrors = (result: ExecutionResult, requestId: string, report: ReportBug): ExecutionResult =>
  result.errors ? { ...result, errors: result.errors.map((error) => maskError(error, requestId, report)) } : result;

/**
 * An error as the caller may see it: expected failures with their code, mistakes in the document as they are, and
 * everything else masked.
 */
export function maskError(error: unknown, requestId: string, report: ReportBug): GraphQLError {
  const cause = error instanceof GraphQLError ? originOf(error) : error;
  const place = error instanceof GraphQLError ? placeOf(error) : {};
  if (cause instanceof DomainError) {
    if (cause.cause) report(cause.cause, requestId);
    return new GraphQLError(cause.message, { ...place, extensions: expectedExtensions(cause) });
  }
  if (error instanceof GraphQLError && isDocumentMistake(error)) {
    const { code = 'BAD_USER_INPUT' } = error.extensions;
    const extensions = { ...withoutParserWords(error.extensions), code };
    return new GraphQLError(error.message, { ...place, positions: error.positions, source: error.source, extensions });
  }
  report(cause, requestId);
  return new GraphQLError('Internal server error.', {
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
  });
}

const placeOf = ({ nodes, source, positions, path }: GraphQLError) =>
  nodes ? { nodes, path } : { source, positions, path };

function expectedExtensions({ code, reason, issues }: DomainError) {
  const status = httpStatus[code as keyof typeof httpStatus];
  return { code, ...(reason && { reason }), ...(issues && { issues }), ...(status && { http: status }) };
}

/** Only these leave the 200 that GraphQL over HTTP gives to an executed document. */
const httpStatus = {
  UNAUTHENTICATED: { status: 401, headers: { 'www-authenticate': 'Bearer realm="crm"' } },
  TOO_MANY_REQUESTS: { status: 429 },
  SERVICE_UNAVAILABLE: { status: 503, headers: { 'retry-after': '1' } },
};

function originOf(error: GraphQLError): unknown {
  const origin = error.originalError;
  return origin instanceof GraphQLError ? originOf(origin) : (origin ?? error);
}

/** A wrong document, or variables that do not fit it: found outside every resolver, or by GraphQL itself. */
const isDocumentMistake = (error: GraphQLError) => error.path === undefined || error.originalError == null;

/** A body that is no JSON is the caller's mistake whatever they accept, and how the parser puts it helps nobody. */
function withoutParserWords({ originalError, ...extensions }: Record<string, unknown>): Record<string, unknown> {
  return originalError ? { ...extensions, http: { status: 400 } } : extensions;
}
