import { cpus, totalmem } from 'node:os';
import pg from 'pg';

/** On what was measured. */
export async function machineOf(server: string) {
  const client = new pg.Client(server);
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT current_setting('server_version') AS version, current_setting('shared_buffers') AS buffers`,
    );
    return {
      processors: `${cpus().length} × ${cpus()[0]?.model}`,
      memoryGigabytes: Math.round(totalmem() / 1e9),
      node: process.version,
      postgresql: rows[0],
    };
  } finally {
    await client.end();
  }
}
