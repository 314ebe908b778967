import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { connectToEmbedded, connectToServer, toEmbedded, toServer } from './connections.ts';
import { type CustomerStore, openCustomerStore } from './customer-store.ts';
import { type EmbeddedDatabase, FolderInUse, joinFolder, openFolder } from './embedded.ts';
import { keyOfFolder } from './key-file.ts';
import { openLines } from './lines.ts';
import { migrate, readMigrations } from './migrate.ts';
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
  const onError = (error: Error) => options.onError?.(error);
  const embedded = options.databaseUrl ? null : await openEmbedded(options);
  const address = embedded ? toEmbedded(embedded.stream) : toServer(options.databaseUrl as string);
  const migrationsApplied = await migrateOnce(address).catch(async (error) => {
    await embedded?.close();
    throw error;
  });
  const connections = embedded ? connectToEmbedded(address, onError) : connectToServer(address, onError);
  const { pool, ask, namedStatements } = connections;
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: false }) });
  const lines = openLines();
  const seals = openSeals(options.secretKeys ?? (embedded ? [keyOfFolder(options.dataDir)] : []));
  return {
    operator: prisma,
    operatorRows: <Row>({ name, text }: OperatorStatement, ...values: unknown[]) =>
      ask.usual(new RowsQuery(text, namedStatements ? name : undefined, values)) as Promise<Row[]>,
    migrationsApplied,
    forCustomer: (customerId) => openCustomerStore(customerId, { pool, ask, prisma, lines, seals, namedStatements }),
    ping: async () => {
      await ask.usual(new RowsQuery('SELECT 1', undefined, []));
    },
    close: async () => {
      await prisma.$disconnect();
      await connections.end();
      await embedded?.close();
    },
  };
}

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
