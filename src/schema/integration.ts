import { createIntegration, listIntegrations, removeIntegration, updateIntegration } from '../domain/integration.ts';
import { authorizeIntegration } from '../domain/integration-authorization.ts';
import type { IntegrationSettings } from '../domain/integration-settings.ts';
import { limits } from '../limits.ts';
import { builder, forOperators } from './builder.ts';
import { IntegrationParameter, IntegrationProblem } from './integration-form.ts';
import { atMost, filledText, text } from './validation.ts';

const Integration = builder.objectRef<IntegrationSettings>('Integration').implement({
  description: 'A CRM that the customer is connected with.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'Never changes.' }),
    connector: t.exposeString('connector', { nullable: false, description: 'The kind of CRM, such as `native`.' }),
    name: t.exposeString('name', { nullable: false, description: 'For people to read.' }),
    position: t.exposeInt('position', {
      nullable: false,
      description: 'Lookup asks in this order, and the first that knows somebody answers; counted from 1.',
    }),
    lookup: t.exposeBoolean('lookup', { nullable: false, description: 'Whether it is asked who is calling.' }),
    callLogging: t.exposeBoolean('callLogging', { nullable: false, description: 'Whether calls are pushed to it.' }),
    chatLogging: t.exposeBoolean('chatLogging', { nullable: false, description: 'Whether chats are pushed to it.' }),
    contactCreation: t.exposeBoolean('contactCreation', {
      nullable: false,
      description: 'Whether contacts may be created in it; they go to the first that can.',
    }),
    hasFile: t.exposeBoolean('hasFile', {
      nullable: false,
      description: 'Whether it has a file, which is not shown again as it may hold secrets.',
    }),
    parameters: t.expose('parameters', {
      type: [IntegrationParameter],
      nullable: false,
      description: 'What it was told; of a secret, only whether it is set.',
    }),
    problems: t.expose('problems', {
      type: [IntegrationProblem],
      nullable: false,
      description: 'What is wrong or odd about its configuration.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: false, description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', nullable: false, description: 'When it last changed.' }),
  }),
});

builder.queryField('integrations', (t) =>
  t.field({
    ...forOperators,
    type: [Integration],
    description: `The customer’s CRMs in the order in which lookup asks them, at most ${limits.integrations}. For operators: needs the scope \`admin\`.`,
    resolve: (_, __, { customer }) => listIntegrations(customer),
  }),
);

const IntegrationParameterInput = builder.inputType('IntegrationParameterInput', {
  description: 'The value of one parameter.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'As the form names it.', validate: { schema: filledText() } }),
    value: t.string({
      description: 'Null goes back to the default.',
      validate: { schema: text(limits.integrationParameter) },
    }),
  }),
});

const IntegrationInput = builder.inputType('IntegrationInput', {
  description: 'How a CRM is connected. What is absent stays as it is; of a new integration, every switch is on.',
  fields: (t) => ({
    name: t.string({ description: 'For people; else the kind of CRM names it.', validate: { schema: filledText() } }),
    position: t.int({
      description:
        'Where it stands among the others, which make room; past the end is the end. A new one stands there.',
      validate: { min: [1, { message: 'Positions are counted from 1.' }] },
    }),
    lookup: t.boolean({ description: 'Whether it is asked who is calling.' }),
    callLogging: t.boolean({ description: 'Whether calls are pushed to it.' }),
    chatLogging: t.boolean({ description: 'Whether chats are pushed to it.' }),
    contactCreation: t.boolean({ description: 'Whether contacts may be created in it.' }),
    file: t.string({
      description:
        'The whole file, where the kind takes one, such as a CRM template. Parameters that it still asks stay.',
      validate: { schema: text(limits.integrationFile) },
    }),
    parameters: t.field({
      type: [IntegrationParameterInput],
      description: 'What the CRM must be told. Parameters that are not named stay as they are.',
      validate: atMost(limits.integrationParameters),
    }),
  }),
});

const inputArg = { type: IntegrationInput, required: true, description: 'How it is connected.' } as const;
const idArg = { required: true, description: 'The `id` of an integration.' } as const;

builder.mutationField('createIntegration', (t) =>
  t.field({
    ...forOperators,
    type: Integration,
    description:
      'Connects a CRM. A configuration that cannot be used is refused with a sentence for each mistake. Works within a second. For operators: needs the scope `admin`. Not safe to repeat: each makes another integration.',
    args: {
      connector: t.arg.string({
        required: true,
        description: 'The kind of CRM; see `connectors`.',
        validate: { schema: filledText() },
      }),
      input: t.arg(inputArg),
    },
    resolve: (_, { connector, input }, { customer }) => createIntegration(customer, connector, input),
  }),
);

builder.mutationField('updateIntegration', (t) =>
  t.field({
    ...forOperators,
    type: Integration,
    description:
      'Changes what is named of an integration and nothing else. Works within a second. For operators: needs the scope `admin`. Safe to repeat.',
    args: { id: t.arg.id(idArg), input: t.arg(inputArg) },
    resolve: (_, { id, input }, { customer }) => updateIntegration(customer, id, input),
  }),
);

const RemovedIntegration = builder.objectRef<{ id: string; abandoned: number }>('RemovedIntegration').implement({
  description: 'A CRM that the customer is no longer connected with.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'The `id` that the integration had.' }),
    abandoned: t.exposeInt('abandoned', {
      nullable: false,
      description: 'How many pushes to it were given up; they are dead, and their calls and chats stay.',
    }),
  }),
});

builder.mutationField('removeIntegration', (t) =>
  t.field({
    ...forOperators,
    type: RemovedIntegration,
    description:
      'Disconnects a CRM and forgets its secrets; logs of what was pushed to it stay. Refused while something is still to be pushed, unless forced. For operators: needs the scope `admin`. Safe to repeat.',
    args: {
      id: t.arg.id(idArg),
      force: t.arg.boolean({ defaultValue: false, description: 'Whether to give up what is still to be pushed.' }),
    },
    resolve: (_, { id, force }, { customer }) => removeIntegration(customer, id, force ?? false),
  }),
);

const IntegrationAuthorization = builder
  .objectRef<{ url: string; expiresAt: Date }>('IntegrationAuthorization')
  .implement({
    description: 'A page on which a person grants access to a CRM.',
    fields: (t) => ({
      url: t.exposeString('url', { nullable: false, description: 'To be opened in a browser.' }),
      expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: false, description: 'Until when it is good.' }),
    }),
  });

builder.mutationField('authorizeIntegration', (t) =>
  t.field({
    ...forOperators,
    type: IntegrationAuthorization,
    description:
      'Begins to ask a person for access to the CRM, where it has a parameter of the type `OAUTH`: open the address, and what is granted there is kept. Any change of the integration ends it. For operators: needs the scope `admin`. Safe to repeat.',
    args: { id: t.arg.id(idArg) },
    resolve: (_, { id }, { customer }) => authorizeIntegration(customer, id),
  }),
);
