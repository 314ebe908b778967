import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onPostgres } from '../hard/rig.ts';
import { freePort } from '../support/free-port.ts';
import { buildImage, type Image, runInImage } from '../support/image.ts';
import { ownDatabase } from '../support/own-database.ts';
import { temporaryFolder, welcomed } from '../support/process.ts';
import { readText } from '../support/sources.ts';

const manifest = JSON.parse(readText('package.json'));

/** Names of the packages without which one cannot be. */
const neededBy = ({ dependencies, peerDependencies, peerDependenciesMeta }: typeof manifest) => [
  ...Object.keys(dependencies ?? {}),
  ...Object.keys(peerDependencies ?? {}).filter((name) => !peerDependenciesMeta?.[name]?.optional),
];

describe.runIf(onPostgres)('the image that the Dockerfile makes', () => {
  let image: Image;
  let app: string;

  beforeAll(async () => {
    const folder = temporaryFolder(afterAll);
    chmodSync(folder, 0o755);
    image = await buildImage(folder);
    app = join(image.root, image.workdir);
  }, 180_000);

  test('runs the release of Node that everybody else has, for production, as nobody in particular', () => {
    const { base, env, user, ports } = image;
    expect({ base, env, user, ports }).toEqual({
      base: `node:${manifest.devDependencies.node}-slim`,
      env: { NODE_ENV: 'production', HOST: '0.0.0.0', PORT: '4000' },
      user: 'node',
      ports: ['4000'],
    });
  });

  test('holds the program and the packages that it asks for, and nothing else', () => {
    const { packages } = JSON.parse(readFileSync(join(app, 'node_modules/.package-lock.json'), 'utf8'));
    const asking = [manifest, ...(Object.values(packages) as (typeof manifest)[])];
    const asked = new Set(asking.flatMap(neededBy));
    const unasked = Object.keys(packages).filter((path) => !asked.has(path.split('node_modules/').pop() as string));
    expect({ top: readdirSync(app).sort(), unasked }).toEqual({
      top: ['.data', '.npmrc', 'node_modules', 'package-lock.json', 'package.json', 'prisma', 'src'],
      unasked: [],
    });
    const [size] = execFileSync('du', ['-sm', app], { encoding: 'utf8' }).split('\t');
    console.info(`The image adds ${size} MB to its base.`);
  });

  test('answers and is healthy where it can write nothing, and drains when it is told to stop', async () => {
    const { DATABASE_URL } = await ownDatabase();
    const settings = { DATABASE_URL, HOST: '127.0.0.1', PORT: String(await freePort()) };
    const checked = async () => (await runInImage(image, image.healthCheck, settings).ended).code;
    expect(await checked()).toBe(1);

    const server = await welcomed(runInImage(image, image.command, { ...settings, DEMO_DATA: 'on' }));
    expect(await checked()).toBe(0);
    expect((await fetch(`${server.url}/ready`)).status).toBe(200);
    const running = execFileSync('ps', ['-o', 'args=', '-p', String(server.pid)], { encoding: 'utf8' });
    expect(running.trim()).toBe(manifest.scripts.start);

    const search = `${server.url}/api/crm/lookup/contacts/search?phone=0612345678`;
    const found = await fetch(search, { headers: { authorization: `Bearer ${server.token}` } });
    expect((await found.json()).contacts).toEqual([expect.objectContaining({ last_name: 'Martin' })]);
    const operator = await runInImage(image, ['node', 'src/admin.ts', 'customer', 'list'], settings).ended;
    expect(JSON.parse(operator.stdout).customers).toHaveLength(1);

    server.signal('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0, signal: null });
  }, 90_000);
});
