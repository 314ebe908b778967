import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openStore } from '../../src/store/open.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the suite's database is: a PostgreSQL server, or the folder of the embedded one. */
    database: { databaseUrl?: string; dataDir: string };
  }
}

/** One fresh database for the whole run: on the server of TEST_DATABASE_URL, else embedded in a folder of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL;
  return server ? onServer(server, project) : embedded(project);
}

async function onServer(server: string, project: TestProject): Promise<() => Promise<void>> {
  const name = `crm_lookup_test_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client(server);
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  project.provide('database', { databaseUrl: url.href, dataDir: '' });
  return async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  };
}

async function embedded(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'crm-lookup-test-'));
  const store = await openStore({ dataDir });
  project.provide('database', { dataDir });
  return async () => {
    await store.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
