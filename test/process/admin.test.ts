import { afterAll, describe, expect, test } from 'vitest';
import { ownDatabase } from '../support/own-database.ts';
import { type RunningServer, run, startServer, temporaryFolder } from '../support/process.ts';

// Each command is a process of its own, and there are many.
const patience = 180_000;

const folder = temporaryFolder(afterAll);
const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
const second = () => new Promise((later) => setTimeout(later, 1000));

/** Runs one command, which must answer one JSON object on one line and nothing else. */
const operator =
  (settings: Record<string, string>) =>
  async (line: string): Promise<any> => {
    const words = line.split(' ').map((word) => word.replace('_', ' '));
    const { code, stdout, stderr } = await run('src/admin.ts', words, settings).ended;
    expect({ line, code, stderr }).toEqual({ line, code: 0, stderr: '' });
    expect(stdout).toMatch(/^\{.*\}\n$/);
    return JSON.parse(stdout);
  };

const post = (server: RunningServer, path: string, body: object, token?: string) =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });

const call = { direction: 'inbound', status: 'missed', number_from: '0612345678', number_to: '101' };
const context = { direction: 'inbound', number_from: '0612345678' };

/** Goes through every command once, and looks after each at what the running server makes of it. */
async function operate(settings: Record<string, string>, server?: RunningServer): Promise<void> {
  const admin = operator(settings);
  const workspace = await admin('workspace create --name Acme_Ltd');
  expect(workspace).toEqual({ id, name: 'Acme Ltd' });
  const created = await admin(
    `customer create --workspace ${workspace.id} --name Client --country de --time-zone Europe/Berlin`,
  );
  expect(created).toEqual({ id });
  const customer = {
    id: created.id,
    workspaceId: workspace.id,
    name: 'Client',
    defaultCountry: 'DE',
    timeZone: 'Europe/Berlin',
    callLoggingEnabled: true,
    chatLoggingEnabled: true,
    contactCreationEnabled: true,
    chatsWithoutEmail: false,
    retentionDays: null,
    createdAt: moment,
  };
  const { customers } = await admin('customer list');
  expect(customers.at(-1)).toEqual(customer);

  const token = await admin(`token create --customer ${created.id} --scopes client,crm --expires-in 365d`);
  expect(token).toEqual({ id, token: expect.stringMatching(/^crm_[\w-]+$/) });
  const contextToken = await admin(`context-token create --customer ${created.id}`);
  expect(contextToken).toEqual({ token: id, tokenSecret: expect.stringMatching(/^crmctx_[\w-]+$/) });
  const listed = await admin('token list');
  expect(listed.tokens.at(-1)).toEqual({
    customerId: created.id,
    id: token.id,
    grantId: null,
    scopes: ['client', 'crm'],
    expiresAt: moment,
    revokedAt: null,
    createdAt: moment,
  });
  expect(JSON.stringify(listed)).not.toMatch(/crm_|crmctx_|hash/i);
  const path = `/api/crm/phone-calls-context/${contextToken.token}/${contextToken.tokenSecret}`;
  const callStatus = async () => (await post(server as never, '/api/crm/lookup/phone-calls', call, token.token)).status;
  const contextStatus = async () => (await post(server as never, path, context)).status;
  if (server) expect([await callStatus(), await contextStatus()]).toEqual([201, 201]);

  const off =
    '--call-logging off --chat-logging off --contact-creation off --chats-without-email on --retention-days 90';
  const switched = {
    ...customer,
    callLoggingEnabled: false,
    chatLoggingEnabled: false,
    contactCreationEnabled: false,
    chatsWithoutEmail: true,
    retentionDays: 90,
  };
  expect(await admin(`customer update --customer ${created.id} ${off}`)).toEqual(switched);
  if (server) expect([await second(), await callStatus()]).toEqual([undefined, 400]);

  expect(await admin(`customer update --customer ${created.id} --retention-days off`)).toMatchObject({
    retentionDays: null,
  });

  const ofCaller = `--customer ${created.id} --number 0612345678`;
  const { phoneCalls, callContexts } = await admin(`privacy export ${ofCaller}`);
  const kept = server ? 1 : 0;
  expect([phoneCalls.length, callContexts.length]).toEqual([kept, kept]);
  const erased = await admin(`privacy erase ${ofCaller}`);
  expect(erased).toEqual({ contacts: 0, phoneCalls: kept, callContexts: kept, chats: 0 });

  const revoked = { id: token.id, revokedAt: moment };
  expect(await admin(`token revoke --id ${token.id}`)).toEqual(revoked);
  const ended = { token: contextToken.token, revokedAt: moment };
  expect(await admin(`context-token revoke --token ${contextToken.token}`)).toEqual(ended);
  if (server) expect([await second(), await callStatus(), await contextStatus()]).toEqual([undefined, 401, 404]);

  expect(await admin(`delivery redeliver --customer ${created.id}`)).toEqual({ redelivered: 0 });
  const user = await admin(`user create --workspace ${workspace.id} --email ${workspace.id}@example.com`);
  expect(user).toEqual({ id, setUpUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/set-up\?secret=[\w-]+$/) });
  const client = await admin(
    `oauth-client create --workspace ${workspace.id} --name PBX --redirect-uri https://pbx.example/back`,
  );
  expect(client).toEqual({ id, secret: expect.stringMatching(/^crmclient_[\w-]+$/) });
  expect(await admin(`oauth-client revoke --id ${client.id}`)).toEqual({
    id: client.id,
    revokedAt: moment,
  });
}

