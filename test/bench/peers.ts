import { existsSync } from 'node:fs';
import type { Compared } from './comparison.ts';
import { startOther } from './server-process.ts';

/** What a user might take instead, and in whose words it is asked. */
const peers = {
  'Mercurius + Prisma': { file: 'mercurius-prisma', language: 'mercurius' },
  'Mercurius + pg': { file: 'mercurius-pg', language: 'mercurius' },
  'PostGraphile 5': { file: 'postgraphile', language: 'postgraphile' },
};

/** Throws when the packages of the peers are not installed. */
export function checkPeers(): void {
  if (!existsSync(new URL('peers/node_modules', import.meta.url)))
    throw new Error('The peers have packages of their own. Install them first: npm ci --prefix test/bench/peers');
}

/** Starts the peers, all of which speak GraphQL alone. */
export async function startPeers(settings: Record<string, string>): Promise<Record<string, Compared>> {
  const started: Record<string, Compared> = {};
  for (const [name, { file, language }] of Object.entries(peers)) {
    const server = await startOther(`test/bench/peers/${file}.ts`, settings);
    started[name] = { server, language, graphqlOnly: true };
  }
  return started;
}
