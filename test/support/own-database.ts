import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './process.ts';

/** Settings of a server with an empty database of its own: a folder, or a database on the server of TEST_DATABASE_URL. */
export async function ownDatabase(): Promise<{ DATA_DIR: string; DATABASE_URL: string }> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) return { DATA_DIR: temporaryFolder(), DATABASE_URL: '' };
  const name = `crm_lookup_hard_${randomUUID().replaceAll('-', '')}`;
  await onDatabase(server, `CREATE DATABASE ${name}`);
  onTestFinished(() => onDatabase(server, `DROP DATABASE ${name} WITH (FORCE)`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { DATA_DIR: '', DATABASE_URL: url.href };
}

async function onDatabase(server: string, statement: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
