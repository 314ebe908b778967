import { v7 as uuid } from 'uuid';
import type { AskOptions, Receipt } from '../connectors/connector.ts';
import { badInput, DomainError } from '../errors.ts';
import { isUuid } from '../id.ts';
import { type CustomerRows, statement } from '../store/customer-store.ts';
import type { DeliveryState } from '../store/prisma/enums.ts';
import type { ChatModel, PhoneCallModel } from '../store/prisma/models.ts';
import type { Customer, Integration } from './customer.ts';

/**
 * One delivery, as a row, for every integration that logs what is being stored. Our own journal is that stored row
 * itself, so its delivery has arrived with it; all others are still to be pushed.
 */
export async function deliveriesOf({ integrations }: Customer, report: Report): Promise<object[]> {
  const deliveries = integrations.map(async (integration) => {
    const push = pushOf(integration, report);
    if (!push) return null;
    const delivery = { id: uuid(), integrationId: integration.id, state: 'PENDING', attempts: 0 };
    return integration.outside ? delivery : { ...delivery, state: 'DELIVERED', attempts: 1, ...(await push()) };
  });
  return (await Promise.all(deliveries)).filter((delivery) => delivery !== null);
}

/** What is logged elsewhere. */
export type Report = { call: PhoneCallModel } | { chat: ChatModel };

/** How an integration is told of a report; null where it cannot be, or its switch is off. */
export function pushOf(
  { callLogging, chatLogging, connection }: Integration,
  report: Report,
): ((options?: AskOptions) => Promise<Receipt>) | null {
  if ('call' in report) {
    const log = callLogging && connection.logPhoneCall;
    return log ? (options) => log.call(connection, report.call, options) : null;
  }
  const log = chatLogging && connection.logChat;
  return log ? (options) => log.call(connection, report.chat, options) : null;
}

/** Tries a delivery again from the beginning, dead or not. Throws `NOT_FOUND`, or `BAD_USER_INPUT` if it has arrived. */
export async function redeliver(customer: Pick<Customer, 'store' | 'now'>, id: string): Promise<void> {
  const known = isUuid(id) ? await customer.store.prisma.delivery.findFirst({ where: { id } }) : null;
  if (!known) throw new DomainError('NOT_FOUND', `There is no delivery ${id}.`);
  const [revived] = await customer.store.rows(reviveDeliveries, [id], customer.now());
  if (!revived) throw badInput(['id'], 'The delivery has already arrived.');
}

/** Tries every dead delivery again from the beginning; answers how many there were. */
export async function redeliverDead(customer: Pick<Customer, 'store' | 'now'>): Promise<number> {
  const dead = await customer.store.prisma.delivery.findMany({ where: { state: 'DEAD' }, select: { id: true } });
  const revived = await customer.store.rows(
    reviveDeliveries,
    dead.map(({ id }) => id),
    customer.now(),
  );
  return revived.length;
}

export interface Outcome {
  id: string;
  /** Which attempt this was; a later one by somebody else is not overwritten. */
  attempts: number;
  state: DeliveryState;
  /** How many attempts this one was: none if it was put back untried. */
  tried: 0 | 1;
  /** Whether it may have been applied although it failed. */
  uncertain: boolean;
  dueAt: Date;
  message: string | null;
  remoteId: string | null;
  remoteUrl: string | null;
}

/** Puts down how attempts ended. */
export const recordOutcomes = (rows: CustomerRows, outcomes: Outcome[], now: Date) =>
  rows.rows(recordDeliveries, JSON.stringify(outcomes), now);

const reviveDeliveries = statement<{ id: string }>(`
  UPDATE deliveries SET state = 'PENDING', attempts = 0, uncertain = 0, due_at = $3, updated_at = $3
  WHERE customer_id = $1 AND id = ANY($2::uuid[]) AND state <> 'DELIVERED'
  RETURNING id`);

const recordDeliveries = statement<never>(`
  UPDATE deliveries AS kept
  SET state = outcome.state::delivery_state, due_at = outcome."dueAt", message = CASE outcome.tried WHEN 0 THEN kept.message ELSE outcome.message END,
    attempts = kept.attempts - 1 + outcome.tried, uncertain = kept.uncertain + outcome.uncertain::int,
    remote_id = outcome."remoteId", remote_url = outcome."remoteUrl", updated_at = $3
  FROM jsonb_to_recordset($2::jsonb) AS outcome (
    id uuid, attempts int, state text, tried int, uncertain boolean, "dueAt" timestamptz, message text, "remoteId" text, "remoteUrl" text)
  WHERE kept.customer_id = $1 AND kept.id = outcome.id AND kept.attempts = outcome.attempts AND kept.state = 'PENDING'`);
