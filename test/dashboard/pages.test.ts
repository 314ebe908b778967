import { expect, test } from 'vitest';
import { openBrowser } from '../support/oauth.ts';
import { app } from '../support/world.ts';

const get = (path: string, headers: Record<string, string> = {}) =>
  app.fetch(new Request(`http://test.local${path}`, { headers }));

const plainPages = ['/', '/3cx', '/sign-in', '/set-up'];
const dashboardPages = ['/dashboard', '/contacts/new?phone=%2B33612345678', '/contacts/anything'];

test.each([...plainPages, ...dashboardPages])(
  '%s cannot be framed, and says nothing of where it was left',
  async (path) => {
    const { status, headers } = await openBrowser().get(path);
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';.*frame-ancestors 'none'/);
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|\*|http|data:/);
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  },
);

test.each(plainPages)('%s is not kept by browsers', async (path) => {
  expect((await openBrowser().get(path)).headers.get('cache-control')).toBe('no-store');
});

test('what the dashboard is made of loads from this server, and keeps its name for ever', async () => {
  const page = await (await get('/dashboard')).text();
  const addresses = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
  const assets = addresses.filter((address) => address.startsWith('/dashboard/assets/'));
  expect(addresses.filter((address) => !assets.includes(address))).toEqual(['/graphql']);
  for (const address of assets) {
    const { status, headers } = await get(address);
    expect([address, status]).toEqual([address, 200]);
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(headers.get('content-type')).toMatch(/^(text\/(javascript|css)|font\/woff2|image\/svg\+xml)/);
  }
  expect(assets.length).toBeGreaterThan(20);
});

test('a file is sent compressed to who takes that, and not again to who has it', async () => {
  const [address = ''] = (await (await get('/dashboard')).text()).match(/\/dashboard\/assets\/[^"]*main\.ts/) ?? [];
  const [plain, packed] = await Promise.all([get(address), get(address, { 'accept-encoding': 'gzip' })]);
  expect([plain.headers.get('content-encoding'), packed.headers.get('content-encoding')]).toEqual([null, 'gzip']);
  const unpacked = packed.body?.pipeThrough(new DecompressionStream('gzip'));
  expect(await new Response(unpacked).text()).toBe(await plain.text());
  expect((await get(address, { 'if-none-match': plain.headers.get('etag') ?? '' })).status).toBe(304);
});

test('nothing else of the server can be had as a file', async () => {
  for (const name of [
    '../router.ts',
    '%2e%2e/router.ts',
    'browser/../assets.ts',
    'browser/nothing.ts',
    'package.json',
  ]) {
    expect((await get(`/dashboard/assets/x/${name}`)).status).toBe(404);
  }
});
