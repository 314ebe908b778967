import type { Logger } from 'pino';
import { seedDemo } from '../prisma/seed.ts';
import { createApp } from './app.ts';
import { startBackground } from './background.ts';
import { connectors } from './connectors/index.ts';
import { openCustomers } from './domain/customer.ts';
import { countDeliveries } from './domain/delivery-count.ts';
import { type Environment, readEnvironment } from './env.ts';
import { createLocalEventBus } from './events/event-bus.ts';
import { explain } from './explain.ts';
import { listen } from './http/server.ts';
import { closeLog, openLog } from './log.ts';
import { openOutgoing } from './outgoing/outgoing.ts';
import { besidesDeadline } from './store/deadline.ts';
import { openStore, type Store } from './store/open.ts';
import { welcome } from './welcome.ts';

async function start(environment: Environment): Promise<void> {
  const production = environment.NODE_ENV === 'production';
  const log = openLog(environment.LOG_LEVEL);
  const store = await openStore({
    databaseUrl: environment.DATABASE_URL,
    dataDir: environment.DATA_DIR,
    secretKeys: environment.SECRET_KEY,
    onError: (error) => log.warn({ err: error }, 'database connection lost'),
  });
  // The port is known only once it listens, and links need it; so the app is made a moment after the server.
  let answer: ReturnType<typeof createApp>['fetch'] = () => new Response(null, { status: 503 });
  const { HOST: host, PORT: port } = environment;
  const server = await listen((request, env) => answer(request, env), { host, port }).catch(async (error) => {
    await store.close();
    throw error;
  });
  const publicUrl = environment.PUBLIC_URL ?? server.address;
  const now = () => new Date();
  const shared = environment.REDIS_URL ? await shareThrough(environment.REDIS_URL, log) : null;
  const events = shared?.events ?? createLocalEventBus();
  const stopping = new AbortController();
  const outgoing = openOutgoing({ allowPrivateTargets: environment.ALLOW_PRIVATE_TARGETS });
  const openCustomer = openCustomers({
    store,
    connectors,
    events,
    publicUrl,
    send: (request, limits) => besidesDeadline(() => outgoing.send(request, limits)),
    lookupDeadlineMs: environment.LOOKUP_DEADLINE_MS,
    now,
  });
  answer = createApp({
    store,
    openCustomer,
    log,
    publicUrl,
    stopping: stopping.signal,
    metrics: environment.METRICS_TOKEN ? await measureFor(environment.METRICS_TOKEN, store) : null,
    graphiql: environment.GRAPHIQL ?? !production,
    openSchema: !production,
    requestsPerCustomer: environment.RATE_LIMIT_PER_CUSTOMER ?? (production ? 6000 : 0),
    failuresPerAddress: environment.RATE_LIMIT_PER_ADDRESS ?? (production ? 20 : 0),
    trustedProxies: environment.TRUSTED_PROXIES ?? [],
    ...(shared && { rateLimit: shared.limits.rateLimit }),
  }).fetch;
  const demo = (environment.DEMO_DATA ?? !production) ? await seedDemo(store, openCustomer, now()) : null;
  const background = startBackground({ store, openCustomer, send: outgoing.send, now, log });
  onStop(async () => {
    stopping.abort();
    await Promise.all([server.drain(), background.stop()]);
    await outgoing.close();
    await Promise.all([events.close(), shared?.limits.close()]);
    await store.close();
    await closeLog(log);
  });
  process.stdout.write(welcome(publicUrl, demo?.token ?? null));
}

/** Figures of operation. Its modules are a twentieth of what is loaded, and nobody needs them without a scraper. */
async function measureFor(token: string, store: Store) {
  const { createMetrics } = await import('./metrics.ts');
  return createMetrics({ token, countDeliveries: () => countDeliveries(store) });
}

/** What several processes share. Its modules take a tenth of a start, and most servers run alone. */
async function shareThrough(url: string, log: Logger) {
  const { createRedisEventBus } = await import('./events/redis-event-bus.ts');
  const { openSharedRateLimits } = await import('./shared-rate-limit.ts');
  const events = createRedisEventBus({
    url,
    onChange: (state, error) =>
      log.warn({ err: error }, state === 'lost' ? 'Redis is away; events stay within the process' : 'Redis is back'),
  });
  return { events, limits: openSharedRateLimits(url) };
}

/** Stops once. Not by `once`: npm passes a Ctrl-C on that the terminal has sent as well, and the second must not kill. */
function onStop(stop: () => Promise<void>): void {
  let stopping = false;
  const begin = () => {
    if (!stopping) void stop();
    stopping = true;
  };
  process.on('SIGINT', begin).on('SIGTERM', begin);
}

try {
  await start(readEnvironment(process.env));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
