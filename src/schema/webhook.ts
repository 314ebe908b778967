import {
  createWebhook,
  listWebhooks,
  removeWebhook,
  rotateWebhookSecret,
  updateWebhook,
  type Webhook as WebhookShape,
  type WebhookWithSecret as WithSecret,
} from '../domain/webhook.ts';
import { type WebhookEvent as EventName, webhookEvents } from '../domain/webhook-payload.ts';
import { limits } from '../limits.ts';
import { builder, forOperators } from './builder.ts';
import { webAddress } from './validation.ts';

const WebhookEvent = builder.enumType('WebhookEvent', {
  description: 'What a webhook can be told.',
  values: {
    PHONE_CALL_LOGGED: {
      value: webhookEvents.phoneCallLogged,
      description: '`phone_call.logged`: a call was logged for the first time.',
    },
    PHONE_CALL_UPDATED: {
      value: webhookEvents.phoneCallUpdated,
      description: '`phone_call.updated`: a repeated report completed a call, or it got a context or a leg.',
    },
    CALL_CONTEXT_UPSERTED: {
      value: webhookEvents.callContextUpserted,
      description: '`call_context.upserted`: something was told of a running call.',
    },
    CHAT_LOGGED: {
      value: webhookEvents.chatLogged,
      description: '`chat.logged`: a chat was logged for the first time.',
    },
  } as const,
});

export const Webhook = builder.objectRef<WebhookShape>('Webhook').implement({
  description: 'An address that is told what happens, by the Standard Webhooks specification.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'Never changes.' }),
    url: t.exposeString('url', { nullable: false, description: 'Where events are sent, by POST.' }),
    events: t.field({
      type: [WebhookEvent],
      nullable: false,
      description: 'Which events are sent.',
      resolve: ({ events }) => events as EventName[],
    }),
    enabled: t.exposeBoolean('enabled', {
      nullable: false,
      description: 'Whether anything is sent. An address that answers 410 (gone) is switched off.',
    }),
    failingSince: t.expose('failingSince', {
      type: 'DateTime',
      description: 'Since when nothing that was sent has arrived; null while it does.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: false, description: 'When it was made.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', nullable: false, description: 'When it was last changed.' }),
  }),
});

builder.queryField('webhooks', (t) =>
  t.field({
    ...forOperators,
    type: [Webhook],
    description: `The customer’s webhooks, at most ${limits.webhooks}. For operators: needs the scope \`admin\`.`,
    resolve: (_, __, { customer }) => listWebhooks(customer),
  }),
);

const WebhookWithSecret = builder.objectRef<WithSecret>('WebhookWithSecret').implement({
  description: 'A webhook, and what signs the events that are sent to it.',
  fields: (t) => ({
    webhook: t.expose('webhook', { type: Webhook, nullable: false, description: 'The webhook.' }),
    secret: t.exposeString('secret', {
      nullable: false,
      description: 'The signing secret (`whsec_…`), for whoever receives the events. It is not shown again.',
    }),
  }),
});

const url = { description: 'An http or https address on the public internet.', validate: { schema: webAddress } };

const CreateWebhookInput = builder.inputType('CreateWebhookInput', {
  description: 'Who is to be told what.',
  fields: (t) => ({
    url: t.string({ ...url, required: true }),
    events: t.field({
      type: [WebhookEvent],
      required: true,
      description: 'Which events are sent, at least one.',
      validate: { minLength: [1, { message: 'At least one event is needed.' }] },
    }),
    enabled: t.boolean({ defaultValue: true, description: 'Whether anything is sent.' }),
  }),
});

const UpdateWebhookInput = builder.inputType('UpdateWebhookInput', {
  description: 'What is to be changed of a webhook; what is absent stays as it is.',
  fields: (t) => ({
    url: t.string(url),
    events: t.field({
      type: [WebhookEvent],
      description: 'Which events are sent, at least one.',
      validate: { minLength: [1, { message: 'At least one event is needed.' }] },
    }),
    enabled: t.boolean({ description: 'Whether anything is sent; while it is off, nothing is put down for later.' }),
  }),
});

const id = { required: true, description: 'The `id` of a webhook.' } as const;

builder.mutationField('createWebhook', (t) =>
  t.field({
    ...forOperators,
    type: WebhookWithSecret,
    description:
      'Tells an address what happens, from within a second. For operators: needs the scope `admin`. Not safe to repeat: each makes another webhook.',
    args: { input: t.arg({ type: CreateWebhookInput, required: true, description: 'The webhook.' }) },
    resolve: (_, { input }, { customer }) => createWebhook(customer, { ...input, enabled: input.enabled ?? true }),
  }),
);

builder.mutationField('updateWebhook', (t) =>
  t.field({
    ...forOperators,
    type: Webhook,
    description:
      'Changes what is named of a webhook and nothing else. Works within a second. For operators: needs the scope `admin`. Safe to repeat.',
    args: { id: t.arg.id(id), input: t.arg({ type: UpdateWebhookInput, required: true, description: 'The changes.' }) },
    resolve: (_, args, { customer }) => updateWebhook(customer, args.id, args.input),
  }),
);

const RemovedWebhook = builder.objectRef<{ id: string }>('RemovedWebhook').implement({
  description: 'A webhook that is told nothing more.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'The `id` that the webhook had.' }),
  }),
});

builder.mutationField('removeWebhook', (t) =>
  t.field({
    ...forOperators,
    type: RemovedWebhook,
    description:
      'Forgets a webhook, its secret, and what it was told. For operators: needs the scope `admin`. Safe to repeat.',
    args: { id: t.arg.id(id) },
    resolve: (_, args, { customer }) => removeWebhook(customer, args.id),
  }),
);

builder.mutationField('rotateWebhookSecret', (t) =>
  t.field({
    ...forOperators,
    type: WebhookWithSecret,
    description:
      'Gives a webhook another signing secret. For a day the one before signs as well, so that whoever receives the events can change over. For operators: needs the scope `admin`. Not safe to repeat: each makes another secret, and ends the one before the last.',
    args: { id: t.arg.id(id) },
    resolve: (_, args, { customer }) => rotateWebhookSecret(customer, args.id),
  }),
);
