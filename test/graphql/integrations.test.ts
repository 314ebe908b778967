import { describe, expect, test } from 'vitest';
import { kinds, newOperator, vaultInput } from '../support/integrations.ts';
import { graphql, newCustomer, store } from '../support/world.ts';

const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
const on = { lookup: true, callLogging: true, chatLogging: true, contactCreation: true };
const times = { createdAt: moment, updatedAt: moment };

const asked = (name: string, type: string, more: object = {}) => ({
  ...{ name, title: `The ${name}`, type, default: '', choices: [], secret: false, isSet: false, value: null },
  ...more,
});

const ownContacts = {
  ...{ id, connector: 'native', name: 'native', position: 1, hasFile: false, parameters: [], problems: [] },
  ...on,
  ...times,
};

const vaultParameters = [
  asked('Url', 'STRING', { default: 'https://vault.example' }),
  asked('ApiKey', 'PASSWORD', { default: null, secret: true, isSet: true }),
  asked('Region', 'LIST', { default: 'EU', choices: ['EU', 'US'] }),
  asked('Grant', 'OAUTH', { default: null, secret: true }),
];

const whoCalls = '{ contactSearch(phone: "0612345678") { match { integration } contacts { lastName } } }';
const within = (milliseconds: number) => new Promise((later) => setTimeout(later, milliseconds));

test('a new customer is connected with its own contacts', async () => {
  expect(await (await newOperator()).ask('integrations')).toEqual([ownContacts]);
});

test('a CRM is connected, at the end unless told, with every switch on, and what it was told is shown', async () => {
  const operator = await newOperator();
  const input = {
    name: 'Head office',
    file: 'vault\n?Team\nodd',
    parameters: [...vaultInput.parameters, { name: 'region', value: 'US' }],
  };
  const created = await operator.ask('createIntegration', { connector: 'vault', input });
  expect(created).toEqual({
    ...{ id, connector: 'vault', name: 'Head office', position: 2, hasFile: true, ...on, ...times },
    parameters: [
      ...vaultParameters.with(2, { ...vaultParameters[2], isSet: true, value: 'US' } as never),
      asked('Team', 'STRING'),
    ],
    problems: [{ severity: 'WARNING', element: 'Line', line: 3, message: 'This is odd.' }],
  });
  expect(await operator.ask('integrations')).toEqual([ownContacts, created]);
});

test('a change leaves alone what it does not name', async () => {
  const operator = await newOperator();
  const created = await operator.ask('createIntegration', { connector: 'vault', input: vaultInput });
  const change = { lookup: false, parameters: [{ name: 'Region', value: 'US' }] };
  const changed = await operator.ask('updateIntegration', { id: created.id, input: change });
  expect(changed).toEqual({
    ...created,
    lookup: false,
    parameters: vaultParameters.with(2, { ...vaultParameters[2], isSet: true, value: 'US' } as never),
    updatedAt: moment,
  });
  const back = { lookup: true, parameters: [{ name: 'Region', value: null }] };
  expect(await operator.ask('updateIntegration', { id: created.id, input: back })).toEqual({
    ...created,
    updatedAt: moment,
  });
});

test('a new file keeps the parameters that it still asks, and drops the others', async () => {
  const operator = await newOperator();
  const input = { file: 'vault\n?Team', parameters: [...vaultInput.parameters, { name: 'Team', value: 'North' }] };
  const { id } = await operator.ask('createIntegration', { connector: 'vault', input });
  const changed = await operator.ask('updateIntegration', { id, input: { file: 'vault\n?Desk' } });
  expect(changed.parameters).toEqual([...vaultParameters, asked('Desk', 'STRING')]);
});

