import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { healthyCrm, type ListeningCrm, templateOf } from './misbehaving-crm.ts';
import type { OwnDatabase } from './own-database.ts';
import { run, temporaryFolder } from './process.ts';

/** Settings of a server that may push to CRMs on this machine. */
export const withCrms = { SECRET_KEY: 'k'.repeat(32), ALLOW_PRIVATE_TARGETS: 'on' };

/** Connects a customer of such a database with a CRM on this machine, which takes every call unless another is given. */
export async function ownCrm(
  database: OwnDatabase,
  customerId: string,
  starting: Promise<ListeningCrm> = healthyCrm(),
): Promise<ListeningCrm> {
  const crm = await starting;
  const file = join(temporaryFolder(), 'template.xml');
  writeFileSync(file, templateOf(crm.url));
  const words = ['integration', 'create', '--customer', customerId, '--connector', '3cx-template', '--file', file];
  const { code, stderr } = await run('src/admin.ts', words, { ...database, ...withCrms }).ended;
  if (code !== 0) throw new Error(stderr);
  return crm;
}
