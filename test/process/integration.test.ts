import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UsageError } from '../../src/admin/commands.ts';
import { adminCommand } from '../support/command.ts';
import { memoryTemplate } from '../support/memory-crm.ts';
import { type Ended, run, startServer, temporaryFolder } from '../support/process.ts';
import { newCustomer } from '../support/world.ts';

const folder = temporaryFolder(afterAll);
const file = join(folder, 'template.xml');
const key = join(folder, 'key');
writeFileSync(file, memoryTemplate);
writeFileSync(key, 'CANARY-file\n');
writeFileSync(join(folder, 'latin'), Buffer.from([0x3c, 0xe9, 0x3e]));

const nobody = '0197f0c4-0000-7000-8000-000000000000';

// Each command is a process of its own, and there are many.
const patience = 120_000;

/** Runs one command, with a line on its standard input. */
function command(words: string[], line = ''): Promise<Ended> {
  return run('src/admin.ts', words, { DATA_DIR: folder }, afterAll, `${line}\n`).ended;
}

/** Runs one command, which must answer one JSON object on one line and nothing else. */
async function answerOf(words: string[], line?: string): Promise<any> {
  const { code, stdout, stderr } = await command(words, line);
  expect({ words, code, stderr }).toEqual({ words, code: 0, stderr: '' });
  expect(stdout).toMatch(/^\{.*\}\n$/);
  expect(stdout).not.toContain('CANARY');
  return JSON.parse(stdout);
}

let customer: string[] = [];

const cleaning: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const clean of cleaning.reverse()) await clean();
});

beforeAll(async () => {
  // Commands join its database, which is faster than to open it each time.
  await startServer({ DATA_DIR: folder, DEMO_DATA: 'off' }, (clean) => cleaning.push(clean));
  const workspace = await answerOf(['workspace', 'create', '--name', 'Acme']);
  const { id } = await answerOf(['customer', 'create', '--workspace', workspace.id, '--name', 'Client']);
  customer = ['--customer', id];
}, patience);

const create = ['integration', 'create', '--connector', '3cx-template', '--file', file];

test(
  'an operator connects, shows, changes, tests and disconnects a CRM',
  async () => {
    const form = await answerOf(['integration', 'form', '--connector', '3cx-template', '--file', file]);
    expect(form).toMatchObject({
      connector: '3cx-template',
      parameters: [{ name: 'ApiKey', isSet: false }, { name: 'MaxLength' }],
      problems: [],
    });
    const options = ['--position', '1', '--name', 'Main CRM', '--chat-logging', 'off', '--parameter-stdin', 'ApiKey'];
    const created = await answerOf([...create, ...customer, ...options], 'CANARY-stdin');
    expect(created).toMatchObject({
      ...{ connector: '3cx-template', name: 'Main CRM', position: 1, hasFile: true },
      ...{ lookup: true, callLogging: true, chatLogging: false, contactCreation: true, problems: [] },
      parameters: [{ name: 'ApiKey', secret: true, isSet: true, value: null }, { name: 'MaxLength' }],
    });
    const one = [...customer, '--id', created.id];
    const { integrations } = await answerOf(['integration', 'list', ...customer]);
    expect(integrations).toMatchObject([created, { connector: 'native', position: 2 }]);
    const changes = ['--position', '2', '--lookup', 'off', '--parameter-file', `ApiKey=${key}`];
    expect(await answerOf(['integration', 'update', ...one, ...changes])).toMatchObject({ position: 2, lookup: false });
    // Its host does not exist, so nothing comes back.
    const tested = await answerOf(['integration', 'test', ...one, '--number', '0612345678']);
    expect(tested).toMatchObject({ number: '+33612345678', records: [] });
    expect(tested.requests[0]).toMatchObject({
      ...{ method: 'GET', url: 'https://memory.example/contacts?phone=+33612345678', status: null },
      error: expect.any(String),
    });
    expect(await answerOf(['integration', 'remove', ...one])).toEqual({ id: created.id, abandoned: 0 });
    expect(await answerOf(['secret', 'reseal'])).toEqual({ resealed: 0, unreadable: [] });
  },
  patience,
);

test('an option that may be given several times takes each', async () => {
  const { id } = await newCustomer();
  const words = ['integration', 'create', '--customer', id, '--connector', 'url-builder'];
  const url = 'https://crm.example/find?phone={phone}&a=b';
  const twice = adminCommand([...words, '--parameter', `Url=${url}`, '--parameter', 'Colour=red']);
  await expect(twice).rejects.toThrow('The only parameter is Url.');
  const created = await adminCommand([...words, '--parameter', `Url=${url}`]);
  expect(created).toMatchObject({ parameters: [{ name: 'Url', value: url }] });
});

test(
  'what cannot be read ends with 2 and one sentence, what is not there with 1',
  async () => {
    const unread = await command([...create, ...customer, '--parameter-file', 'ApiKey=/nowhere/at/all']);
    expect(unread).toEqual({
      ...{ code: 2, signal: null, stdout: '' },
      stderr: '--parameter-file ApiKey=/nowhere/at/all cannot be read: there is no such file.\n',
    });
    const unknown = await command(['integration', 'remove', ...customer, '--id', nobody]);
    expect(unknown).toEqual({ code: 1, signal: null, stdout: '', stderr: `There is no integration ${nobody}.\n` });
  },
  patience,
);

const base = ['integration', 'create', '--customer', nobody, '--connector', '3cx-template'];

test.each([
  [[...base, '--file', join(folder, 'missing.xml')], /^--file .*missing\.xml cannot be read: there is no such file\.$/],
  [[...base, '--file', folder], /^--file .* cannot be read: it is a folder\.$/],
  [[...base, '--file', join(folder, 'latin')], /^--file .*latin is not a text in UTF-8\.$/],
  [[...base, '--parameter', 'ApiKey'], /^--parameter must be Name=Value\.$/],
  [[...base, '--position', '0'], /^--position must be a whole number from 1\.$/],
  [[...base, '--lookup', 'maybe'], /^--lookup must be on or off\.$/],
  [['integration', 'test', '--customer', nobody, '--id', nobody], /^--number or --email is needed\.$/],
  [
    ['integration'],
    /^Unknown command "integration"; the commands are: .*integration create, .*integration authorize, .*\.$/,
  ],
])('%j is a mistake of whoever wrote it, and told in one sentence', async (words, sentence) => {
  const mistake = await Promise.resolve()
    .then(() => adminCommand(words))
    .catch((error) => error);
  expect(mistake).toBeInstanceOf(UsageError);
  expect(mistake.message).toMatch(sentence);
});

test.each([
  [base, `There is no customer ${nobody}.`],
  [
    ['integration', 'form', '--connector', 'crm'],
    'There is no connector "crm"; there are: native, url-builder, 3cx-template.',
  ],
])('%j names what is not there', async (words, message) => {
  await expect(adminCommand(words)).rejects.toThrow(message);
});
