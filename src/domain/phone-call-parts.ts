import { isUuid } from '../id.ts';
import type { CallSegmentModel, DeliveryModel } from '../store/prisma/models.ts';
import type { CallContext } from './call-context.ts';
import { type Contact, ownContact } from './contact.ts';
import type { Customer } from './customer.ts';
import type { PhoneCall } from './phone-call.ts';

export type CallSegment = CallSegmentModel;

/** One attempt after another to push a call to one CRM. */
export type CallLog = DeliveryModel & { integration: string };

/** A call by its id, or null when it is nobody's, or another customer's. */
export const findPhoneCall = async (customer: Customer, id: string): Promise<PhoneCall | null> =>
  isUuid(id) ? customer.store.prisma.phoneCall.findFirst({ where: { id } }) : null;

/** The legs of all these calls, each call's in order. */
export const segmentsOf = (customer: Customer, phoneCallIds: string[]): Promise<CallSegment[]> =>
  customer.store.prisma.callSegment.findMany({
    where: { phoneCallId: { in: phoneCallIds } },
    orderBy: { order: 'asc' },
  });

/** How the pushes of all these calls stand, each call's in the order of the integrations. */
export async function logsOf(customer: Customer, phoneCallIds: string[]): Promise<CallLog[]> {
  const where = { phoneCallId: { in: phoneCallIds } };
  return named(customer, await customer.store.prisma.delivery.findMany({ where, orderBy: { id: 'asc' } }));
}

/** How the pushes of all these chats stand. */
export async function chatLogsOf(customer: Customer, chatIds: string[]): Promise<CallLog[]> {
  const where = { chatId: { in: chatIds } };
  return named(customer, await customer.store.prisma.delivery.findMany({ where, orderBy: { id: 'asc' } }));
}

export async function findLog(customer: Customer, id: string): Promise<CallLog> {
  const [log] = await named(customer, await customer.store.prisma.delivery.findMany({ where: { id } }));
  return log as CallLog;
}

/** An integration that was removed still names its logs. */
async function named({ integrations, store }: Customer, deliveries: DeliveryModel[]): Promise<CallLog[]> {
  const names = new Map(integrations.map(({ id, connector }) => [id, connector]));
  const others = [...new Set(deliveries.map(({ integrationId }) => integrationId))].filter((id) => !names.has(id));
  const removed = others.length > 0 ? await store.prisma.integration.findMany({ where: { id: { in: others } } }) : [];
  for (const { id, connector } of removed) names.set(id, connector);
  return deliveries.map((delivery) => ({ ...delivery, integration: names.get(delivery.integrationId) ?? 'unknown' }));
}

export async function contactsById(customer: Customer, ids: string[]): Promise<Contact[]> {
  const rows = await customer.store.prisma.contact.findMany({ where: { id: { in: ids } } });
  return rows.map((row) => ownContact(customer, row));
}

export const contextsById = (customer: Customer, ids: string[]): Promise<CallContext[]> =>
  customer.store.prisma.callContext.findMany({ where: { id: { in: ids } } });

export const phoneCallsById = (customer: Customer, ids: string[]): Promise<PhoneCall[]> =>
  customer.store.prisma.phoneCall.findMany({ where: { id: { in: ids } } });
