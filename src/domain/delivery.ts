import { v7 as uuid } from 'uuid';
import { type CustomerRows, statement } from '../store/customer-store.ts';
import type { Customer } from './customer.ts';

/** Puts down that a stored call or chat is to be pushed to every integration that logs it, in the same transaction. */
export async function createDeliveries(
  rows: CustomerRows,
  { integrations, now }: Customer,
  report: { phoneCallId: string } | { chatId: string },
): Promise<void> {
  const call = 'phoneCallId' in report ? report.phoneCallId : null;
  const chat = 'chatId' in report ? report.chatId : null;
  const logging = integrations.filter(({ callLogging, chatLogging, connection }) =>
    call ? callLogging && connection.logPhoneCall : chatLogging && connection.logChat,
  );
  if (logging.length === 0) return;
  await rows.rows(
    insertDeliveries,
    logging.map(() => uuid()),
    logging.map(({ id }) => id),
    call,
    chat,
    now(),
  );
}

const insertDeliveries = statement<never>(`
  INSERT INTO deliveries (customer_id, id, integration_id, phone_call_id, chat_id, due_at, created_at, updated_at)
  SELECT $1, id, integration_id, $4::uuid, $5::uuid, $6, $6, $6
  FROM unnest($2::uuid[], $3::uuid[]) AS delivery (id, integration_id)`);