describe('an operator can do everything', () => {
  test(
    'while the server runs',
    async () => {
      const server = await startServer({ DATA_DIR: folder, DEMO_DATA: 'off' });
      await operate({ DATA_DIR: folder }, server);
    },
    patience,
  );

  test('while it does not', () => operate({ DATA_DIR: folder }), patience);

  if (process.env.TEST_DATABASE_URL) {
    test(
      'on a PostgreSQL server',
      async () => {
        const settings = await ownDatabase();
        await operate(settings, await startServer({ ...settings, DEMO_DATA: 'off' }));
      },
      patience,
    );
  }
});

describe('words that cannot be understood', () => {
  const nobody = '0197f0c4-0000-7000-8000-000000000000';

  test.each([
    ['', /^Unknown command ""; the commands are: workspace create, .*\.$/],
    ['token steal', /^Unknown command "token steal"; the commands are: .*\.$/],
    ['workspace create', /^--name is needed\.$/],
    ['workspace create --name', /^Option '--name <value>' argument missing; the options are: --name\.$/],
    ['workspace create --name Acme --colour red', /^Unknown option '--colour'; the options are: --name\.$/],
    ['token revoke --id 7', /^--id must be an id\.$/],
    [`token create --customer ${nobody} --scopes client,root`, /^--scopes must be a comma list of client, crm.*\.$/],
    [`token create --customer ${nobody} --scopes crm --expires-in 1y`, /^--expires-in must be a span such as .*\.$/],
    [
      `customer update --customer ${nobody} --retention-days 0`,
      /^--retention-days must be a number of days, or off\.$/,
    ],
    [`privacy erase --customer ${nobody}`, /^One of --number, --email and --contact is needed, and only one\.$/],
    [`customer update --customer ${nobody} --call-logging maybe`, /^--call-logging must be on or off\.$/],
  ])('%j ends with 2 and one sentence', async (line, sentence) => {
    const ended = await run('src/admin.ts', line.split(' ').filter(Boolean), { DATA_DIR: folder }).ended;
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr.replace(/\n$/, '')).toMatch(sentence);
  });

  test('an id that nobody has ends with 1 and one sentence', async () => {
    const ended = await run('src/admin.ts', ['token', 'revoke', '--id', nobody], { DATA_DIR: folder }).ended;
    expect(ended).toEqual({ code: 1, signal: null, stdout: '', stderr: `There is no token ${nobody}.\n` });
  });
});
