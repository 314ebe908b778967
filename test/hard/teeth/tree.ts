import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sabotage } from './sabotages.ts';

/** A copy of the sources, in which bugs can be planted while others work on them. */
export interface Tree {
  folder: string;
  /** Does the work while the bug is in. */
  withBug<Result>(bug: Pick<Sabotage, 'file' | 'find' | 'replace'>, work: () => Promise<Result>): Promise<Result>;
  remove(): void;
}

const root = new URL('../../..', import.meta.url).pathname;
/** Generated, and therefore unknown to git. */
const client = 'src/store/prisma';

export function copyTree(): Tree {
  const folder = mkdtempSync(join(tmpdir(), 'crm-lookup-teeth-'));
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const paths = execFileSync('git', list, { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const path of [...paths, client]) cpSync(join(root, path), join(folder, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    withBug: async ({ file, find, replace }, work) => {
      const path = join(folder, file);
      const sound = readFileSync(path, 'utf8');
      writeFileSync(
        path,
        sound.replace(find, () => replace),
      );
      try {
        return await work();
      } finally {
        writeFileSync(path, sound);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
