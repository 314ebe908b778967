import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer, temporaryFolder } from '../support/process.ts';

const root = new URL('../..', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');
const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block.trim());

/** What continuous integration runs itself, on a clean checkout. */
const runByCi = ['npm ci && npm start', 'npm ci && npm test'];

describe('the commands of the README', () => {
  let server: RunningServer;
  const environment: Record<string, string> = {};
  const folder = temporaryFolder(afterAll);
  const cleaning: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const clean of cleaning.reverse()) await clean();
  });

  beforeAll(async () => {
    server = await startServer({ DATA_DIR: folder }, (clean) => cleaning.push(clean));
    const path = `${new URL('node_modules/.bin', root).pathname}:${process.env.PATH}`;
    Object.assign(environment, { PATH: path, HOME: folder, DATA_DIR: folder, TOKEN: server.token });
    const [known] = (await shell('npm run -s admin -- customer list')).customers;
    Object.assign(environment, { CUSTOMER: known.id, WORKSPACE: known.workspaceId });
  }, 60_000);

  test('there are some, and the two of continuous integration among them', () => {
    expect(blocks.length).toBeGreaterThan(5);
    expect(blocks).toEqual(expect.arrayContaining(runByCi));
  });

  test.each(blocks.filter((block) => !runByCi.includes(block)))(
    'work as they are written: %s',
    async (block) => {
      for (const command of commandsOf(block)) expect(await shell(command), command).not.toHaveProperty('errors');
    },
    120_000,
  );

  /** Runs one command as a person would paste it, against the server of this test; answers its JSON. */
  async function shell(command: string) {
    const here = command.replaceAll('http://127.0.0.1:4000', server.url);
    const { stdout } = await promisify(execFile)('sh', ['-c', here], { cwd: root.pathname, env: environment });
    return JSON.parse(stdout);
  }
});

/** One command a line, but for those that go on after a backslash. */
const commandsOf = (block: string) =>
  block
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.trim());
