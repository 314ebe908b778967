import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const root = new URL('../..', import.meta.url).pathname;

/** One file that people write, and the names of what it imports: paths from the root, or packages. */
export interface Source {
  path: string;
  text: string;
  imports: string[];
}

const foreign = /^src\/store\/prisma\/|\.generated\.ts$|(^|\/)node_modules\//;
const importing = /^(?:import|export)\s[^;=(]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm;

export const readText = (path: string) => readFileSync(join(root, path), 'utf8');

export const sources = (pattern: string): Source[] =>
  globSync(pattern, { cwd: root })
    .filter((path) => !foreign.test(path))
    .sort()
    .map((path) => {
      const text = readText(path);
      const names = [...text.matchAll(importing)].map((match) => (match[1] ?? match[2] ?? match[3]) as string);
      return { path, text, imports: names.map((name) => resolved(path, name)) };
    });

const resolved = (path: string, name: string) => (name.startsWith('.') ? normalize(join(dirname(path), name)) : name);