test('changes of connections take effect within a second', async () => {
  const operator = await newOperator();
  const found = async () => (await operator.graphql(whoCalls)).body.data.contactSearch;
  expect(await found()).toEqual({ match: { integration: null }, contacts: [] });
  const { id } = await operator.ask('createIntegration', { connector: 'vault', input: vaultInput });
  await within(1000);
  expect(await found()).toEqual({ match: { integration: 'vault' }, contacts: [{ lastName: 'EU no file' }] });
  await operator.ask('updateIntegration', { id, input: { parameters: [{ name: 'Region', value: 'US' }] } });
  await within(1000);
  expect((await found()).contacts).toEqual([{ lastName: 'US no file' }]);
  await operator.ask('removeIntegration', { id });
  await within(1000);
  expect((await found()).contacts).toEqual([]);
});

test('two changes within one millisecond are two changes to whoever is connected', async () => {
  const now = () => new Date('2026-03-01T10:00:00Z');
  const operator = await newOperator({ now });
  const { id, updatedAt } = await operator.ask('createIntegration', { connector: 'vault', input: vaultInput });
  const [first, second] = [
    await operator.ask('updateIntegration', { id, input: { name: 'A' } }),
    await operator.ask('updateIntegration', { id, input: { name: 'B' } }),
  ];
  expect(new Set([updatedAt, first.updatedAt, second.updatedAt]).size).toBe(3);
});

describe('a configuration that its kind refuses', () => {
  test('is refused with a sentence for each mistake, and nothing is stored', async () => {
    const operator = await newOperator();
    const input = {
      file: 'nonsense',
      parameters: [
        { name: 'Region', value: 'ASIA' },
        { name: 'Colour', value: 'red' },
      ],
    };
    expect(await operator.refusal('createIntegration', { connector: 'vault', input })).toMatchObject({
      message:
        'A file of a vault begins with "vault". Colour: It is not asked for. ApiKey: It is needed. Region: Must be EU or US.',
      extensions: {
        code: 'BAD_USER_INPUT',
        issues: [
          { path: ['input', 'file'], message: 'A file of a vault begins with "vault".' },
          { path: ['input', 'parameters', 'Colour'], message: 'Colour: It is not asked for.' },
          { path: ['input', 'parameters', 'ApiKey'], message: 'ApiKey: It is needed.' },
          { path: ['input', 'parameters', 'Region'], message: 'Region: Must be EU or US.' },
        ],
      },
    });
    expect(await operator.ask('integrations')).toEqual([ownContacts]);
  });

  test('leaves the integration as it was', async () => {
    const operator = await newOperator();
    const { id } = await operator.ask('createIntegration', { connector: 'vault', input: vaultInput });
    const before = await operator.ask('integrations');
    const input = { name: 'Other', position: 1, parameters: [{ name: 'ApiKey', value: null }] };
    expect(await operator.refusal('updateIntegration', { id, input })).toMatchObject({
      message: 'ApiKey: It is needed.',
    });
    expect(await operator.ask('integrations')).toEqual(before);
  });

  test.each([
    [
      'a connector that nobody knows',
      { connector: 'toString', input: {} },
      /^There is no connector "toString"; there are: native, .*vault\.$/,
    ],
    ['a position before the first', { connector: 'vault', input: { position: 0 } }, /^Positions are counted from 1\.$/],
    ['a blank name', { connector: 'vault', input: { name: ' ' } }, /^Must not be blank\.$/],
    ['a text that cannot be kept', { connector: 'vault', input: { file: '\ud800' } }, /^Must be well-formed Unicode/],
    [
      'a file for a kind that takes none',
      { connector: 'native', input: { file: 'x' } },
      /^This kind of CRM takes no file\.$/,
    ],
    [
      'a parameter for a kind that takes none',
      { connector: 'native', input: { parameters: [{ name: 'a', value: 'b' }] } },
      /^This kind of CRM takes no parameters\.$/,
    ],
  ])('%s is told', async (_, variables, message) => {
    const refusal = await (await newOperator()).refusal('createIntegration', variables);
    expect(refusal).toMatchObject({ message: expect.stringMatching(message), extensions: { code: 'BAD_USER_INPUT' } });
  });
});

