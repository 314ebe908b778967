import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { customerOf, logCallSql } from '../by-hand.ts';

// PostGraphile 5: its schema is that of the tables, and what has rules is a function beside them. The client names the customer in
// its conditions, which spares it the settings and row policies that would hold customers apart.

const connectionString = process.env.DATABASE_URL as string;

const client = new pg.Client({ connectionString });
await client.connect();
await client.query(`
  CREATE SCHEMA IF NOT EXISTS peers;
  CREATE OR REPLACE FUNCTION peers.log_phone_call(customer uuid, number text, extension text, seconds int, began timestamptz, subject text)
  RETURNS public.phone_calls LANGUAGE sql VOLATILE AS $$ ${logCallSql('*')} $$`);
await client.end();

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  // Otherwise no condition could name a column that stands behind another one in an index.
  disablePlugins: ['PgIndexBehaviorsPlugin'],
  pgServices: [makePgService({ connectionString, schemas: ['public', 'peers'], poolConfig: { max: 16 } })],
  schema: { pgOrderByNullsLast: true },
  grafserv: { graphqlPath: '/graphql', graphiql: false },
  grafast: {
    context: async ({ node }) => {
      if (!(await customerOf(node?.req.headers.authorization))) throw new Error('Unauthenticated.');
      return {};
    },
  },
});

const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(0, '127.0.0.1', () =>
  console.log(`Address   http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
