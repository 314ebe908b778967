import { z } from 'zod';
import {
  createWebhook,
  findWebhook,
  listWebhooks,
  removeWebhook,
  rotateWebhookSecret,
  updateWebhook,
  type Webhook,
} from '../domain/webhook.ts';
import { listWebhookDeliveries, redeliverWebhook, testWebhook } from '../domain/webhook-delivery.ts';
import { type WebhookEvent, webhookEvents } from '../domain/webhook-payload.ts';
import { type Commands, command } from './command.ts';
import { id, onOff } from './options.ts';

const names = Object.values(webhookEvents);

const events = z
  .string()
  .transform((list) => list.split(',').map((event) => event.trim()))
  .pipe(z.array(z.enum(names as [WebhookEvent], `must be a comma list of ${names.join(', ')}`)).min(1));

const url = z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).max(2048);

const one = { customer: id, id };

/** A webhook without what signs for it, not even sealed. */
const shown = ({ secret: _, previousSecret: __, previousUntil: ___, customerId: ____, ...webhook }: Webhook) => webhook;

/** Who is told what happens to a customer's calls and chats. */
export const webhookCommands = {
  'webhook create': command(
    { customer: id, url, events: events.default(names) },
    async ({ openCustomer }, { customer, ...input }) => {
      const { webhook, secret } = await createWebhook(await openCustomer(customer), { ...input, enabled: true });
      return { ...shown(webhook), secret };
    },
  ),
  'webhook list': command({ customer: id }, async ({ openCustomer }, { customer }) => ({
    webhooks: (await listWebhooks(await openCustomer(customer))).map(shown),
  })),
  'webhook update': command(
    { ...one, url: url.optional(), events: events.optional(), enabled: onOff.optional() },
    async ({ openCustomer }, { customer, id, ...changes }) =>
      shown(await updateWebhook(await openCustomer(customer), id, changes)),
  ),
  'webhook remove': command(one, async ({ openCustomer }, { customer, id }) =>
    removeWebhook(await openCustomer(customer), id),
  ),
  'webhook rotate': command(one, async ({ openCustomer }, { customer, id }) => {
    const { webhook, secret } = await rotateWebhookSecret(await openCustomer(customer), id);
    return { ...shown(webhook), secret };
  }),
  'webhook test': command(one, async ({ openCustomer }, { customer, id }) =>
    testWebhook(await openCustomer(customer), id),
  ),
  'webhook deliveries': command(one, async ({ openCustomer }, input) => {
    const customer = await openCustomer(input.customer);
    const { id: webhookId } = await findWebhook(customer, input.id);
    const { edges } = await listWebhookDeliveries(customer, { webhookId, first: 100 });
    return { deliveries: edges.map(({ node }) => node) };
  }),
  'webhook redeliver': command(one, async ({ openCustomer }, { customer, id }) =>
    redeliverWebhook(await openCustomer(customer), id),
  ),
} satisfies Commands;