test('a template as large as the largest fits, and one character more is told', async () => {
  const operator = await newOperator();
  const file = 'vault'.padEnd(1024 * 1024, '.');
  const input = { ...vaultInput, file };
  expect(await operator.ask('createIntegration', { connector: 'vault', input })).toMatchObject({ hasFile: true });
  const more = await operator.refusal('createIntegration', {
    connector: 'vault',
    input: { ...input, file: `${file}.` },
  });
  expect(more.message).toBe('Must not be longer than 1048576 characters.');
});

test('a customer has at most twenty integrations', async () => {
  const operator = await newOperator();
  for (let count = 1; count < 20; count++) await operator.ask('createIntegration', { connector: 'native', input: {} });
  expect(await operator.refusal('createIntegration', { connector: 'native', input: {} })).toMatchObject({
    message: 'A customer has at most 20 integrations.',
  });
  expect(await operator.ask('integrations')).toHaveLength(20);
});

test('kinds of CRM and files say what they ask before there is an integration', async () => {
  const operator = await newOperator();
  const forms = await operator.ask('connectors');
  expect(forms.map(({ connector }: { connector: string }) => connector)).toEqual(Object.keys(kinds));
  expect(forms[0]).toEqual({ connector: 'native', parameters: [], problems: [] });
  expect(await operator.ask('integrationForm', { connector: 'vault', file: 'vault\nodd\n?Team' })).toEqual({
    connector: 'vault',
    parameters: [...vaultParameters.with(1, { ...vaultParameters[1], isSet: false } as never), asked('Team', 'STRING')],
    problems: [{ severity: 'WARNING', element: 'Line', line: 2, message: 'This is odd.' }],
  });
});

test('another customer’s integrations are found by nobody else', async () => {
  const [operator, stranger] = [await newOperator(), await newOperator()];
  const { id } = await operator.ask('createIntegration', { connector: 'vault', input: vaultInput });
  const before = await operator.ask('integrations');
  const notFound = { message: `There is no integration ${id}.`, extensions: { code: 'NOT_FOUND' } };
  expect(await stranger.ask('integrations')).toEqual([ownContacts]);
  expect(await stranger.refusal('updateIntegration', { id, input: { name: 'Mine' } })).toMatchObject(notFound);
  expect(await stranger.refusal('removeIntegration', { id, force: true })).toMatchObject(notFound);
  expect(await stranger.refusal('testIntegration', { id, phone: '0612345678' })).toMatchObject(notFound);
  expect(await stranger.refusal('authorizeIntegration', { id })).toMatchObject(notFound);
  expect(await operator.ask('integrations')).toEqual(before);
});

test('an operator’s token looks nobody up', async () => {
  const customer = await newCustomer();
  const { body } = await graphql(whoCalls, {}, { token: await customer.tokenWith(['admin']) });
  expect(body.errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
});

test('an integration whose key is gone says so, can be switched, and loses nothing', async () => {
  const operator = await newOperator();
  const { id } = await operator.ask('createIntegration', { connector: 'vault', input: vaultInput });
  const { configuration } = await store.operator.integration.findFirstOrThrow({ where: { id } });
  const lost = Buffer.from(configuration as Uint8Array);
  lost[0] = (lost[0] as number) ^ 1;
  await store.operator.integration.updateMany({ where: { id }, data: { configuration: lost } });
  const [, shown] = await operator.ask('integrations');
  const message = 'A secret cannot be opened: its key is not in SECRET_KEY.';
  expect(shown).toMatchObject({
    parameters: [],
    problems: [{ severity: 'ERROR', element: 'configuration', line: null, message }],
  });
  expect(await operator.ask('updateIntegration', { id, input: { lookup: false } })).toMatchObject({ lookup: false });
  expect(await operator.refusal('updateIntegration', { id, input: vaultInput })).toMatchObject({ message });
  const kept = await store.operator.integration.findFirstOrThrow({ where: { id } });
  expect(Buffer.from(kept.configuration as Uint8Array).equals(lost)).toBe(true);
});
