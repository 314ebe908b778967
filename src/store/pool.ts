import pg from 'pg';
import { timeLeft } from './deadline.ts';

/** Opens a pool that outlives its connections; `onError` is told of each that broke while nobody used it. */
export function openPool(config: pg.PoolConfig, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on('error', onError);
  // Whoever uses one that breaks hears of it by the answer they wait for; unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

type Ask = (query: string | { text: string }, ...values: unknown[]) => Promise<unknown>;

/** The pool, where nobody waits longer than they have left, for a connection or for a statement. */
export function punctual(pool: pg.Pool, statementMs: number): pg.Pool {
  pool.on('connect', (client) => {
    const ask = client.query.bind(client) as Ask;
    const query: Ask = async (query, ...values) => {
      const statement = typeof query === 'string' ? { text: query } : query;
      return ask({ ...statement, query_timeout: Math.min(timeLeft(), statementMs) } as typeof statement, ...values);
    };
    Object.assign(client, { query });
  });
  const anyTime = pool.connect.bind(pool);
  // One that is idle comes at once.
  const connect = async () =>
    withRecentPlans(await (pool.idleCount > 0 && timeLeft() > 0 ? anyTime() : withinTimeLeft(anyTime)));
  const query: Ask = async (...statement) => {
    const client = await connect();
    let broken: Error | undefined;
    try {
      return await (client.query as Ask)(...statement);
    } catch (error) {
      broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  };
  return Object.assign(pool, { connect, query }) as pg.Pool;
}

/**
 * A connection keeps the plan of a named statement, which was made for tables as they were: what is best for an empty one
 * reads all of it when it has grown. So plans are made anew this often. Milliseconds.
 */
const planMs = 10_000;

const planned = new WeakMap<pg.PoolClient, number>();

async function withRecentPlans(client: pg.PoolClient): Promise<pg.PoolClient> {
  const now = performance.now();
  const since = planned.get(client);
  if (since !== undefined && now - since < planMs) return client;
  planned.set(client, now);
  if (since === undefined) return client;
  try {
    await client.query('DISCARD PLANS');
    return client;
  } catch (error) {
    client.release(error as Error);
    throw error;
  }
}

/** A connection that comes too late goes back at once. */
async function withinTimeLeft(connect: () => Promise<pg.PoolClient>): Promise<pg.PoolClient> {
  const left = timeLeft();
  const coming = connect();
  if (left === Number.POSITIVE_INFINITY) return coming;
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new Error('timeout of the request exceeded when trying to connect'));
    coming.then(
      (client) => client.release(),
      () => {},
    );
  }, left);
  return Promise.race([coming, late.promise]).finally(() => clearTimeout(timer));
}
