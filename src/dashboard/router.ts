import { type Context, Hono } from 'hono';
import { type AccessSetup, createAccessRouter } from './access.ts';
import { type Asset, type Assets, loadAssets } from './assets.ts';
import { createShell, type Shell } from './shell.ts';

/** The page of a new contact is the one that is called `new`. */
const pages = ['/dashboard', '/contacts/:id'];

/** The dashboard and the pages of contacts: one empty page, the files that fill it, and access for who is signed in. */
export function createDashboardRouter(setup: AccessSetup): Hono {
  const router = new Hono({ strict: false });
  let loading: Promise<{ assets: Assets; shell: Shell }> | undefined;
  const loaded = () => {
    loading ??= loadAssets().then((assets) => ({ assets, shell: createShell(assets) }));
    return loading;
  };
  for (const path of pages) {
    router.get(path, async (c) => {
      const { shell } = await loaded();
      c.header('Content-Security-Policy', shell.policy);
      c.header('Cache-Control', 'no-cache');
      return c.html(shell.page);
    });
  }
  router.get('/dashboard/assets/:version/*', async (c) => {
    const { assets } = await loaded();
    const version = c.req.param('version');
    const asset = assets.files.get(c.req.path.slice(`/dashboard/assets/${version}/`.length));
    if (!asset) return c.text('There is no such file.\n', 404);
    return send(c, asset, version === assets.version, assets.version);
  });
  router.route('/dashboard/access', createAccessRouter(setup));
  return router;
}

/** A file of the running version is kept for ever; an older page that asks gets today's, and is not to keep it. */
function send(c: Context, asset: Asset, current: boolean, version: string): Response {
  c.header('Content-Type', asset.type);
  c.header('Cache-Control', current ? 'public, max-age=31536000, immutable' : 'no-cache');
  c.header('ETag', `"${version}"`);
  c.header('Vary', 'Accept-Encoding');
  if (c.req.header('if-none-match') === `"${version}"`) return c.body(null, 304);
  if (asset.gzipped === asset.body || !/\bgzip\b/.test(c.req.header('accept-encoding') ?? ''))
    return c.body(asset.body);
  c.header('Content-Encoding', 'gzip');
  return c.body(asset.gzipped);
}
