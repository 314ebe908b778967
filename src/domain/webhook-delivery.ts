import { v7 as uuid } from 'uuid';
import { badInput, DomainError } from '../errors.ts';
import type { EventKind, Notice } from '../events/event-bus.ts';
import { isUuid } from '../id.ts';
import { type CustomerRows, statement } from '../store/customer-store.ts';
import type { WebhookDeliveryModel } from '../store/prisma/models.ts';
import type { Customer } from './customer.ts';
import type { Order } from './keyset.ts';
import { bindings, type Page, type Paging, readPage } from './page.ts';
import { findWebhook } from './webhook.ts';
import { testEvent, webhookEvents } from './webhook-payload.ts';

export type WebhookDelivery = WebhookDeliveryModel;

/** Puts down that webhooks are to be told what happened in a transaction, within that very transaction. */
export async function createWebhookDeliveries(
  rows: CustomerRows,
  { webhooks, now }: Pick<Customer, 'webhooks' | 'now'>,
  notices: Notice[],
): Promise<void> {
  const time = now();
  const deliveries = notices.flatMap(({ kind, id }) =>
    webhooks
      .filter(({ events }) => events.includes(webhookEvents[kind]))
      .map((webhook) => ({ webhook_id: webhook.id, event: webhookEvents[kind], [subjects[kind]]: id })),
  );
  if (deliveries.length === 0) return;
  await insert(rows, deliveries, time);
}

/** The column that says what an event is about. */
const subjects = {
  phoneCallLogged: 'phone_call_id',
  phoneCallUpdated: 'phone_call_id',
  callContextUpserted: 'call_context_id',
  chatLogged: 'chat_id',
} as const satisfies Record<EventKind, string>;

const insert = (rows: CustomerRows, deliveries: object[], time: Date) =>
  rows.rows(insertDeliveries, JSON.stringify(deliveries.map((row) => ({ ...row, id: uuid() }))), time);

/** Sends a webhook an event that says nothing, by the way of all others. Throws `NOT_FOUND`. */
export async function testWebhook(customer: Pick<Customer, 'store' | 'now'>, id: string): Promise<WebhookDelivery> {
  await findWebhook(customer, id);
  const [delivery] = await insert(customer.store, [{ webhook_id: id, event: testEvent }], customer.now());
  return delivery as WebhookDelivery;
}

/** Sends an event again under the same id, also one that has arrived. Throws `NOT_FOUND`. */
export async function redeliverWebhook(
  customer: Pick<Customer, 'store' | 'now'>,
  id: string,
): Promise<WebhookDelivery> {
  const [revived] = isUuid(id) ? await customer.store.rows(reviveDelivery, id, customer.now()) : [];
  if (!revived) throw new DomainError('NOT_FOUND', `There is no delivery ${id} to a webhook.`);
  return revived;
}

const newestFirst: Order<WebhookDelivery> = [
  { column: 'created_at', name: 'createdAt', direction: 'DESC', nullable: false },
  { column: 'id', name: 'id', direction: 'DESC', nullable: false },
];

/** What webhooks were told and are to be told, newest first. */
export async function listWebhookDeliveries(
  customer: Pick<Customer, 'store'>,
  { webhookId, ...paging }: Paging & { webhookId?: string | null | undefined },
): Promise<Page<WebhookDelivery>> {
  if (webhookId && !isUuid(webhookId)) throw badInput(['webhookId'], 'This is not the id of a webhook.');
  const binding = bindings();
  const conditions = webhookId ? [`webhook_id = ${binding.bind(webhookId)}::uuid`] : [];
  return readPage(customer.store, { table: 'webhook_deliveries', conditions, binding, order: newestFirst }, paging);
}

const insertDeliveries = statement<WebhookDelivery>(`
  INSERT INTO webhook_deliveries
    (customer_id, id, webhook_id, event, phone_call_id, call_context_id, chat_id, due_at, created_at, updated_at)
  SELECT $1, sent.id, sent.webhook_id, sent.event, sent.phone_call_id, sent.call_context_id, sent.chat_id, $3, $3, $3
  FROM jsonb_populate_recordset(null::webhook_deliveries, $2::jsonb) AS sent
  -- One that was removed a moment ago is told nothing more.
  JOIN webhooks AS webhook ON webhook.customer_id = $1 AND webhook.id = sent.webhook_id
  RETURNING *`);

const reviveDelivery = statement<WebhookDelivery>(`
  UPDATE webhook_deliveries SET state = 'PENDING', attempts = 0, due_at = $3, updated_at = $3
  WHERE customer_id = $1 AND id = $2
  RETURNING *`);
