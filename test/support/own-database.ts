import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { createAccessToken } from '../../src/auth/access-token.ts';
import { createCustomer, createWorkspace } from '../../src/domain/customer.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { temporaryFolder } from './process.ts';

/** Settings of a server that say where its database is. */
export type OwnDatabase = Record<'DATA_DIR' | 'DATABASE_URL', string>;

/** Settings of a server with an empty database of its own: a folder, or a database on the server of TEST_DATABASE_URL. */
export async function ownDatabase(): Promise<OwnDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) return { DATA_DIR: temporaryFolder(), DATABASE_URL: '' };
  const name = `crm_lookup_hard_${randomUUID().replaceAll('-', '')}`;
  await onDatabase(server, `CREATE DATABASE ${name}`);
  onTestFinished(async () => void (await onDatabase(server, `DROP DATABASE ${name} WITH (FORCE)`)));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { DATA_DIR: '', DATABASE_URL: url.href };
}

/** Runs one statement over a connection of its own; answers its rows. */
export async function onDatabase(url: string, statement: string): Promise<any[]> {
  // What breaks is told by what is waited for.
  const client = new pg.Client(url).on('error', () => {});
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Works with such a database, beside the server if one has it open. */
export async function withStore<Result>(
  { DATABASE_URL: databaseUrl, DATA_DIR: dataDir }: OwnDatabase,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = await openStore({ databaseUrl, dataDir, join: true });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Makes a customer in such a database; answers its id and a token. */
export const ownCustomer = (database: OwnDatabase): Promise<{ id: string; token: string }> =>
  withStore(database, async (store) => {
    const workspace = await createWorkspace(store, 'Test');
    const place = { defaultCountry: 'FR', timeZone: 'Europe/Paris' };
    const { id } = await createCustomer(store, { workspaceId: workspace.id, name: 'Test', ...place });
    const scopes = ['client', 'crm'];
    return { id, token: (await createAccessToken(store, { customerId: id, scopes, expiresAt: null })).token };
  });
