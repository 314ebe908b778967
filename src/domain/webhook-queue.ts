import { Webhook as Signer } from 'standardwebhooks';
import { ConnectorFailure } from '../connectors/failure.ts';
import type { Send } from '../outgoing/send.ts';
import { type CustomerStore, statement } from '../store/customer-store.ts';
import type { Store } from '../store/open.ts';
import type { WebhookDeliveryModel, WebhookModel } from '../store/prisma/models.ts';
import { afterFailure, postponement } from './delivery-retry.ts';
import { claimOf, type Halt, startParts, type Underway } from './parts.ts';
import { secretsOf } from './webhook.ts';
import { webhookPayload } from './webhook-payload.ts';

const second = 1000;

/** How long an endpoint may take; a row is held for much longer, then another worker may try. */
const attemptMs = 15 * second;
const leaseMs = 120 * second;

const batchSize = 50;

export interface WebhookQueueSetup {
  store: Store;
  send: Send;
  halt?: Halt;
  now(): Date;
}

/**
 * Begins to tell webhooks what is due, as `startDue` does for integrations: one after the other for each endpoint, and
 * none at another's cost. Every attempt has the same `webhook-id`, by which an endpoint knows a repeat.
 */
export async function startWebhooks(setup: WebhookQueueSetup, busy: Set<string>): Promise<Underway> {
  const { store, now } = setup;
  const claims = await claimDue(store, now(), [...busy]);
  return startParts(
    claims,
    ({ webhookId }) => webhookId,
    busy,
    async (part) => {
      const [{ customerId, webhookId }] = part as [WebhookDeliveryModel];
      const rows = store.forCustomer(customerId);
      const webhook = await rows.prisma.webhook.findFirst({ where: { id: webhookId } });
      if (webhook) await tell(rows, webhook, part, setup);
    },
  );
}

/** Works off one batch of what is due, and waits for it; answers how many were tried. */
export async function tellWebhooks(setup: WebhookQueueSetup): Promise<number> {
  const { claimed, done } = await startWebhooks(setup, new Set());
  await done;
  return claimed;
}

type Means = Pick<WebhookQueueSetup, 'send' | 'halt' | 'now'>;

async function tell(rows: CustomerStore, webhook: WebhookModel, part: WebhookDeliveryModel[], means: Means) {
  const { halt, now } = means;
  const mayBeginBefore = now().getTime() + leaseMs - 2 * attemptMs;
  let putBackTo = webhook.enabled ? null : now();
  for (const delivery of part) {
    if (!webhook.enabled) {
      await record(rows, delivery, { state: 'DEAD', dueAt: now(), message: 'The webhook is switched off.' }, now());
    } else if (putBackTo || halt?.stopping.aborted || now().getTime() >= mayBeginBefore) {
      await rows.rows(putBack, delivery.id, delivery.attempts, putBackTo ?? now());
    } else {
      const failed = await attempt(rows, webhook, delivery, means);
      // An endpoint that fails would fail the others of the part, too.
      if (failed) putBackTo = postponement(now(), failed.leaveAloneMs);
    }
  }
}

/** Sends one event, and puts down how that ended; null unless it failed. */
async function attempt(rows: CustomerStore, webhook: WebhookModel, delivery: WebhookDeliveryModel, means: Means) {
  const { send, halt, now } = means;
  try {
    const body = await webhookPayload(rows, delivery);
    if (!body) throw new ConnectorFailure('refused', 'What it was about is no longer there.');
    const headers = signed(rows, webhook, delivery, body, now());
    const request = { method: 'POST' as const, url: webhook.url, headers, body };
    const { status } = await send(request, { timeoutMs: attemptMs, maxBytes: 64 * 1024, signal: halt?.givingUp });
    if (status === 410) {
      webhook.enabled = false;
      await rows.prisma.webhook.updateMany({ where: { id: webhook.id }, data: { enabled: false, updatedAt: now() } });
      throw new ConnectorFailure('refused', 'Answered 410: the webhook is gone, and was switched off.');
    }
    if (status < 200 || status > 299) throw new ConnectorFailure('unavailable', `Answered ${status}.`);
    await record(rows, delivery, { state: 'DELIVERED', dueAt: now(), message: `Answered ${status}.` }, now());
    await rows.rows(markWell, webhook.id);
    return null;
  } catch (error) {
    // Telling an endpoint twice does no harm, as the id is the same; so nothing is in doubt, and what we gave up is untried.
    if (halt?.givingUp.aborted) {
      await rows.rows(putBack, delivery.id, delivery.attempts, now());
      return null;
    }
    const plain = error instanceof ConnectorFailure ? error : new ConnectorFailure('unavailable', messageOf(error));
    const failed = afterFailure(plain, { attempts: delivery.attempts, uncertain: 0 }, now());
    await record(rows, delivery, failed, now());
    await rows.rows(markFailing, webhook.id, now());
    return failed;
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Standard Webhooks: the signature is over id, time and body; while a secret is being changed there are two. */
function signed(rows: CustomerStore, webhook: WebhookModel, { id }: WebhookDeliveryModel, body: string, now: Date) {
  const signatures = secretsOf(rows, webhook, now).map((secret) => new Signer(secret).sign(id, now, body));
  return {
    'content-type': 'application/json',
    'user-agent': 'crm-lookup',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / second)),
    'webhook-signature': signatures.join(' '),
  };
}

const claimDue = (store: Store, now: Date, busy: string[]) =>
  store.operatorRows<WebhookDeliveryModel>(claim, new Date(now.getTime() + leaseMs), now, busy);

const claim = claimOf({
  table: 'webhook_deliveries',
  target: 'webhook_id',
  order: 'due_at, id',
  atOnce: batchSize,
  columns: [
    'customer_id',
    'id',
    'webhook_id',
    'event',
    'phone_call_id',
    'call_context_id',
    'chat_id',
    'attempts',
    'created_at',
  ],
});

type End = Pick<WebhookDeliveryModel, 'state' | 'dueAt' | 'message'>;

const record = (
  rows: CustomerStore,
  { id, attempts }: WebhookDeliveryModel,
  { state, dueAt, message }: End,
  now: Date,
) => rows.rows(recordEnd, id, attempts, state, dueAt, message, now);

/** A later attempt by somebody else is not overwritten. */
const recordEnd = statement<never>(`
  UPDATE webhook_deliveries SET state = $4::delivery_state, due_at = $5, message = $6, updated_at = $7
  WHERE customer_id = $1 AND id = $2 AND attempts = $3 AND state = 'PENDING'`);

const putBack = statement<never>(`
  UPDATE webhook_deliveries SET attempts = attempts - 1, due_at = $4
  WHERE customer_id = $1 AND id = $2 AND attempts = $3 AND state = 'PENDING'`);

const markWell = statement<never>(
  'UPDATE webhooks SET failing_since = NULL WHERE customer_id = $1 AND id = $2 AND failing_since IS NOT NULL',
);

const markFailing = statement<never>(
  'UPDATE webhooks SET failing_since = $3 WHERE customer_id = $1 AND id = $2 AND failing_since IS NULL',
);
