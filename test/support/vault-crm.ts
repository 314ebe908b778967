import { z } from 'zod';
import type {
  ConfigurationForm,
  Connector,
  ConnectorContact,
  ConnectorKind,
  ConnectorParameter,
  GivenConfiguration,
} from '../../src/connectors/connector.ts';
import { ConnectorFailure } from '../../src/connectors/failure.ts';

/** What a customer told a vault. */
export interface VaultSettings {
  file: string | null;
  parameters: Record<string, string>;
}

const parameter = (
  name: string,
  type: ConnectorParameter['type'],
  more: Partial<ConnectorParameter> = {},
): ConnectorParameter => ({ name, type, title: `The ${name}`, default: '', choices: [], secret: false, ...more });

const parameters = [
  parameter('Url', 'STRING', { default: 'https://vault.example' }),
  parameter('ApiKey', 'PASSWORD', { secret: true, default: 'CANARY-default' }),
  parameter('Region', 'LIST', { choices: ['EU', 'US'], default: 'EU' }),
  parameter('Grant', 'OAUTH', { secret: true }),
];

/** Of a file, each line that begins with `?` is one more parameter. */
const form = ({ file }: GivenConfiguration): ConfigurationForm => ({
  parameters: [...parameters, ...(file ?? '').split('\n').flatMap((line) => moreOf(line))],
  problems: (file ?? '')
    .split('\n')
    .flatMap((line, index) =>
      line.includes('odd') ? [{ severity: 'warning', element: 'Line', line: index + 1, message: 'This is odd.' }] : [],
    ),
});

const moreOf = (line: string) => (line.startsWith('?') ? [parameter(line.slice(1).trim(), 'STRING')] : []);

const configuration = z
  .object({
    file: z.string().startsWith('vault', 'A file of a vault begins with "vault".').nullable(),
    parameters: z.record(z.string(), z.string()),
  })
  .superRefine((given, context) => {
    const issue = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: ['parameters', name], message });
    const known = form(given).parameters.map(({ name }) => name);
    for (const name of Object.keys(given.parameters)) if (!known.includes(name)) issue(name, 'It is not asked for.');
    if (!given.parameters.ApiKey) issue('ApiKey', 'It is needed.');
    const { Region = 'EU' } = given.parameters;
    if (!['EU', 'US'].includes(Region)) issue('Region', 'Must be EU or US.');
  });

/** A kind of CRM that keeps a secret, knows one contact by any number, and is granted access by a person. */
export const vault: ConnectorKind<VaultSettings> = {
  configuration: configuration as unknown as ConnectorKind<VaultSettings>['configuration'],
  form,
  connect: (_, settings) => connect(settings),
};

function connect({ file, parameters: { Region = 'EU', ApiKey = '' } }: VaultSettings): Connector {
  const contact = vaultContact(`${Region} ${file ?? 'no file'}`);
  return {
    searchContacts: async ({ phone }) => phone && { kind: 'E164', contacts: [contact], candidates: 1 },
    logPhoneCall: async () => ({ remoteId: null, remoteUrl: null, message: null }),
    test: async () => ({
      requests: [
        {
          ...{ step: 'lookup', method: 'GET', url: 'https://vault.example/', headers: { 'x-key': '•••' } },
          ...{ body: null, status: 200, error: null },
        },
      ],
      records: [
        { step: 'lookup', fields: { LastName: Region }, dropped: null },
        { step: 'lookup', fields: { LastName: 'Nobody' }, dropped: 'It has no number.' },
      ],
      warnings: [],
    }),
    authorization: {
      url: (redirectUri, state) => `https://vault.example/grant?${new URLSearchParams({ redirectUri, state })}`,
      complete: async (code, _, redirectUri) => {
        if (code === 'refused') throw new ConnectorFailure('refused', '<b>No</b> such code.');
        return { parameter: 'Grant', value: `CANARY-granted ${code} ${redirectUri} ${ApiKey.length}` };
      },
    },
  };
}

const vaultContact = (lastName: string): ConnectorContact => ({
  ...{ id: 'v1', civility: null, firstName: null, lastName, email: null, company: null, website: null },
  ...{ phoneBusiness1: null, phoneBusiness2: null, phoneMobile1: null, phoneMobile2: null, phoneHome: null },
  ...{ phoneOther: null, entityUrl: 'https://vault.example/v1', entityType: null, customValue: null },
  ...{ createdAt: null, updatedAt: null },
});
