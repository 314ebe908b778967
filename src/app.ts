import { randomUUID } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { Hono, type MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';
import { createAuthenticator } from './auth/authenticate.ts';
import type { Principal } from './auth/principal.ts';
import { createTokenWatch } from './auth/token-watch.ts';
import type { Context, ContextOf } from './context.ts';
import { createDashboardRouter } from './dashboard/router.ts';
import type { OpenCustomer } from './domain/customer.ts';
import { DomainError } from './errors.ts';
import { createExportRouter } from './export/router.ts';
import { createGate } from './gate.ts';
import { createKnownDocuments } from './graphql/known-documents.ts';
import { createOwnDocuments } from './graphql/own-documents.ts';
import { createGraphqlRouter } from './graphql/router.ts';
import { createGraphql } from './graphql/yoga.ts';
import { isComplete } from './http/answer.ts';
import { type CallerAddress, callerAddress } from './http/caller-address.ts';
import { isClientClosed, markClientClosed } from './http/client-closed.ts';
import { createIntegrationsRouter } from './integrations/router.ts';
import type { Metrics } from './metrics.ts';
import { createPeople } from './oauth/people.ts';
import { createOauthRouter } from './oauth/router.ts';
import { createOpenApiRouter } from './openapi/router.ts';
import { pages } from './pages.ts';
import { createPbxRouter } from './pbx/router.ts';
import { rateLimit } from './rate-limit.ts';
import { legacySpelling } from './rest/legacy.ts';
import { answerFailure } from './rest/refuse.ts';
import { createRestRouter, type RequestEnv, type RestSetup, unknownRoute } from './rest/router.ts';
import { schema } from './schema/index.ts';
import { secure } from './security-headers.ts';
import { withDeadline } from './store/deadline.ts';
import type { Store } from './store/open.ts';

export interface AppOptions {
  store: Store;
  /** Makes a customer ready to be worked for; the work in the background shares it. */
  openCustomer: OpenCustomer;
  log: Logger;
  /** Begins every link, without a slash at its end. */
  publicUrl: string;
  /** Whether browsers get GraphiQL at the GraphQL address. */
  graphiql: boolean;
  /** Whether the schema can be read without a token. */
  openSchema: boolean;
  /** Requests a minute of one customer; 0 for no limit. */
  requestsPerCustomer: number;
  /** Bad credentials a minute from one address; 0 for no limit. */
  failuresPerAddress: number;
  /** Proxies whose word of the caller's address is taken; none if absent. */
  trustedProxies?: string[];
  /** How limits are counted; within the process if absent. */
  rateLimit?: typeof rateLimit;
  /** How often a stream in which nothing happens shows that it lives, in milliseconds; 15 seconds if absent. */
  heartbeatMs?: number;
  /** Aborted when the server is to end: streams break off, to be resumed elsewhere. */
  stopping?: AbortSignal;
  /** Absent where nobody watches. */
  metrics?: Metrics | null;
  now?: () => Date;
}

/** How long a request may wait for the database in all: it is answered within three seconds, and works two seconds after a mend. Milliseconds. */
const databaseMs = 2400;

/** Puts the server together: every request is named and logged, shows its credential, and goes to one of the faces. */
export function createApp(options: AppOptions): Hono<RequestEnv> {
  const { store, log, publicUrl, openCustomer, metrics } = options;
  const now = options.now ?? (() => new Date());
  const reportBug = (error: unknown, requestId: string) => {
    if (!isClientClosed(error)) log.error({ err: error, requestId }, 'request failed');
  };
  const contextOf = createContexts(openCustomer, metrics?.observeLookup ?? ((lookup) => lookup));
  const known = createKnownDocuments();
  const graphql = createGraphql({
    known,
    report: reportBug,
    heartbeatMs: options.heartbeatMs ?? 15_000,
    stopping: options.stopping ?? new AbortController().signal,
  });
  const executeOwn = createOwnDocuments(reportBug, legacySpelling);
  const limit = options.rateLimit ?? rateLimit;
  const authenticator = createAuthenticator(store, now);
  const gate = createGate({
    authenticator,
    tokens: createTokenWatch(authenticator),
    perCustomer: limit('customer-requests', options.requestsPerCustomer),
    perAddress: limit('address-failures', options.failuresPerAddress),
  });
  const oauth = { store, publicUrl, now, reportBug };
  const people = createPeople(store, publicUrl, now);
  const app = new Hono<RequestEnv>({ strict: false });
  app.use(serve(log, metrics, callerAddress(options.trustedProxies ?? [])));
  if (metrics) app.get('/metrics', (c) => metrics.answer(c.req.raw));
  app.get('/', (c) => c.html(pages.home));
  app.get('/health', (c) => c.json({ status: 'ok' }));
  app.get('/ready', async (c) =>
    store.ping().then(
      () => c.json({ status: 'ready' }),
      () => c.json({ status: 'unavailable' }, 503),
    ),
  );
  app.route('/', createOauthRouter(oauth, people));
  app.route('/graphql', createGraphqlRouter({ ...options, graphql, known, gate, contextOf, reportBug }));
  const legacy = {
    publicUrl,
    reportBug,
    execute: ((document, variables, principal, requestId) =>
      executeOwn(
        document,
        variables as Record<string, unknown>,
        contextOf(principal, requestId, { ownDocument: true }),
      )) as RestSetup<Principal>['execute'],
  };
  const ask = async (principal: Principal, request: Request) =>
    createRestRouter<Principal>({ ...legacy, gate: admitted(principal) }).fetch(request);
  app.route('/', createDashboardRouter({ store, people, now }));
  app.route('/', createIntegrationsRouter({ store, openCustomer, reportBug }));
  app.route('/', createPbxRouter({ store, publicUrl, people, now, ask }));
  app.route('/', createRestRouter<Principal>({ ...legacy, gate }));
  app.route('/', createExportRouter({ gate, openCustomer, reportBug }));
  app.route('/', createOpenApiRouter(schema, publicUrl));
  app.notFound((c) => unknownRoute(c.req.raw));
  app.onError((error, c) => answerFailure(error, (bug) => reportBug(bug, c.get('requestId'))));
  return app;
}

/** Answers a function that makes what the resolvers know of one request. */
const createContexts =
  (openCustomer: OpenCustomer, observeLookup: Context['observeLookup']): ContextOf =>
  (principal, requestId, { stream = null, ownDocument = false } = {}) => {
    const known = { requestId, principal, stream, ownDocument, observeLookup };
    if (principal) return { ...known, customer: openCustomer(principal.customer) };
    return {
      ...known,
      get customer(): never {
        throw new DomainError('UNAUTHENTICATED', 'Unauthenticated.');
      },
    };
  };

/** The gate for somebody who has shown another credential already. */
const admitted = (principal: Principal) => ({ byToken: async () => principal, byPath: async () => null });

/**
 * What every request goes through: it gets an id, which stands on its answer and in its line of the log, and its time
 * with the database; its answer gets the headers of all, and is measured. One step, as to go from one to the next costs
 * more than what each of them does.
 */
const serve =
  (log: Logger, metrics: Metrics | null | undefined, addressOf: CallerAddress): MiddlewareHandler<RequestEnv> =>
  async (c, next) => {
    const started = performance.now();
    const requestId = randomUUID();
    c.set('requestId', requestId);
    const { incoming } = (c.env ?? {}) as Partial<HttpBindings>;
    c.set('address', incoming ? addressOf(incoming) : '');
    await withDeadline(databaseMs, next);
    markClientClosed(c);
    if (!isComplete(c.res)) {
      secure(c.res.headers);
      c.res.headers.set('X-Request-Id', requestId);
    }
    const ms = performance.now() - started;
    metrics?.measure(c, ms);
    const { method, path } = c.req;
    log.info({ requestId, method, path: loggedPath(path), status: c.res.status, ms: Math.round(ms) }, 'request');
  };

/** The path without its query, which holds numbers of people, and without what follows the context-token route. */
const loggedPath = (path: string) => path.replace(/(phone-calls-context)\/.*/, '$1/…').slice(0, 200);
