import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { ClientBase } from 'pg';

/** The same lock and the same table that `prisma migrate deploy` uses, so that either may run first. */
const prismaMigrateLock = 72707369;
const createLedger = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/** The database and the program disagree about its history; a person must look. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** The migrations that belong to this version of the program, oldest first. */
export function readMigrations(folder: URL): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => {
      const sql = readFileSync(new URL(`${entry.name}/migration.sql`, folder), 'utf8');
      return { name: entry.name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Brings the database up to date, each migration in a transaction of its own; answers the names it applied. Throws
 * `MigrationError` where an applied migration was edited, failed, or is unknown to this version.
 */
export async function migrate(client: ClientBase, migrations: Migration[]): Promise<string[]> {
  const applied: string[] = [];
  let next = await applyNext(client, migrations);
  while (next) {
    applied.push(next);
    next = await applyNext(client, migrations);
  }
  return applied;
}

/** The lock ends with its transaction: one of the session would stay behind where a pooler gives out another. */
async function applyNext(client: ClientBase, migrations: Migration[]): Promise<string | undefined> {
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [prismaMigrateLock]);
    await client.query(createLedger);
    const [next] = await unappliedMigrations(client, migrations);
    if (next) await apply(client, next);
    await client.query('COMMIT');
    return next?.name;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

async function unappliedMigrations(client: ClientBase, migrations: Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { name, checksum, finished } of rows) {
    if (!finished)
      throw new MigrationError(`Migration ${name} failed earlier; repair the database, then mark it resolved.`);
    const migration = known.get(name);
    if (!migration) throw new MigrationError(`The database has migration ${name}, which this version does not know.`);
    if (migration.checksum !== checksum) throw new MigrationError(`Migration ${name} was edited after it was applied.`);
    known.delete(name);
  }
  return [...known.values()];
}

async function apply(client: ClientBase, migration: Migration): Promise<void> {
  await client.query(migration.sql).catch((cause: Error) => {
    throw new MigrationError(`Migration ${migration.name} failed and was undone: ${cause.message}`, { cause });
  });
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, now(), 1)`,
    [randomUUID(), migration.checksum, migration.name],
  );
}
