import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { ExecutionResult } from 'graphql';
import { Hono, type Context as HonoContext } from 'hono';
import { jsonAnswer } from '../http/answer.ts';
import { limits } from '../limits.ts';
import { admitByToken } from './admit.ts';
import { Fields } from './fields.ts';
import { queryOf, readBody, readQuery } from './input.ts';
import {
  answerRefusal,
  contextTokenNotFound,
  methodNotAllowed,
  type Refusal,
  routeNotFound,
  serverError,
  validationFailed,
} from './refusal.ts';
import { answerFailure, type Failure, refuse } from './refuse.ts';
import { type RestRequest, type Route, routes } from './routes.ts';

/** What the legacy rules depend on: what the caller may do, and the customer's switch. */
interface LegacyCaller {
  scopes: readonly string[];
  customer: { chatsWithoutEmail: boolean };
}

/** What the router needs of the rest of the server. It can execute documents and nothing else, so no rule is passed by. */
export interface RestSetup<Caller extends LegacyCaller> {
  gate: {
    byToken(request: Request, address: string): Promise<Caller | null>;
    byPath(token: string, tokenSecret: string, address: string): Promise<Caller | null>;
  };
  execute<Result, Variables>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
    caller: Caller,
    requestId: string,
  ): Promise<ExecutionResult<Result>>;
  publicUrl: string;
  reportBug(error: unknown, requestId: string): void;
}

/** What is known of every request before it is routed. */
export type RequestEnv = { Variables: { requestId: string; address: string } };

/** The legacy REST face: every path of the table, and its own 404 and 405 for all others. */
export function createRestRouter<Caller extends LegacyCaller>(setup: RestSetup<Caller>): Hono<RequestEnv> {
  const router = new Hono<RequestEnv>({ strict: false });
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path);
    router.all(path, async (c) => {
      const route = methods.find(
        ({ method }) => method === c.req.method || (method === 'GET' && c.req.method === 'HEAD'),
      );
      if (!route) return answerRefusal(refuseMethod(methods, c.req.method));
      return answer(route, c, setup);
    });
  }
  router.all('/api/crm/phone-calls-context/*', () => answerRefusal(contextTokenNotFound()));
  return router;
}

/** The answer to a path that nobody serves. */
export const unknownRoute = (request: Request): Response =>
  answerRefusal(routeNotFound(new URL(request.url).pathname.slice(0, limits.shortText)));

async function answer<Caller extends LegacyCaller>(
  route: Route,
  c: HonoContext<RequestEnv>,
  setup: RestSetup<Caller>,
): Promise<Response> {
  const requestId = c.get('requestId');
  try {
    const caller = await authenticate(route, c, setup);
    const request = await readRequest(route, c.req.raw, setup.publicUrl, caller);
    const fields = new Fields(route.method === 'POST' ? request.body : request.query);
    const { data, errors } = await setup.execute(route.document, route.variables(fields, request), caller, requestId);
    if (errors?.[0]) throw refuse(errors[0].message, errors[0].extensions as Failure);
    if (!data) throw serverError();
    const headers = route.headers?.(data);
    return jsonAnswer(route.body(data, request), requestId, { status: route.status, headers });
  } catch (error) {
    return answerFailure(error, (bug) => setup.reportBug(bug, requestId));
  }
}

async function authenticate<Caller extends LegacyCaller>(
  route: Route,
  c: HonoContext<RequestEnv>,
  setup: RestSetup<Caller>,
): Promise<Caller> {
  if (route.credential === 'path') {
    const { token = '', tokenSecret = '' } = c.req.param();
    const caller = await setup.gate.byPath(token, tokenSecret, c.get('address'));
    if (!caller) throw contextTokenNotFound();
    return caller;
  }
  return admitByToken(setup.gate, c.req.raw, c.get('address'));
}

async function readRequest(
  route: Route,
  request: Request,
  publicUrl: string,
  { customer }: LegacyCaller,
): Promise<RestRequest> {
  const search = queryOf(request.url);
  return {
    query: readQuery(search),
    body: route.method === 'POST' ? await readBody(request, route.maximumBytes) : {},
    idempotencyKey: readIdempotencyKey(request),
    chatsWithoutEmail: customer.chatsWithoutEmail,
    path: `${publicUrl}${route.path}`,
    search,
  };
}

function readIdempotencyKey(request: Request): string | undefined {
  const key = request.headers.get('idempotency-key')?.trim() || undefined;
  if (key && key.length > limits.idempotencyKey) {
    const sentence = `The idempotency key field must not be greater than ${limits.idempotencyKey} characters.`;
    throw validationFailed({ idempotency_key: [sentence] });
  }
  return key;
}

function refuseMethod(methods: Route[], method: string): Refusal {
  const allowed = methods.flatMap((route) => (route.method === 'GET' ? ['GET', 'HEAD'] : [route.method]));
  const [route] = methods;
  return methodNotAllowed(method, route?.credential === 'token' ? route.path.slice(1) : null, allowed);
}
