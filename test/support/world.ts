import pino from 'pino';
import { afterAll, inject } from 'vitest';
import { type AppOptions, createApp } from '../../src/app.ts';
import { createAccessToken } from '../../src/auth/access-token.ts';
import { createContextToken } from '../../src/auth/context-token.ts';
import type { Connector, ConnectorKind, ConnectorKinds } from '../../src/connectors/connector.ts';
import { connectors } from '../../src/connectors/index.ts';
import { native } from '../../src/connectors/native.ts';
import { createCustomer, createWorkspace, openCustomers } from '../../src/domain/customer.ts';
import type { WriteLimits } from '../../src/domain/write-queue.ts';
import { createLocalEventBus, type EventBus } from '../../src/events/event-bus.ts';
import type { Send } from '../../src/outgoing/send.ts';
import { openStore } from '../../src/store/open.ts';

export const publicUrl = 'https://lookup.example';

/** What the secrets of the suite are sealed with. */
export const secretKey = 'a key for tests, which anybody may know';

/** The suite's database, opened once for a test file. */
export const store = await openStore({ ...inject('database'), secretKeys: [secretKey], join: true });
afterAll(() => store.close());

/** A kind of CRM that needs to be told nothing and is reached like this. */
export const connectorOf = (connection: Connector): ConnectorKind<object> => ({ ...native, connect: () => connection });

/** Where the servers of a test file tell each other what happened. */
export const events = createLocalEventBus();

/** Nothing leaves a test, unless it is about that. */
export const sendNothing: Send = async ({ url }) => {
  throw new Error(`Nothing was to be sent to ${url}.`);
};

export type ServeOptions = Partial<
  AppOptions & {
    connectors: ConnectorKinds;
    events: EventBus;
    send: Send;
    lookupDeadlineMs: number;
    creationLimitMs: number;
    writeLimits: WriteLimits;
  }
>;

/** The customers of a server under test, ready to be worked for. */
export const customersOf = ({
  connectors: kinds = connectors,
  events: bus = events,
  send = sendNothing,
  ...options
}: ServeOptions = {}) =>
  openCustomers({
    store: options.store ?? store,
    connectors: kinds,
    events: bus,
    publicUrl: options.publicUrl ?? publicUrl,
    send,
    lookupDeadlineMs: options.lookupDeadlineMs ?? 2000,
    creationLimitMs: options.creationLimitMs,
    writeLimits: options.writeLimits,
    now: options.now ?? (() => new Date()),
  });

/** A server under test; nothing listens, requests go to its `fetch`. */
export const serve = ({ connectors: kinds, events: bus, send, ...options }: ServeOptions = {}) =>
  createApp({
    store,
    openCustomer: customersOf({
      ...options,
      ...(kinds && { connectors: kinds }),
      ...(bus && { events: bus }),
      ...(send && { send }),
    }),
    log: pino({ level: 'silent' }),
    publicUrl,
    graphiql: true,
    openSchema: true,
    requestsPerCustomer: 0,
    failuresPerAddress: 0,
    ...options,
  });

export const app = serve();

type App = Pick<typeof app, 'fetch'>;

export interface Answer<Body = any> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface RestOptions {
  /** Sent as JSON; text is sent as a form. */
  body?: object | string;
  headers?: Record<string, string>;
  token?: string | null;
  app?: App;
}

/** Sends one request to the legacy face and reads the whole answer. */
export async function rest(method: string, path: string, options: RestOptions = {}): Promise<Answer> {
  const { body, headers = {}, token = null } = options;
  const form = typeof body === 'string';
  const response = await (options.app ?? app).fetch(
    new Request(`http://test.local${path}`, {
      method,
      body: form || body === undefined ? body : JSON.stringify(body),
      headers: {
        ...(body !== undefined && { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...headers,
      },
    }),
  );
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

/** Executes one GraphQL document over HTTP. */
export async function graphql(
  query: string,
  variables: object = {},
  options: {
    token?: string | null;
    app?: App;
    headers?: Record<string, string>;
    operationName?: string | undefined;
  } = {},
): Promise<Answer<{ data?: any; errors?: { message: string; path?: string[]; extensions: Record<string, any> }[] }>> {
  const { token = null, headers, operationName } = options;
  const response = await (options.app ?? app).fetch(
    new Request('http://test.local/graphql', {
      method: 'POST',
      body: JSON.stringify({ query, variables, operationName }),
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...headers },
    }),
  );
  return { status: response.status, headers: response.headers, body: await response.json() };
}

export interface TestCustomer {
  /** The server that it asks. */
  app: App;
  id: string;
  workspaceId: string;
  token: string;
  rest(method: string, path: string, options?: RestOptions): Promise<Answer>;
  graphql(query: string, variables?: object): ReturnType<typeof graphql>;
  tokenWith(scopes: string[], expiresAt?: Date | null): Promise<string>;
  contextToken(expiresAt?: Date | null): Promise<{ token: string; tokenSecret: string }>;
}

/** A customer of its own for a test, so that tests share nothing. */
export async function newCustomer(
  options: { country?: string; timeZone?: string; app?: App } = {},
): Promise<TestCustomer> {
  const { country = 'FR', timeZone = 'Europe/Paris', app: server } = options;
  const workspace = await createWorkspace(store, 'Test');
  const { id } = await createCustomer(store, {
    workspaceId: workspace.id,
    name: 'Test',
    defaultCountry: country,
    timeZone,
  });
  const tokenWith = async (scopes: string[], expiresAt: Date | null = null) =>
    (await createAccessToken(store, { customerId: id, scopes, expiresAt })).token;
  const token = await tokenWith(['client', 'crm']);
  return {
    app: server ?? app,
    id,
    workspaceId: workspace.id,
    token,
    rest: (method, path, more) => rest(method, path, { token, app: server, ...more }),
    graphql: (query, variables) => graphql(query, variables, { token, app: server }),
    tokenWith,
    contextToken: (expiresAt = null) => createContextToken(store, { customerId: id, expiresAt }),
  };
}
