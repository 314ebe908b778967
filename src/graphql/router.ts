import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Principal } from '../auth/principal.ts';
import type { Context, Stream } from '../context.ts';
import { DomainError } from '../errors.ts';
import type { Gate } from '../gate.ts';
import { limits } from '../limits.ts';
import { createGraphiqlPage, wantsPage } from './graphiql.ts';
import { maskError, type ReportBug } from './mask-error.ts';
import type { Graphql } from './yoga.ts';

export interface GraphqlSetup {
  graphql: Graphql;
  gate: Gate;
  contextOf(principal: Principal | null, requestId: string, stream?: Stream | null): Context;
  graphiql: boolean;
  openSchema: boolean;
  reportBug: ReportBug;
}

type RequestEnv = { Variables: { requestId: string; address: string } };

/** The GraphQL face over HTTP, and GraphiQL for browsers, at one address. */
export function createGraphqlRouter({ graphql, gate, contextOf, graphiql, openSchema, reportBug }: GraphqlSetup) {
  const router = new Hono<RequestEnv>({ strict: false });
  const graphiqlPage = createGraphiqlPage();
  const streamOf = (request: Request, principal: Principal, requestId: string): Stream => ({
    lastEventId: request.headers.get('last-event-id'),
    watch: () => {
      const watched = gate.watch(request, principal);
      return { ended: watched.ended, close: watched.close, context: () => contextOf(watched.principal, requestId) };
    },
  });
  router.use(bodyLimit({ maxSize: limits.chatBodyBytes, onError: () => refusal(413, 'The body is too large.') }));
  router.all('/', async (c) => {
    const request = c.req.raw;
    if (graphiql && wantsPage(request)) return graphiqlPage(request);
    if (request.method === 'POST' && !isJson(request)) return refusal(415, 'The body must be application/json.');
    if (!hasJsonParameters(c.req.query())) return refusal(400, 'The variables and extensions must be JSON.');
    const requestId = c.get('requestId');
    try {
      const principal = await gate.byToken(request, c.get('address'));
      if (!principal && !openSchema) throw new DomainError('UNAUTHENTICATED', 'Unauthenticated.');
      const stream = principal && streamOf(request, principal, requestId);
      return await graphql.fetch(request, contextOf(principal, requestId, stream) as never);
    } catch (error) {
      return refuseBeforehand(error, requestId, reportBug);
    }
  });
  return router;
}

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
