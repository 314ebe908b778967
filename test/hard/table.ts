import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onPostgres, smoke } from './rig.ts';

const phrase = (figures: Record<string, number | string>) =>
  Object.entries(figures)
    .map(([name, figure]) => `${name} ${figure}`)
    .join(', ');

/** Collects what the rows found, and prints it as a table when all have run. */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'crm-lookup-hard-'));
  const file = join(folder, 'figures');
  process.env.HARD_FIGURES = file;
  return () => {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    const rows = lines.map((line) => JSON.parse(line)).map(({ row, figures }) => `| ${row} | ${phrase(figures)} |`);
    const where = `${onPostgres ? 'PostgreSQL' : 'embedded'}${smoke ? ', smoke' : ''}`;
    if (rows.length) process.stdout.write(`\n| row (${where}) | found |\n| --- | --- |\n${rows.join('\n')}\n\n`);
    rmSync(folder, { recursive: true, force: true });
  };
}
