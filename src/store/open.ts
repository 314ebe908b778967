import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type CustomerStore, openCustomerStore } from './customer-store.ts';
import { type EmbeddedDatabase, FolderInUse, joinFolder, openFolder } from './embedded.ts';
import { keyOfFolder } from './key-file.ts';
import { openLines } from './lines.ts';
import { migrate, readMigrations } from './migrate.ts';
import { openPipeline } from './pipeline.ts';
import { askPool, openPool, punctual } from './pool.ts';
import { PrismaClient } from './prisma/client.ts';
import { RowsQuery } from './rows-query.ts';
import { openSeals } from './seal.ts';

export interface StoreOptions {
  /** A PostgreSQL server; without it the embedded database of `dataDir` is opened. */
  databaseUrl?: string | undefined;
  dataDir: string;
  /** What secrets are sealed with, the newest first; without any, a key file of the folder, or none on a server. */
  secretKeys?: string[] | undefined;
  /** Whether to join a process that already has the folder open, instead of refusing. */
  join?: boolean;
  /** Told of errors on idle connections, which nobody else would hear of. */
  onError?: (error: Error) => void;
}

export interface Store {
  /** Sees every customer: for authentication and operators only. */
  readonly operator: PrismaClient;
  /** What is asked too often for that: runs one statement over every customer; its columns come back in camel case. */
  operatorRows<Row>(statement: OperatorStatement, ...values: unknown[]): Promise<Row[]>;
  readonly migrationsApplied: string[];
  forCustomer(customerId: string): CustomerStore;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Under its name a connection keeps the plan of it. */
export interface OperatorStatement {
  readonly name: string;
  readonly text: string;
}

const migrationsFolder = new URL('../../prisma/migrations/', import.meta.url);

/**
 * Opens the database, embedded or PostgreSQL, and migrates it. Throws `FolderInUse`, `MigrationError` or the
 * driver's own error.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const embedded = options.databaseUrl ? null : await openEmbedded(options);
  const pooled = isPooled(options.databaseUrl);
  const connection: pg.ClientConfig = embedded
    ? { user: 'postgres', database: 'postgres', ssl: false, stream: embedded.stream as never }
    : { connectionString: options.databaseUrl as string, keepAlive: true, connectionTimeoutMillis: 2000 };
  const migrationsApplied = await migrateOnce(connection).catch(async (error) => {
    await embedded?.close();
    throw error;
  });
  const onError = (error: Error) => options.onError?.(error);
  const pool = embedded
    ? openPool({ ...connection, ...embeddedPool }, onError)
    : punctual(openPool({ ...connection, ...serverPool, ...(pooled && sessionless) }, onError), statementMs);
  const pipeline =
    embedded || pooled ? null : openPipeline({ ...connection, ...limited }, { connections: 2, answerMs, onError });
  const reports = embedded ? pool : openPool({ ...connection, ...reportPool, ...(pooled && sessionless) }, onError);
  const operator = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: false }) });
  const lines = openLines();
  const seals = openSeals(options.secretKeys ?? (embedded ? [keyOfFolder(options.dataDir)] : []));
  const usual = askPool(pool);
  const namedStatements = embedded === null && !pooled;
  return {
    operator,
    operatorRows: <Row>({ name, text }: OperatorStatement, ...values: unknown[]) =>
      usual(new RowsQuery(text, namedStatements ? name : undefined, values)) as Promise<Row[]>,
    migrationsApplied,
    forCustomer: (customerId) =>
      openCustomerStore(customerId, {
        pool,
        ask: { usual, quick: pipeline?.ask ?? usual, report: askPool(reports) },
        prisma: operator,
        lines,
        seals,
        namedStatements,
      }),
    ping: async () => {
      await pool.query('SELECT 1');
    },
    close: async () => {
      await operator.$disconnect();
      await pipeline?.end();
      await pool.end();
      if (reports !== pool) await reports.end();
      await embedded?.close();
    },
  };
}

/** PGlite is one session: more connections would only wait for each other. */
const embeddedPool: pg.PoolConfig = { max: 1, idleTimeoutMillis: 0, connectionTimeoutMillis: 10_000 };
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
const reportPool: pg.PoolConfig = { max: 4, query_timeout: 20_000, statement_timeout: 20_000 };
/** A pooler refuses limits that belong to a session. */
const sessionless: pg.PoolConfig = {
  statement_timeout: false,
  idle_in_transaction_session_timeout: undefined,
  pipeline: false,
};

/**
 * Whether the address says, in Prisma's words, that a pooler stands before the server, which gives each transaction
 * another session: then nothing can be kept in one.
 */
const isPooled = (databaseUrl?: string) =>
  databaseUrl ? new URL(databaseUrl).searchParams.get('pgbouncer') === 'true' : false;

async function openEmbedded({ dataDir, join }: StoreOptions): Promise<EmbeddedDatabase> {
  try {
    return await openFolder(dataDir);
  } catch (error) {
    if (join && error instanceof FolderInUse) return joinFolder(dataDir);
    throw error;
  }
}

async function migrateOnce(connection: pg.ClientConfig): Promise<string[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await migrate(client, readMigrations(migrationsFolder));
  } finally {
    await client.end();
  }
}
