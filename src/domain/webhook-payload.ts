import type { EventKind } from '../events/event-bus.ts';
import type { CustomerStore } from '../store/customer-store.ts';
import type { CallContextModel, ChatModel, PhoneCallModel, WebhookDeliveryModel } from '../store/prisma/models.ts';

/** What the events are called in webhooks. */
export const webhookEvents = {
  phoneCallLogged: 'phone_call.logged',
  phoneCallUpdated: 'phone_call.updated',
  callContextUpserted: 'call_context.upserted',
  chatLogged: 'chat.logged',
} as const satisfies Record<EventKind, string>;

export type WebhookEvent = (typeof webhookEvents)[EventKind];

/** The event of a delivery that was asked for to see whether it arrives. */
export const testEvent = 'webhook.test';

const shared = ['id', 'source', 'startTime'] as const;
const agent = ['agentFirstName', 'agentLastName', 'agentEmail', 'agentKey', 'queueExtension'] as const;
const related = ['contactId', 'entityType', 'entityId', 'createdAt', 'updatedAt'] as const;
const length = ['endTime', 'durationSeconds', 'subject'] as const;

// The names are those of the GraphQL types; a name may be added and none taken away.
const callFields = [
  ...shared,
  ...length,
  ...agent,
  ...related,
  'direction',
  'status',
  'answered',
  'numberFrom',
  'numberTo',
  'numberExternal',
  'numberInternal',
  'numberDid',
  'body',
  'recordingUrl',
  'transcription',
  'summary',
  'sentiment',
  'callContextId',
  'contextData',
] as const satisfies (keyof PhoneCallModel)[];

const contextFields = [
  ...shared,
  'direction',
  'numberFrom',
  'numberTo',
  'startTimeReference',
  'segmentDnType',
  'contextData',
  'phoneCallId',
  'createdAt',
  'updatedAt',
] as const satisfies (keyof CallContextModel)[];

const chatFields = [
  ...shared,
  ...length,
  ...agent,
  ...related,
  'email',
  'numberExternal',
  'name',
  'chatMessages',
  'agent',
] as const satisfies (keyof ChatModel)[];

/** The body of a delivery, as what it is about stands now; null when that is gone. */
export async function webhookPayload(store: CustomerStore, delivery: WebhookDeliveryModel): Promise<string | null> {
  const content = await contentOf(store, delivery);
  return content && JSON.stringify({ type: delivery.event, timestamp: delivery.createdAt, data: content });
}

async function contentOf({ prisma }: CustomerStore, delivery: WebhookDeliveryModel): Promise<object | null> {
  const { event, webhookId, phoneCallId, callContextId, chatId } = delivery;
  if (event === testEvent) return { webhookId, message: 'It works.' };
  if (phoneCallId) return pick(await prisma.phoneCall.findFirst({ where: { id: phoneCallId } }), callFields);
  if (callContextId) return pick(await prisma.callContext.findFirst({ where: { id: callContextId } }), contextFields);
  return chatId ? pick(await prisma.chat.findFirst({ where: { id: chatId } }), chatFields) : null;
}

const pick = <Row extends object>(row: Row | null, names: readonly (keyof Row)[]) =>
  row && Object.fromEntries(names.map((name) => [name, row[name]]));
