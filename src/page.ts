import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';

type Markup = ReturnType<typeof html>;

const style = `
:root { color-scheme: light dark; --line: #8884; --accent: #0b62d6; }
@media (prefers-color-scheme: dark) { :root { --accent: #7db4ff; } }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center; }
main { width: min(26rem, 100% - 2rem); box-sizing: border-box; padding: 2rem; border: 1px solid var(--line); border-radius: .75rem; margin: 2rem 0; }
h1 { font-size: 1.35rem; margin: 0 0 1rem; } h2 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
input, select { font: inherit; width: 100%; box-sizing: border-box; padding: .55rem .65rem; border: 1px solid var(--line); border-radius: .4rem; }
button { font: inherit; font-weight: 600; padding: .6rem 1rem; border-radius: .4rem; border: 1px solid var(--line); cursor: pointer; margin-top: 1.25rem; }
button.primary { background: #0b62d6; color: #fff; border-color: #0b62d6; }
button.plain { border: 0; background: none; color: var(--accent); padding: 0; margin: 0; text-decoration: underline; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.error { border-left: 4px solid #c62828; padding: .25rem .75rem; }
.row { display: flex; gap: .75rem; }
.quiet { color: color-mix(in srgb, currentColor 65%, transparent); font-size: .9rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
`;

const wideStyle = 'main { width: min(60rem, 100% - 2rem); }';

/** A page for people, in the one style of all of them; it needs no script. */
export const page = (title: string, content: Markup | Promise<Markup>, wide = false) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · CRM Lookup</title><style>${raw(wide ? style + wideStyle : style)}</style>
</head>
<body><main><h1>${title}</h1>${content}</main></body>
</html>`;

/** What these pages may load: their own style, and nothing else. Where their forms lead is for the forms to say. */
export const pagePolicy = () => {
  const hashes = [style, style + wideStyle].map(
    (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  );
  return `default-src 'none'; style-src ${hashes.join(' ')}; base-uri 'none'; frame-ancestors 'none'`;
};
