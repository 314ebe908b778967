import { readFileSync, writeFileSync } from 'node:fs';
import { generate } from '@graphql-codegen/cli';
import type { z } from 'zod';
import codegen from '../codegen.ts';
import { settings } from '../src/env.ts';
import { printedSchema } from '../src/schema/print.ts';

// Writes every generated file; with --check it writes nothing, and fails when one of them is not current.

const check = process.argv.includes('--check');
const root = new URL('..', import.meta.url);
process.chdir(root.pathname);

function settingsTable(): string {
  const rows = Object.entries<z.ZodType>(settings.shape).map(([name, setting]) => {
    const preset = setting.safeParse(undefined).data;
    return `| \`${name}\` | ${preset === undefined ? '' : `\`${preset}\``} | ${setting.description} |`;
  });
  return ['| setting | default | what it is for |', '| --- | --- | --- |', ...rows].join('\n');
}

function readmeWithSettings(): string {
  const readme = readFileSync('README.md', 'utf8');
  const markers = /(<!-- settings -->)[\s\S]*?(<!-- \/settings -->)/;
  if (!markers.test(readme)) throw new Error('README.md has no place for the settings.');
  return readme.replace(markers, (_, before: string, after: string) => `${before}\n${settingsTable()}\n${after}`);
}

const stale: string[] = [];

function put(file: string, content: string): void {
  if (readFileSync(file, { encoding: 'utf8', flag: 'a+' }) === content) return;
  if (check) stale.push(file);
  else writeFileSync(file, content);
}

put('src/schema/schema.graphql', printedSchema());
const outputs = (await generate({ ...codegen, schema: printedSchema(), silent: true }, false)) as {
  filename: string;
  content: string;
}[];
for (const { filename, content } of outputs) put(filename, content);
put('README.md', readmeWithSettings());

if (stale.length > 0) {
  process.stderr.write(`Not current: ${stale.join(', ')}. Run "npm run generate" and commit the result.\n`);
  process.exit(1);
}
