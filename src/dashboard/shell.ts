import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import { type Assets, importedPackages, packageFile } from './assets.ts';

/** The one page of the dashboard: empty, with the addresses of what fills it. It says nothing of anybody. */
export interface Shell {
  page: string;
  /** Its content security policy: its own files, its own server, and the one script that stands in it. */
  policy: string;
}

export function createShell({ version, files }: Assets): Shell {
  const base = `/dashboard/assets/${version}`;
  const imports = Object.keys(importedPackages).map((name) => [name, `${base}/${packageFile(name)}`]);
  const importMap = JSON.stringify({ imports: Object.fromEntries(imports) });
  const named = [...files.keys()];
  const styles = named.filter((name) => name.endsWith('.css')).sort();
  const modules = named.filter((name) => /^(browser|packages)\/.*\.(ts|js)$/.test(name) && name !== early);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
<title>CRM Lookup</title>
<script src="${base}/${early}"></script>
<link rel="icon" href="${base}/style/icon.svg" type="image/svg+xml">
<link rel="preload" href="${base}/packages/inter.woff2" as="font" type="font/woff2" crossorigin>
${styles.map((name) => html`<link rel="stylesheet" href="${base}/${name}">`)}
<script type="importmap">${raw(importMap)}</script>
${modules.map((name) => html`<link rel="modulepreload" href="${base}/${name}">`)}
<script type="module" src="${base}/browser/main.ts"></script>
</head>
<body><div id="app"></div><noscript><p class="noscript">This page needs JavaScript. The same history can be asked for at <a href="/graphql">/graphql</a>.</p></noscript></body>
</html>`;
  return { page: String(page), policy: policyOf(importMap) };
}

/** Runs before anything is drawn, so that the page never flashes in the other theme. */
const early = 'browser/early.ts';

const policyOf = (importMap: string) =>
  [
    "default-src 'none'",
    `script-src 'self' 'sha256-${createHash('sha256').update(importMap).digest('base64')}'`,
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
