import { v7 as uuid } from 'uuid';
import { badInput, DomainError } from '../errors.ts';
import { isPlaceholderId } from '../id.ts';
import { readPhoneNumber } from '../phone-number.ts';
import { statement } from '../store/customer-store.ts';
import { Prisma } from '../store/prisma/client.ts';
import type { ChatModel } from '../store/prisma/models.ts';
import type { Customer } from './customer.ts';
import { deliveriesOf } from './delivery.ts';
import { findTwin, type Known, look, reportTable } from './logging.ts';
import { logOnce } from './once.ts';
import { asColumns, fillRow } from './row.ts';
import { secondsBetween, wholeSecond } from './time.ts';

export type Chat = ChatModel;

export interface LogChatInput {
  email?: string | null | undefined;
  numberExternal?: string | null | undefined;
  source?: string | null | undefined;
  name?: string | null | undefined;
  startTime?: Date | null | undefined;
  endTime?: Date | null | undefined;
  durationSeconds?: number | null | undefined;
  subject?: string | null | undefined;
  chatMessages?: string | null | undefined;
  queueExtension?: string | null | undefined;
  entityType?: string | null | undefined;
  entityId?: string | null | undefined;
  agent?: string | null | undefined;
  agentFirstName?: string | null | undefined;
  agentLastName?: string | null | undefined;
  agentEmail?: string | null | undefined;
  idempotencyKey?: string | null | undefined;
}

/**
 * Stores a finished chat exactly once, by the rules of `logPhoneCall`: a repeat is the same key, or the same party
 * and start second. Throws `NOT_ENABLED` or `BAD_USER_INPUT`.
 */
export async function logChat(customer: Customer, input: LogChatInput) {
  if (!customer.chatLoggingEnabled) {
    throw new DomainError('NOT_ENABLED', 'Chat logging is not enabled for this account.', {
      reason: 'CHAT_LOGGING_DISABLED',
    });
  }
  const report = readReport(customer, input);
  const { numberSent: _, ...payload } = report;
  const { row, replayed } = await logOnce<Chat, Known>(
    customer,
    { operation: 'logChat', idempotencyKey: input.idempotencyKey ?? null, payload, subject: ['chat', report.party] },
    {
      byId: async (rows, id) => (await rows.rows(chatById, id))[0],
      look: (rows) => look(rows, findTwinChat, whatToLookFor(customer, report)),
      insert: async (rows, { people }) => {
        const now = customer.now();
        const chat = chats.row(customer, { ...report, ...people, id: uuid(), createdAt: now, updatedAt: now });
        await chats.insert(rows.lastRows, chat, await deliveriesOf(customer, { chat }));
        rows.happened('chatLogged', chat.id);
        return chat;
      },
      complete: async (rows, twin, { people }) => {
        const row = { ...report, ...people, updatedAt: customer.now() };
        const [completed] = await rows.rows(fillChat, twin.id, asColumns(row));
        return completed ?? twin;
      },
    },
  );
  return { chat: row, replayed };
}

function readReport({ defaultCountry }: Customer, input: LogChatInput) {
  const { idempotencyKey: _, ...sent } = input;
  const email = input.email ?? null;
  const number = input.numberExternal ? readPhoneNumber(input.numberExternal, defaultCountry) : null;
  const party = email?.toLowerCase() ?? number?.canonical;
  if (!party) throw badInput(['input', 'email'], 'An email or an external number is needed.');
  const startTime = wholeSecond(input.startTime);
  const endTime = wholeSecond(input.endTime);
  return {
    ...sent,
    email,
    numberExternal: number?.canonical ?? null,
    numberSent: number?.sent ?? null,
    party,
    startTime,
    endTime,
    durationSeconds: input.durationSeconds ?? secondsBetween(startTime, endTime),
    entityId: input.entityId && !isPlaceholderId(input.entityId) ? input.entityId : null,
  };
}

type Report = ReturnType<typeof readReport>;

function whatToLookFor(customer: Customer, report: Report) {
  const { entityId, numberExternal: number, email, agent: extension, party, startTime } = report;
  const { agentEmail, agentFirstName: firstName, agentLastName: lastName } = report;
  return {
    customer,
    otherEnd: { entityId, number, email },
    agent: { email: agentEmail, extension, firstName, lastName },
    values: [party, startTime, customer.now()],
  };
}

const chats = reportTable<Chat>('chats', 'chat_id', Prisma.ChatScalarFieldEnum);

const chatById = statement<Chat>('SELECT * FROM chats WHERE customer_id = $1 AND id = $2');

const findTwinChat = findTwin<Chat>('chats', { key: 'party = $6', startTime: '$7', now: '$8' });

const completable = [
  'endTime',
  'durationSeconds',
  'email',
  'numberExternal',
  'numberSent',
  'source',
  'name',
  'subject',
  'chatMessages',
  'queueExtension',
  'entityType',
  'entityId',
  'agent',
  'agentFirstName',
  'agentLastName',
  'agentEmail',
  'contactId',
] as const satisfies (keyof Chat)[];

const fillChat = statement<Chat>(fillRow('chats', completable));
