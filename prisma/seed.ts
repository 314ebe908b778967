import { createAccessToken } from '../src/auth/access-token.ts';
import { upsertCallContext } from '../src/domain/call-context.ts';
import { logChat } from '../src/domain/chat.ts';
import { createContact } from '../src/domain/contact.ts';
import {
  type Customer,
  createCustomer,
  createWorkspace,
  findCustomerRecord,
  type OpenCustomer,
} from '../src/domain/customer.ts';
import { logPhoneCall } from '../src/domain/phone-call.ts';
import type { Store } from '../src/store/open.ts';
import type { Party } from './seed/cast.ts';
import { fillHistory } from './seed/history.ts';

const demoWorkspace = 'Demo';
const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * Fills an empty database with one workspace, one customer, and a month of contacts, calls and chats; answers a token for
 * that customer, or null when the database holds somebody else's workspaces.
 */
export async function seedDemo(store: Store, openCustomer: OpenCustomer, now: Date): Promise<{ token: string } | null> {
  const customerId = (await findDemoCustomer(store)) ?? (await createDemo(store, openCustomer, now));
  if (!customerId) return null;
  const expiresAt = new Date(now.getTime() + 30 * day);
  return createAccessToken(store, { customerId, scopes: ['client', 'crm'], expiresAt });
}

async function findDemoCustomer(store: Store): Promise<string | undefined> {
  const customer = await store.operator.customer.findFirst({
    where: { workspace: { name: demoWorkspace }, name: 'Demo' },
  });
  return customer?.id;
}

async function createDemo(store: Store, openCustomer: OpenCustomer, now: Date): Promise<string | null> {
  if ((await store.operator.workspace.count()) > 0) return null;
  const workspace = await createWorkspace(store, demoWorkspace);
  const { id } = await createCustomer(store, {
    workspaceId: workspace.id,
    name: 'Demo',
    defaultCountry: 'FR',
    timeZone: 'Europe/Paris',
  });
  await fill(openCustomer(await findCustomerRecord(store, id)), now);
  return id;
}

/** Those whom the examples are about. */
const people = [
  {
    firstName: 'Camille',
    lastName: 'Martin',
    email: 'camille.martin@example.com',
    phoneMobile: '06 12 34 56 78',
  },
  { firstName: 'Jonas', lastName: 'Weber', email: 'jonas.weber@example.com', phoneBusiness: '+49 30 901820' },
  { firstName: 'Aïcha', lastName: 'Diallo', phoneMobile: '+33 7 56 78 90 12' },
];

async function fill(customer: Customer, now: Date): Promise<void> {
  const known: Party[] = [];
  for (const person of people) {
    const { contact } = await createContact(customer, person);
    known.push({ contactId: contact.id, number: (contact.phoneMobile1 ?? contact.phoneBusiness1) as string });
  }
  const ago = (days: number, minutes: number) => new Date(now.getTime() - days * day - minutes * minute);
  await fillHistory(customer, known, ago(0, 100));
  await upsertCallContext(customer, {
    direction: 'INBOUND',
    numberFrom: '+33612345678',
    numberTo: '+33170990000',
    startTime: ago(0, 90),
    contextData: [
      { key: 'order', value: 1042 },
      { key: 'menu', value: 'delivery' },
    ],
  });
  const agent = { agentFirstName: 'Léa', agentLastName: 'Bernard', agentEmail: 'lea.bernard@example.com' };
  await logPhoneCall(customer, {
    direction: 'INBOUND',
    status: 'COMPLETED',
    numberExternal: '+33612345678',
    numberInternal: '101',
    startTime: ago(0, 90),
    endTime: ago(0, 84),
    subject: 'Where is order 1042?',
    queueExtension: '800',
    ...agent,
  });
  await logPhoneCall(customer, {
    direction: 'INBOUND',
    status: 'MISSED',
    numberExternal: '+493090182000',
    numberInternal: '101',
    startTime: ago(0, 45),
    endTime: ago(0, 45),
    ...agent,
  });
  await logPhoneCall(customer, {
    direction: 'OUTBOUND',
    status: 'COMPLETED',
    numberExternal: '+33756789012',
    numberInternal: '102',
    startTime: ago(1, 200),
    endTime: ago(1, 188),
    subject: 'Offer 77',
    ...agent,
  });
  await logPhoneCall(customer, {
    direction: 'INBOUND',
    status: 'COMPLETED',
    numberExternal: 'anonymous',
    numberInternal: '101',
    startTime: ago(2, 30),
    endTime: ago(2, 28),
    ...agent,
  });
  await logChat(customer, {
    email: 'camille.martin@example.com',
    name: 'Camille',
    startTime: ago(1, 60),
    endTime: ago(1, 50),
    chatMessages: 'Camille: Hello!\nLéa: Hello, how can I help?',
    ...agent,
  });
}
