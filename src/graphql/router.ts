import { Hono } from 'hono';
import type { Principal } from '../auth/principal.ts';
import type { ContextOf, Stream } from '../context.ts';
import { DomainError } from '../errors.ts';
import type { Gate } from '../gate.ts';
import { readBytes } from '../http/body.ts';
import { limits } from '../limits.ts';
import { schema } from '../schema/index.ts';
import { createGraphiqlPage, wantsPage } from './graphiql.ts';
import { type KnownDocuments, respond } from './known-documents.ts';
import { maskError, maskErrors, type ReportBug } from './mask-error.ts';
import { areTooDeep, excessOf, isHopelesslyDeep } from './variable-bounds.ts';
import type { Graphql } from './yoga.ts';

export interface GraphqlSetup {
  graphql: Graphql;
  known: KnownDocuments;
  gate: Gate;
  contextOf: ContextOf;
  graphiql: boolean;
  openSchema: boolean;
  reportBug: ReportBug;
}

type RequestEnv = { Variables: { requestId: string; address: string } };

/** The GraphQL face over HTTP, and GraphiQL for browsers, at one address. */
export function createGraphqlRouter({
  graphql,
  known,
  gate,
  contextOf,
  graphiql,
  openSchema,
  reportBug,
}: GraphqlSetup) {
  const router = new Hono<RequestEnv>({ strict: false });
  const graphiqlPage = createGraphiqlPage();
  const streamOf = (request: Request, principal: Principal, requestId: string): Stream => ({
    lastEventId: request.headers.get('last-event-id'),
    watch: () => {
      const watched = gate.watch(request, principal);
      return { ended: watched.ended, close: watched.close, context: () => contextOf(watched.principal, requestId) };
    },
  });
  router.all('/', async (c) => {
    const request = c.req.raw;
    if (graphiql && wantsPage(request)) return graphiqlPage(request);
    if (!hasJsonParameters(c.req.query())) return refusal(400, 'The variables and extensions must be JSON.');
    const requestId = c.get('requestId');
    try {
      const principal = await gate.byToken(request, c.get('address'));
      if (!principal && !openSchema) throw new DomainError('UNAUTHENTICATED', 'Unauthenticated.');
      const ask = (request: Request) => {
        const stream = principal && streamOf(request, principal, requestId);
        return graphql.fetch(request, contextOf(principal, requestId, { stream }) as never);
      };
      if (request.method !== 'POST') return await ask(request);
      const body = await readBytes(request, limits.chatBodyBytes, () => new TooLarge());
      if (!isJson(request)) return refusal(415, 'The body must be application/json.');
      if (isHopelesslyDeep(body)) throw new DomainError('BAD_USER_INPUT', 'The variables are nested too deeply.');
      const asked = principal && acceptsJson(request) ? knownOf(body, known) : null;
      if (!asked) return await ask(withBody(request, body));
      const { document, variables } = asked;
      const result = await document.execute(contextOf(principal, requestId), variables);
      return respond(maskErrors(result, requestId, reportBug), requestId);
    } catch (error) {
      if (error instanceof TooLarge) return refusal(413, 'The body is too large.');
      return refuseBeforehand(error, requestId, reportBug);
    }
  });
  return router;
}

class TooLarge extends Error {}

/** The request again, with the body that was read of it. */
const withBody = ({ url, method, headers, signal }: Request, body: Uint8Array) =>
  new Request(url, { method, headers, signal, body: body as Uint8Array<ArrayBuffer> });

/** Whether the answer may be told as plain JSON, which is what most ask for. */
const acceptsJson = (request: Request) =>
  /^(\*\/\*|application\/json)\s*($|[,;])/.test(request.headers.get('accept') ?? '*/*');

/** What is not known is parsed again by Yoga, so only what is cheap to parse is looked at beforehand. */
const longestLookedAt = 64 * 1024;

/** The known document that a body asks to execute, with variables that are within the bounds; everything else is for Yoga. */
function knownOf(body: Uint8Array, known: KnownDocuments) {
  if (body.length > longestLookedAt) return null;
  const { query, variables, operationName } = parameters(body);
  const document = typeof query === 'string' && known.find(query, operationName as string | undefined);
  if (!document || areTooDeep(variables) || excessOf(schema, document.operation, variables as never)) return null;
  return { document, variables: variables as Record<string, unknown> | undefined };
}

function parameters(body: Uint8Array): Record<string, unknown> {
  try {
    const { query, variables, operationName, ...others } = JSON.parse(decoder.decode(body));
    const usual = typeof (variables ?? {}) === 'object' && !Array.isArray(variables);
    const plain = typeof (operationName ?? '') === 'string' && Object.keys(others).length === 0;
    return usual && plain ? { query, variables, operationName } : {};
  } catch {
    return {};
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** What went wrong before GraphQL saw the request, told as GraphQL tells it. */
function refuseBeforehand(error: unknown, requestId: string, reportBug: ReportBug): Response {
  const { message, extensions } = maskError(error, requestId, reportBug);
  const { http, ...shown } = extensions as { http?: { status: number; headers?: Record<string, string> } };
  const expected = error instanceof DomainError;
  const status = http?.status ?? (expected ? 400 : 500);
  const headers = { ...http?.headers, ...(expected && error.headers) };
  return Response.json({ errors: [{ message, extensions: shown }] }, { status, headers });
}

const isJson = (request: Request) => /^application\/json\b/i.test(request.headers.get('content-type') ?? '');

/** Of a query in the address, what must be JSON. */
const hasJsonParameters = ({ variables, extensions }: Record<string, string | undefined>) =>
  [variables, extensions].every((text) => text === undefined || isJsonObject(text));

function isJsonObject(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

const refusal = (status: number, message: string) =>
  Response.json({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] }, { status });
