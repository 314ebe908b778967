import { expect, test } from 'vitest';
import { readText, type Source, sources } from './support/sources.ts';

/** From the roof to the ground: what the files of a room may import, besides each other. */
const house: Record<string, string> = {
  server:
    'app background connectors domain env events explain http log metrics outgoing seed shared-rate-limit store welcome',
  admin: 'auth connectors domain env events explain limits outgoing phone-number store',
  explain: 'env errors store',
  seed: 'auth connectors domain store',
  app: 'auth connectors context dashboard domain errors export gate graphql http integrations metrics oauth openapi outgoing pages pbx rate-limit rest schema security-headers store',
  background: 'connectors domain store',
  openapi: 'export limits rest',
  export: 'domain gate rest schema store',
  rest: 'errors http iso-time limits storable',
  integrations: 'domain errors page store',
  pbx: 'auth connectors id oauth page store',
  dashboard: 'auth oauth store',
  oauth: 'auth errors id page rate-limit store',
  graphql: 'auth context domain errors gate http limits schema storable',
  schema: 'auth context domain errors events iso-time limits storable',
  context: 'auth domain',
  metrics: 'auth',
  gate: 'auth errors rate-limit',
  domain: 'connectors digest errors events id limits links outgoing phone-number store',
  connectors: 'digest errors id limits links outgoing phone-number storable store',
  auth: 'errors id store',
  store: 'errors',
  events: 'redis',
  outgoing: '',
  'phone-number': '',
  'shared-rate-limit': 'rate-limit redis',
  'rate-limit': '',
  redis: '',
  'compile-cache': '',
  pages: 'page',
  'security-headers': 'http page',
  http: '',
  page: '',
  welcome: '',
  log: '',
  env: '',
  links: '',
  limits: '',
  storable: '',
  errors: '',
  digest: '',
  'iso-time': '',
  id: '',
};

const written = [...sources('src/**/*.ts'), ...sources('prisma/{seed,seed/*}.ts')];

const roomOf = (path: string) => path.match(/^(?:src|prisma)\/([^/.]+)/)?.[1] ?? path;
const isOwn = (name: string) => /^(src|prisma)\//.test(name);
const packages = ({ imports }: Source) => imports.filter((name) => !isOwn(name));
const floorOf = (path: string) => Object.keys(house).indexOf(roomOf(path));

test('every file has a room, and rooms import downwards only', () => {
  const strangers = written.filter(({ path }) => floorOf(path) < 0).map(({ path }) => path);
  const upwards = written.flatMap(({ path, imports }) =>
    imports
      .filter((name) => isOwn(name) && roomOf(name) !== roomOf(path))
      .filter((name) => floorOf(name) <= floorOf(path) || !house[roomOf(path)]?.split(' ').includes(roomOf(name)))
      .map((name) => `${path} imports ${name}`),
  );
  expect({ strangers, upwards }).toEqual({ strangers: [], upwards: [] });
});

test('no file imports itself by way of others', () => {
  const importsOf = new Map(written.map(({ path, imports }) => [path, imports.filter(isOwn)]));
  const circles: string[] = [];
  const clear = new Set<string>();
  const visit = (path: string, way: string[]) => {
    if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(' → '));
    else if (!clear.has(path)) for (const next of importsOf.get(path) ?? []) visit(next, [...way, path]);
    clear.add(path);
  };
  for (const path of importsOf.keys()) visit(path, []);
  expect(circles).toEqual([]);
});

test('the floors below the two faces know neither HTTP nor GraphQL', () => {
  const faces = /^(@?hono\b|graphql|@graphql|@pothos|@escape\.tech|node:https?$)/;
  const found = written
    .filter(({ path }) => ['domain', 'connectors', 'store', 'auth'].includes(roomOf(path)))
    .flatMap((source) => packages(source).map((name) => `${source.path} imports ${name}`))
    .filter((line) => faces.test(line.split(' imports ')[1] ?? ''));
  expect(found).toEqual([]);
});

test('what runs in the browser knows nothing of the server but its documents, and the server nothing of it', () => {
  const ofBrowser = /^src\/dashboard\/browser\//;
  const served = /^(preact(\/hooks)?|htm\/preact|@preact\/signals|uplot|@graphql-typed-document-node\/core)$/;
  const crossing = written.flatMap(({ path, imports }) =>
    imports
      .filter((name) => (ofBrowser.test(path) ? !ofBrowser.test(name) && !served.test(name) : ofBrowser.test(name)))
      .map((name) => `${path} imports ${name}`),
  );
  expect(written.some(({ path }) => ofBrowser.test(path))).toBe(true);
  expect(crossing).toEqual([]);
});

