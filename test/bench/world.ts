import pg from 'pg';
import { createAccessToken } from '../../src/auth/access-token.ts';
import { openStore } from '../../src/store/open.ts';
import type { Caller } from './driver.ts';
import { fill } from './fill.ts';
import type { Size } from './size.ts';

export interface BenchWorld {
  databaseUrl: string;
  size: Size;
  /** Whoever looks up and logs. */
  callers: Caller[];
  /** Whose calls the figures are reckoned from. */
  figures: Caller;
  /** Drops the database, or leaves it as it was built. */
  close(keep: boolean): Promise<void>;
}

/**
 * A database of this size on the server, built by the product's own migrations; one that is there already is used again. Its
 * name begins as given.
 */
export async function openWorld(
  server: string,
  beginning: string,
  size: Size,
  tell: (line: string) => void,
): Promise<BenchWorld> {
  const name = `${beginning}_${Object.values(size).join('_')}`;
  const databaseUrl = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  const there = await query(server, 'SELECT FROM pg_database WHERE datname = $1', [name]);
  if (there.length === 0) await query(server, `CREATE DATABASE ${name}`);
  const drop = () => query(server, `DROP DATABASE ${name} WITH (FORCE)`);
  const store = await openStore({ databaseUrl, dataDir: '' });
  try {
    if ((await store.operator.customer.count()) === 0) await build(databaseUrl, size, tell);
    const customers = await store.operator.customer.findMany({ select: { id: true, name: true } });
    const expiresAt = new Date(Date.now() + 24 * 3600 * 1000);
    const callers = await Promise.all(
      customers.map(async ({ id, name }) => {
        const { token } = await createAccessToken(store, { customerId: id, scopes: ['client', 'crm'], expiresAt });
        return { name, customer: id, token };
      }),
    );
    return {
      databaseUrl,
      size,
      callers: callers.filter(({ name }) => name !== 'Figures'),
      figures: callers.find(({ name }) => name === 'Figures') as Caller,
      close: async (keep) => {
        if (!keep) await drop();
        else for (const statement of asBuilt) await query(databaseUrl, statement);
      },
    };
  } catch (error) {
    if (there.length === 0) await drop();
    throw error;
  } finally {
    await store.close();
  }
}

/** Without the tokens, what peers made for themselves, and what was logged while it was measured, which lies after the history. */
const asBuilt = [
  `DELETE FROM phone_calls WHERE start_time >= '2027-01-01'`,
  'DELETE FROM access_tokens',
  'DROP SCHEMA IF EXISTS peers CASCADE',
  'VACUUM (ANALYZE)',
];

async function build(databaseUrl: string, size: Size, tell: (line: string) => void): Promise<void> {
  const began = performance.now();
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await fill(client, size, tell);
  } finally {
    await client.end();
  }
  tell(`built within ${Math.round((performance.now() - began) / 1000)} s`);
}

async function query(databaseUrl: string, text: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}
