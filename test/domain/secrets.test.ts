import { Writable } from 'node:stream';
import pino from 'pino';
import { expect, inject, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { adminCommand } from '../support/command.ts';
import { kinds, newOperator, type Operator, vaultInput } from '../support/integrations.ts';
import { secretKey, store } from '../support/world.ts';

/** Everything that the database keeps of this customer's integrations and their logs, as text. */
async function kept({ id }: Operator): Promise<string> {
  const where = { customerId: id };
  const rows = await store.operator.integration.findMany({ where });
  const deliveries = await store.operator.delivery.findMany({ where });
  const texts = rows.map((row) => Buffer.from(row.configuration ?? '').toString('latin1'));
  return [JSON.stringify(rows), JSON.stringify(deliveries), ...texts].join('\n');
}

test('a secret stands in no column, no log and no answer', async () => {
  const lines: string[] = [];
  const log = pino(
    { level: 'trace' },
    new Writable({
      write: (chunk, _, done) => {
        lines.push(String(chunk));
        done();
      },
    }),
  );
  const operator = await newOperator({ log });
  const answers: unknown[] = [];
  const ask: Operator['ask'] = async (name, variables) => {
    const answer = await operator.ask(name, variables);
    answers.push(answer);
    return answer;
  };
  const input = { ...vaultInput, file: 'vault CANARY-file' };
  const { id } = await ask('createIntegration', { connector: 'vault', input });
  await ask('updateIntegration', { id, input: { parameters: [{ name: 'ApiKey', value: 'CANARY-second' }] } });
  await ask('integrations');
  await ask('connectors');
  await ask('integrationForm', { connector: 'vault', file: input.file });
  await ask('testIntegration', { id, phone: '0612345678' });
  const { url } = await ask('authorizeIntegration', { id });
  const state = new URL(url).searchParams.get('state') ?? '';
  const back = `https://lookup.example/integrations/authorize/return?${new URLSearchParams({ state, code: 'CANARY-code' })}`;
  const page = await operator.app.fetch(new Request(back));
  answers.push(await page.text(), [...page.headers]);
  const mistake = {
    parameters: [
      { name: 'ApiKey', value: 'CANARY-third' },
      { name: 'Region', value: 'ASIA' },
    ],
  };
  answers.push(await operator.refusal('updateIntegration', { id, input: mistake }));
  answers.push(await adminCommand(['integration', 'list', '--customer', operator.id], { connectors: kinds }));
  await ask('integrations');
  expect(page.status).toBe(200);
  expect(lines.length).toBeGreaterThan(8);
  const everything = [JSON.stringify(answers), await kept(operator), ...lines].join('\n');
  expect(everything).not.toContain('CANARY');
  expect(everything).not.toContain(Buffer.from('CANARY').toString('base64').slice(0, 8));
});

test('no list of customers brings configurations with it', async () => {
  const operator = await newOperator();
  await operator.ask('createIntegration', { connector: 'vault', input: vaultInput });
  const answers = [
    await adminCommand(['customer', 'list']),
    await adminCommand(['customer', 'update', '--customer', operator.id, '--call-logging', 'on']),
  ];
  expect(JSON.stringify(answers)).not.toMatch(/configuration|integrations/);
});

const newKey = 'another key for tests, which anybody may know';

/** The suite's database, opened with these keys. */
async function openWith(...secretKeys: string[]) {
  const opened = await openStore({ ...inject('database'), secretKeys, join: true });
  onTestFinished(() => opened.close());
  return opened;
}

test('after every secret was sealed anew, the old key can be dropped', async () => {
  const operator = await newOperator();
  const { id } = await operator.ask('createIntegration', { connector: 'vault', input: vaultInput });
  const before = await store.operator.integration.findFirstOrThrow({ where: { id } });
  const both = await openWith(newKey, secretKey);
  const outcome = await adminCommand(['secret', 'reseal', '--customer', operator.id], { store: both });
  expect(outcome).toEqual({ resealed: 1, unreadable: [] });
  const after = await store.operator.integration.findFirstOrThrow({ where: { id } });
  expect(after).toEqual({ ...before, configuration: after.configuration });
  const place = `integration ${id}`;
  const opened = (await openWith(newKey)).forCustomer(operator.id).unseal(after.configuration as Uint8Array, place);
  expect(JSON.parse(opened)).toEqual({ file: null, parameters: { ApiKey: 'CANARY-key' } });
  expect(() => store.forCustomer(operator.id).unseal(after.configuration as Uint8Array, place)).toThrow(
    'its key is not in SECRET_KEY',
  );
});

test('what no key opens is named, and left as it is', async () => {
  const operator = await newOperator();
  const { id } = await operator.ask('createIntegration', { connector: 'vault', input: vaultInput });
  const without = await openWith(newKey);
  expect(await adminCommand(['secret', 'reseal', '--customer', operator.id], { store: without })).toEqual({
    resealed: 0,
    unreadable: [id],
  });
  expect(await operator.ask('integrations')).toMatchObject([{}, { problems: [] }]);
});

test('without a key no secret is taken, and what needs none still works', async () => {
  const keyless = await openStore({ ...inject('database'), secretKeys: [], join: true });
  onTestFinished(() => keyless.close());
  const operator = await newOperator({ store: keyless });
  expect(await operator.ask('createIntegration', { connector: 'native', input: {} })).toMatchObject({ position: 2 });
  expect(await operator.refusal('createIntegration', { connector: 'vault', input: vaultInput })).toMatchObject({
    message: 'Secrets cannot be kept: SECRET_KEY is not set.',
    extensions: { code: 'NOT_ENABLED' },
  });
});