test('only the store speaks to a database', () => {
  const drivers = /^(pg$|@prisma\/|@electric-sql\/|node:sqlite$)/;
  const found = written
    .filter((source) => roomOf(source.path) !== 'store' && packages(source).some((name) => drivers.test(name)))
    .map(({ path }) => path);
  expect(found).toEqual([]);
});

test('only the edges of a process read its environment', () => {
  const readers = written.filter(({ text }) => /process\.env\b/.test(text)).map(({ path }) => path);
  expect(readers).toEqual(['src/admin.ts', 'src/server.ts']);
});

test('only credentials, operators, the work in the background and the demo data can see every customer', () => {
  const seers = written.filter(({ text }) => /\.operator\b/.test(text)).map(({ path }) => path);
  const allowed =
    /^(src\/auth\/[\w-]+\.ts|src\/domain\/(customer|delivery-count|delivery-queue|webhook-queue|reseal|sweep)\.ts|prisma\/seed\.ts)$/;
  expect(seers).not.toEqual([]);
  expect(seers.filter((path) => !allowed.test(path))).toEqual([]);
});

test('no file has more than 250 lines', () => {
  const long = [...written, ...sources('test/**/*.ts')]
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > 250);
  expect(long).toEqual([]);
});

test('no test is left out, and none shuts the others out', () => {
  const left = sources('test/**/*.ts').filter(({ text }) =>
    /\b(test|it|describe|suite)\.(skip|only|todo)\b/.test(text),
  );
  expect(left.map(({ path }) => path)).toEqual([]);
});

/** What works off the database as a whole, and where it may be had to: in one file of tests, its parts and what supports them. */
const wholesale: Record<string, RegExp> = {
  'src/domain/sweep.ts': /^test\/domain\/sweep\//,
  'src/background.ts': /^test\/domain\/deliveries\//,
  'src/domain/delivery-queue.ts': /^test\/support\/(queue|template-crm)\.ts/,
  'src/domain/webhook-queue.ts': /^test\/support\/endpoint\.ts/,
  'test/support/queue.ts': /^test\/(domain\/deliveries\/|support\/crm-storm\.ts)/,
  'test/support/endpoint.ts': /^test\/domain\/webhooks\.test\.ts/,
};

test('what works off the whole database is run by one file of tests, and no server is given the database of all', () => {
  const suite = sources('test/**/*.ts').filter(({ path }) => !path.startsWith('test/hard/'));
  const strangers = Object.entries(wholesale).flatMap(([worker, allowed]) =>
    suite.filter(({ path, imports }) => imports.includes(worker) && !allowed.test(path)),
  );
  expect(strangers.map(({ path }) => path)).toEqual([]);
  const givers = suite.filter(({ path, text }) => /inject\(/.test(text) && !/^test\/architecture/.test(path));
  expect(givers.map(({ path }) => path)).toEqual(['test/domain/secrets.test.ts', 'test/support/world.ts']);
});

/** What a workspace has besides its customers. */
const aboveCustomers = ['Workspace', 'Customer', 'User', 'Session', 'OauthClient'];

test('every key and index of what belongs to a customer begins with the customer', () => {
  const models = [...readText('prisma/schema.prisma').matchAll(/^model (\w+) \{(.*?)^\}/gms)].filter(
    ([, name = '']) => !aboveCustomers.includes(name),
  );
  const strays = models.flatMap(([, name, body = '']) => {
    const keys = body.match(/^ *@@(id|unique|index)\(.*|^.*@(id|unique)\b.*/gm) ?? [];
    const wrong = keys.filter((key) => !/@@\w+\((fields: *)?\[customerId\b/.test(key));
    return [
      ...wrong.map((key) => `${name}: ${key.trim()}`),
      ...(body.includes('@@id(') ? [] : [`${name} has no @@id`]),
    ];
  });
  expect(models.length).toBeGreaterThan(9);
  expect(strays).toEqual([]);
});

test('every index that a migration writes begins with the customer; one of words has it among them', () => {
  const models = readText('prisma/schema.prisma').matchAll(/^model (\w+) \{.*?@@map\("(\w+)"\)/gms);
  const above = [...models].filter(([, name = '']) => aboveCustomers.includes(name)).map(([, , table]) => table);
  const statements = sources('prisma/migrations/*/migration.sql').flatMap(({ text }) => [
    ...text.matchAll(/CREATE (?:UNIQUE )?INDEX "\w+" ON "(\w+)"( USING gin )?\s*\((.*?);$/gms),
  ]);
  const strays = statements
    .filter(([, table]) => !above.includes(table))
    .filter(([, , words, columns = '']) =>
      words
        ? !columns.includes('|| array_to_tsvector(ARRAY["customer_id"::text])')
        : !columns.startsWith('"customer_id"'),
    );
  expect(statements.length).toBeGreaterThan(20);
  expect(strays.map(([text]) => text)).toEqual([]);
});
