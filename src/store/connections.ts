import type { Duplex } from 'node:stream';
import type pg from 'pg';
import { openPipeline } from './pipeline.ts';
import { askPool, openPool, punctual } from './pool.ts';
import type { AskRows } from './rows-query.ts';

/** Behind others that are as quick, or beside all others, where it may take longer. */
export type Way = 'quick' | 'report';

/** The ways to one database. */
export interface Connections {
  /** For transactions, and for Prisma. */
  readonly pool: pg.Pool;
  /** For single statements. */
  readonly ask: Readonly<Record<Way | 'usual', AskRows>>;
  /** Named statements are planned once a connection; the embedded session is shared and cannot have them. */
  readonly namedStatements: boolean;
  end(): Promise<void>;
}

type OnError = (error: Error) => void;

/** Milliseconds. */
const statementMs = 1500;
/** The server gives up a statement by itself before; then those behind it survive. */
const answerMs = statementMs + 500;
/** Without these, a database that swallows packets would hold every request, and its own locks, for ever. Milliseconds. */
const limited: pg.ClientConfig = {
  statement_timeout: statementMs,
  idle_in_transaction_session_timeout: 2 * statementMs,
};
const serverPool: pg.PoolConfig = { ...limited, max: 16, pipeline: true };
/** Figures of millions of calls take seconds; being few, they never keep the others from a ringing telephone. */
const reportMs = 20_000;
const reportPool: pg.PoolConfig = { max: 4, query_timeout: reportMs, statement_timeout: reportMs };
/** A pooler refuses limits that belong to a session. */
const sessionless: pg.PoolConfig = {
  statement_timeout: false,
  idle_in_transaction_session_timeout: undefined,
  pipeline: false,
};

/** How to reach a server. Milliseconds. */
export const toServer = (databaseUrl: string): pg.ClientConfig => ({
  connectionString: databaseUrl,
  keepAlive: true,
  connectionTimeoutMillis: 2000,
});

/** How to reach the embedded database, over streams of this process or to one that has it open. */
export const toEmbedded = (stream: () => Duplex): pg.ClientConfig => ({
  user: 'postgres',
  database: 'postgres',
  ssl: false,
  stream: stream as never,
});

/** Connects to a server, or to a pooler before it. */
export function connectToServer(server: pg.ClientConfig, onError: OnError): Connections {
  const pooled = isPooled(server);
  const pool = punctual(openPool({ ...server, ...serverPool, ...(pooled && sessionless) }, onError), statementMs);
  const pipeline = pooled ? null : openPipeline({ ...server, ...limited }, { connections: 2, answerMs, onError });
  const reports = openPool({ ...server, ...reportPool, ...(pooled && sessionless) }, onError);
  const usual = askPool(pool);
  return {
    pool,
    ask: { usual, quick: pipeline?.ask ?? usual, report: askPool(reports) },
    namedStatements: !pooled,
    end: async () => {
      await pipeline?.end();
      await Promise.all([pool.end(), reports.end()]);
    },
  };
}

/**
 * Whether the address says, in Prisma's words, that a pooler stands before the server, which gives each transaction
 * another session: then nothing can be kept in one.
 */
const isPooled = ({ connectionString }: pg.ClientConfig) =>
  new URL(connectionString as string).searchParams.get('pgbouncer') === 'true';

/** PGlite is one session, which its connections have in turn: more of one kind would only wait for each other. */
const embeddedPool: pg.PoolConfig = { max: 1, idleTimeoutMillis: 0 };
/** What it has begun cannot be given up, and the first statement of a large transaction may wait for the one before. */
const embeddedMs = 10_000;

/**
 * Connects to the embedded database. As each kind of question has a connection, a lookup waits for one transaction or one
 * report, and not for all that came before it.
 */
export function connectToEmbedded(embedded: pg.ClientConfig, onError: OnError): Connections {
  const open = (config: pg.PoolConfig = {}) => openPool({ ...embedded, ...embeddedPool, ...config }, onError);
  const pool = punctual(open(), embeddedMs);
  const singles = punctual(open(), embeddedMs);
  const reports = open({ connectionTimeoutMillis: reportMs, query_timeout: reportMs });
  const usual = askPool(singles);
  return {
    pool,
    ask: { usual, quick: usual, report: askPool(reports) },
    namedStatements: false,
    end: async () => {
      await Promise.all([pool.end(), singles.end(), reports.end()]);
    },
  };
}
