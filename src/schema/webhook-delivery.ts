import {
  listWebhookDeliveries,
  redeliverWebhook,
  testWebhook,
  type WebhookDelivery as WebhookDeliveryShape,
} from '../domain/webhook-delivery.ts';
import { builder, forOperators } from './builder.ts';
import { pageComplexity } from './phone-calls.ts';

const WebhookDelivery = builder.objectRef<WebhookDeliveryShape>('WebhookDelivery').implement({
  description: 'How the way of one event to one webhook stands. It can be seen for 30 days.',
  fields: (t) => ({
    id: t.exposeID('id', {
      nullable: false,
      description: 'The `webhook-id` of every attempt, by which whoever receives the event knows a repeat.',
    }),
    webhookId: t.exposeID('webhookId', { nullable: false, description: 'The webhook that it goes to.' }),
    event: t.exposeString('event', {
      nullable: false,
      description: 'The `type` of the event, such as `phone_call.logged`, or `webhook.test`.',
    }),
    phoneCallId: t.exposeID('phoneCallId', { description: 'The call that the event is about; null if it is not.' }),
    callContextId: t.exposeID('callContextId', {
      description: 'The context that the event is about; null if it is not.',
    }),
    chatId: t.exposeID('chatId', { description: 'The chat that the event is about; null if it is not.' }),
    state: t.string({
      nullable: false,
      description:
        '`pending` while it is to be tried, `delivered` when it has arrived, `dead` when every attempt failed.',
      resolve: ({ state }) => state.toLowerCase(),
    }),
    attempts: t.exposeInt('attempts', { nullable: false, description: 'How often it was tried.' }),
    message: t.exposeString('message', { description: 'How the last attempt ended; null before the first.' }),
    dueAt: t.expose('dueAt', {
      type: 'DateTime',
      nullable: false,
      description: 'While it is pending, when it is tried next.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: false, description: 'When the event happened.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', nullable: false, description: 'When it last changed.' }),
  }),
});

const WebhookDeliveryConnection = builder.connectionObject(
  { type: WebhookDelivery, name: 'WebhookDeliveryConnection', description: 'One page of what webhooks were told.' },
  { name: 'WebhookDeliveryEdge', description: 'A delivery and where it stands in its list.' },
);

builder.queryField('webhookDeliveries', (t) =>
  t.connection(
    {
      ...forOperators,
      type: WebhookDelivery,
      description: 'What webhooks were told and are to be told, newest first. For operators: needs the scope `admin`.',
      args: { webhookId: t.arg.id({ description: 'Only of this webhook; of all if absent.' }) },
      complexity: pageComplexity,
      resolve: (_, listing, { customer }) => listWebhookDeliveries(customer, listing),
    },
    WebhookDeliveryConnection,
  ),
);

builder.mutationField('testWebhook', (t) =>
  t.field({
    ...forOperators,
    type: WebhookDelivery,
    description:
      'Sends a webhook the event `webhook.test`, by the way of all others. For operators: needs the scope `admin`. Safe to repeat.',
    args: { id: t.arg.id({ required: true, description: 'The `id` of a webhook.' }) },
    resolve: (_, { id }, { customer }) => testWebhook(customer, id),
  }),
);

builder.mutationField('redeliverToWebhook', (t) =>
  t.field({
    ...forOperators,
    type: WebhookDelivery,
    description:
      'Sends an event again under the same `webhook-id`, whether or not it has arrived. For operators: needs the scope `admin`. Safe to repeat.',
    args: { id: t.arg.id({ required: true, description: 'The `id` of a delivery to a webhook.' }) },
    resolve: (_, { id }, { customer }) => redeliverWebhook(customer, id),
  }),
);
