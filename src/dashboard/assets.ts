import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { gzipSync } from 'node:zlib';

/** One file for the browser, as it is and compressed. */
export interface Asset {
  type: string;
  body: Buffer<ArrayBuffer>;
  gzipped: Buffer<ArrayBuffer>;
}

export interface Assets {
  /** Changes whenever a file does, so that browsers may keep each under its address for ever. */
  version: string;
  files: Map<string, Asset>;
}

const here = new URL('.', import.meta.url);
const packages = new URL('../../node_modules/', import.meta.url);

/** The modules that the browser's code imports by name, and where each lies in its package. */
export const importedPackages = {
  preact: 'preact/dist/preact.mjs',
  'preact/hooks': 'preact/hooks/dist/hooks.mjs',
  htm: 'htm/dist/htm.module.js',
  'htm/preact': 'htm/preact/index.module.js',
  '@preact/signals': '@preact/signals/dist/signals.module.js',
  '@preact/signals-core': '@preact/signals-core/dist/signals-core.module.js',
  uplot: 'uplot/dist/uPlot.esm.js',
} as const;

/** What packages have for the browser besides modules. */
const otherFiles = {
  'uplot.css': 'uplot/dist/uPlot.min.css',
  'inter.woff2': '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
} as const;

const types: Record<string, string> = {
  ts: 'text/javascript; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};

/** Where a package's module lies among the assets. */
export const packageFile = (name: string) => `packages/${name.replaceAll('/', '-')}.js`;

/** Reads every file for the browser once; TypeScript loses its types on the way and stays the same otherwise. */
export async function loadAssets(): Promise<Assets> {
  const files = new Map<string, Asset>();
  const put = (name: string, body: Buffer<ArrayBuffer>) => {
    const type = types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
    files.set(name, { type, body, gzipped: type.startsWith('font/') ? body : Buffer.from(gzipSync(body)) });
  };
  for (const folder of ['browser', 'style']) {
    for (const name of (await readdir(new URL(folder, here))).sort()) {
      const text = await readFile(new URL(`${folder}/${name}`, here), 'utf8');
      put(`${folder}/${name}`, Buffer.from(name.endsWith('.ts') ? stripTypeScriptTypes(text) : text));
    }
  }
  for (const [name, path] of Object.entries(importedPackages)) put(packageFile(name), await readPackage(path));
  for (const [name, path] of Object.entries(otherFiles)) put(`packages/${name}`, await readPackage(path));
  return { version: versionOf(files), files };
}

const readPackage = async (path: string) => Buffer.from(await readFile(new URL(path, packages)));

function versionOf(files: Map<string, Asset>): string {
  const hash = createHash('sha256');
  for (const [name, { body }] of files) hash.update(name).update(body);
  return hash.digest('base64url').slice(0, 16);
}
