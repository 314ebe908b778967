import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import pino from 'pino';
import { seedDemo } from '../prisma/seed.ts';
import { createApp } from './app.ts';
import { startBackground } from './background.ts';
import { connectors } from './connectors/index.ts';
import { openCustomers } from './domain/customer.ts';
import { type Environment, readEnvironment } from './env.ts';
import { explain } from './explain.ts';
import { openStore } from './store/open.ts';
import { welcome } from './welcome.ts';

/** How long requests in flight may still take after the server was told to stop, in milliseconds. */
const drainMs = 9000;

async function start(environment: Environment): Promise<void> {
  const production = environment.NODE_ENV === 'production';
  const log = pino({ level: environment.LOG_LEVEL }, pino.destination({ fd: 2, sync: false }));
  const store = await openStore({
    databaseUrl: environment.DATABASE_URL,
    dataDir: environment.DATA_DIR,
    onError: (error) => log.warn({ err: error }, 'database connection lost'),
  });
  // The port is known only once it listens, and links need it; so the app is made a moment after the server.
  let answer: ReturnType<typeof createApp>['fetch'] = () => new Response(null, { status: 503 });
  const server = createAdaptorServer({
    fetch: (request, env) => answer(request, env),
    serverOptions: { headersTimeout: 5000, requestTimeout: 10_000, connectionsCheckingInterval: 1000 },
  });
  server.listen(environment.PORT, environment.HOST);
  await once(server, 'listening').catch(async (error) => {
    await store.close();
    throw error;
  });
  const { port } = server.address() as AddressInfo;
  const host = environment.HOST.includes(':') ? `[${environment.HOST}]` : environment.HOST;
  const publicUrl = environment.PUBLIC_URL ?? `http://${host}:${port}`;
  answer = createApp({
    store,
    connectors,
    log,
    publicUrl,
    graphiql: environment.GRAPHIQL ?? !production,
    openSchema: !production,
    requestsPerCustomer: environment.RATE_LIMIT_PER_CUSTOMER ?? (production ? 6000 : 0),
    failuresPerAddress: environment.RATE_LIMIT_PER_ADDRESS ?? (production ? 20 : 0),
  }).fetch;
  const demo = (environment.DEMO_DATA ?? !production) ? await seedDemo(store, publicUrl, new Date()) : null;
  const now = () => new Date();
  const openCustomer = openCustomers({ store, connectors, publicUrl, now });
  const background = startBackground({ store, openCustomer, now, log });
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    const deadline = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), drainMs);
    server.close();
    if ('closeIdleConnections' in server) server.closeIdleConnections();
    await once(server, 'close');
    clearTimeout(deadline);
    await background.stop();
    await store.close();
    process.exitCode = 0;
  };
  // Not `once`: npm passes a Ctrl-C on that the terminal has sent as well, and the second must not kill.
  process.on('SIGINT', stop).on('SIGTERM', stop);
  process.stdout.write(welcome(publicUrl, demo?.token ?? null));
}

try {
  await start(readEnvironment(process.env));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
