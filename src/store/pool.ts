import pg from 'pg';
import { inTimeLeft, timeLeft } from './deadline.ts';
import { refreshPlans } from './plans.ts';
import { type AskRows, askClient, limitAnswers } from './rows-query.ts';

/** Opens a pool that outlives its connections; `onError` is told of each that broke while nobody used it. */
export function openPool(config: pg.PoolConfig, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on('error', onError);
  // Whoever uses one that breaks hears of it by the answer they wait for; unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

type Ask = (query: string | object, ...values: unknown[]) => Promise<unknown>;

/** The pool, where nobody waits longer than they have left, for a connection or for a statement. */
export function punctual(pool: pg.Pool, statementMs: number): pg.Pool {
  const limitMs = () => Math.min(timeLeft(), statementMs);
  pool.on('connect', (client) => {
    limitAnswers(client, limitMs);
    const ask = client.query.bind(client) as Ask;
    const query: Ask = (query, ...values) => {
      const query_timeout = limitMs();
      return ask({ ...(typeof query === 'string' ? { text: query } : query), query_timeout }, ...values);
    };
    Object.assign(client, { query });
  });
  const anyTime = pool.connect.bind(pool);
  const connect = async () => {
    // One that is idle comes at once.
    const idle = timeLeft() > 0 && pool.idleCount > 0;
    const client = await (idle ? anyTime() : inTimeLeft(anyTime(), (late) => late.release()));
    if (client.pipeline) refreshPlans(client);
    return client;
  };
  const query: Ask = (...statement) => lend(connect, (client) => (client.query as Ask)(...statement));
  return Object.assign(pool, { connect, query }) as pg.Pool;
}

/** Asks any connection of a pool. */
export const askPool =
  (pool: pg.Pool): AskRows =>
  (query) =>
    lend(
      () => pool.connect(),
      (client) => askClient(client)(query),
    );

/** A connection on which something failed is not used again. */
async function lend<Result>(
  connect: () => Promise<pg.PoolClient>,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await connect();
  let broken: Error | undefined;
  try {
    return await work(client);
  } catch (error) {
    broken = error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}
