import {
  connectorForm,
  type ConnectorForm as FormShape,
  listConnectors,
  type ParameterSetting,
} from '../domain/integration-settings.ts';
import { limits } from '../limits.ts';
import { builder, forOperators } from './builder.ts';
import { filledText, text } from './validation.ts';

const IntegrationParameterType = builder.enumType('IntegrationParameterType', {
  description: 'What a parameter of an integration may be. Its value is a text in any case.',
  values: {
    STRING: { description: 'Any text.' },
    INTEGER: { description: 'A whole number.' },
    DOUBLE: { description: 'A number.' },
    BOOLEAN: { description: '`true` or `false`.' },
    DATE_TIME: { description: 'A date and time.' },
    PASSWORD: { description: 'A secret text.' },
    OAUTH: { description: 'What the CRM grants on its own pages; see `authorizeIntegration`.' },
    LIST: { description: 'One of `choices`.' },
  } as const,
});

export const IntegrationParameter = builder.objectRef<ParameterSetting>('IntegrationParameter').implement({
  description: 'One thing that a CRM must be told, and whether it was.',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, description: 'By which it is set.' }),
    title: t.exposeString('title', { nullable: false, description: 'For people to read.' }),
    type: t.expose('type', { type: IntegrationParameterType, nullable: false, description: 'What it may be.' }),
    default: t.exposeString('default', { description: 'Taken where nothing is set; null for a secret.' }),
    choices: t.exposeStringList('choices', { nullable: false, description: 'What a list may be; else empty.' }),
    secret: t.exposeBoolean('secret', { nullable: false, description: 'Whether its value is never shown again.' }),
    isSet: t.exposeBoolean('isSet', { nullable: false, description: 'Whether a value was given.' }),
    value: t.exposeString('value', { description: 'What was given; null where nothing was, and always for a secret.' }),
  }),
});

const ProblemSeverity = builder.enumType('ProblemSeverity', {
  description: 'How much a problem of a configuration matters.',
  values: {
    ERROR: { value: 'error', description: 'Something cannot work.' },
    WARNING: { value: 'warning', description: 'Something may not do what it was meant to.' },
  } as const,
});

export const IntegrationProblem = builder.objectRef<FormShape['problems'][number]>('IntegrationProblem').implement({
  description: 'Something about a configuration that its operator should know.',
  fields: (t) => ({
    severity: t.expose('severity', { type: ProblemSeverity, nullable: false, description: 'How much it matters.' }),
    element: t.exposeString('element', { nullable: false, description: 'The element or parameter it is about.' }),
    line: t.exposeInt('line', { description: 'The line of the file, counted from 1; null where it is about no line.' }),
    message: t.exposeString('message', { nullable: false, description: 'What is wrong, in a sentence.' }),
  }),
});

const ConnectorForm = builder.objectRef<FormShape>('ConnectorForm').implement({
  description: 'What a kind of CRM must be told, and what is wrong with it.',
  fields: (t) => ({
    connector: t.exposeString('connector', { nullable: false, description: 'The kind of CRM, such as `native`.' }),
    parameters: t.expose('parameters', {
      type: [IntegrationParameter],
      nullable: false,
      description: 'What can be set.',
    }),
    problems: t.expose('problems', {
      type: [IntegrationProblem],
      nullable: false,
      description: 'What is wrong or odd; without an error it can be used.',
    }),
  }),
});

builder.queryField('connectors', (t) =>
  t.field({
    ...forOperators,
    type: [ConnectorForm],
    description:
      'Every kind of CRM that can be connected, with what it must be told first. For operators: needs the scope `admin`.',
    resolve: (_, __, { customer }) => listConnectors(customer),
  }),
);

builder.queryField('integrationForm', (t) =>
  t.field({
    ...forOperators,
    type: ConnectorForm,
    description:
      'Reads a file before an integration is made of it: what it asks, and what is wrong with it, by line. Stores nothing. For operators: needs the scope `admin`.',
    args: {
      connector: t.arg.string({ required: true, description: 'The kind of CRM.', validate: { schema: filledText() } }),
      file: t.arg.string({
        description: 'The whole file, such as a CRM template.',
        validate: { schema: text(limits.integrationFile) },
      }),
    },
    resolve: (_, { connector, file }, { customer }) => connectorForm(customer, connector, file ?? null),
  }),
);
