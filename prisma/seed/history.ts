import { v7 as uuid } from 'uuid';
import { createContact } from '../../src/domain/contact.ts';
import type { Customer } from '../../src/domain/customer.ts';
import { asColumns, insertRows } from '../../src/domain/row.ts';
import { statement } from '../../src/store/customer-store.ts';
import { callRow, type DemoCall, demoCalls, legRows } from './calls.ts';
import { acquaintances, agents, chatLines, type Party } from './cast.ts';
import { type Chance, createChance } from './chance.ts';

const days = 30;
const minute = 60_000;

/**
 * A month of calls and chats before a moment, alike at every start. They are history, so they are put where the
 * domain would have put them, in bulk: logging hundreds one by one would take longer than anybody waits for a demo.
 */
export async function fillHistory(customer: Customer, known: Party[], end: Date): Promise<void> {
  const chance = createChance(20_261);
  const met: Party[] = [];
  for (const acquaintance of acquaintances) {
    const { contact } = await createContact(customer, acquaintance);
    met.push({ contactId: contact.id, number: (contact.phoneMobile1 ?? contact.phoneBusiness1) as string });
  }
  const calls = demoCalls(chance, [...known, ...met], days, end);
  const write = (table: string, rows: object[]) =>
    customer.store.rows(statement(insertRows(table, Object.keys(rows[0] ?? {}))), `[${rows.map(asColumns).join()}]`);
  await write('phone_calls', calls.map(callRow));
  await write('call_segments', calls.flatMap(legRows));
  await write('call_contexts', calls.flatMap(contextRows));
  await write(
    'deliveries',
    calls.map((call) => deliveryRow(customer, call)),
  );
  await write(
    'agents',
    agents.map((agent) => ({ ...agent, updatedAt: end })),
  );
  await write('chats', chatRows(chance, [...known, ...met], end));
}

/** What the call flow knew of a call, taken over by it. */
function contextRows({ id, party, context, startTime }: DemoCall) {
  if (!context) return [];
  return {
    id: context.id,
    direction: 'INBOUND',
    numberFrom: party.number,
    numberExternal: party.number,
    numbersSent: { numberFrom: party.number },
    source: 'call flow',
    startTime,
    startTimeReference: 'CALL',
    contextData: { order: context.order, menu: 'delivery' },
    anchorTime: startTime,
    phoneCallId: id,
    createdAt: startTime,
    updatedAt: startTime,
  };
}

function deliveryRow({ integrations }: Customer, { id, party, startTime }: DemoCall) {
  return {
    id: uuid({ msecs: startTime.getTime() }),
    integrationId: integrations[0]?.id,
    phoneCallId: id,
    state: 'DELIVERED',
    attempts: 1,
    message: party.contactId ? 'Filed under the contact.' : 'Stored; nobody is known by this number.',
    remoteId: party.contactId,
    dueAt: startTime,
    createdAt: startTime,
    updatedAt: startTime,
  };
}

const chats = 24;

function chatRows(chance: Chance, parties: Party[], end: Date) {
  return Array.from({ length: chats }, (_, index) => {
    const party = chance.oneOf(parties);
    const agent = chance.oneOf(agents);
    const startTime = new Date(Math.floor(end.getTime() / 1000) * 1000 - (index + 1) * 29 * 60 * minute);
    const [asked, told] = chance.oneOf(chatLines);
    return {
      id: uuid({ msecs: startTime.getTime() }),
      numberExternal: party.number,
      numberSent: party.number,
      party: party.number,
      contactId: party.contactId,
      source: 'whatsapp',
      startTime,
      endTime: new Date(startTime.getTime() + chance.between(2, 12) * minute),
      durationSeconds: chance.between(120, 720),
      chatMessages: `Visitor: ${asked}\n${agent.firstName}: ${told}`,
      agent: agent.extension,
      agentFirstName: agent.firstName,
      agentLastName: agent.lastName,
      agentEmail: agent.email,
      agentKey: agent.email,
      createdAt: startTime,
      updatedAt: startTime,
    };
  });
}
