import { v7 as uuid } from 'uuid';
import { DomainError } from '../errors.ts';
import { isPlaceholderId } from '../id.ts';
import { type CustomerRows, statement } from '../store/customer-store.ts';
import type { CallDirection, CallStatus } from '../store/prisma/enums.ts';
import type { PhoneCallModel } from '../store/prisma/models.ts';
import { attributeAgent } from './agent.ts';
import { attachContexts } from './call-context.ts';
import { callNumbers, type SentNumbers } from './call-numbers.ts';
import { contactOf } from './contact-of.ts';
import type { Customer } from './customer.ts';
import { createDeliveries } from './delivery.ts';
import { logOnce } from './once.ts';
import { asColumns, fillRow, insertRow } from './row.ts';
import { secondsBetween, wholeSecond } from './time.ts';
import type { Transaction } from './transaction.ts';

export type PhoneCall = PhoneCallModel;

export interface LogPhoneCallInput extends SentNumbers {
  direction: CallDirection;
  status: CallStatus;
  source?: string | null | undefined;
  answered?: boolean | null | undefined;
  durationSeconds?: number | null | undefined;
  startTime?: Date | null | undefined;
  endTime?: Date | null | undefined;
  subject?: string | null | undefined;
  body?: string | null | undefined;
  recordingUrl?: string | null | undefined;
  transcription?: string | null | undefined;
  summary?: string | null | undefined;
  sentiment?: string | null | undefined;
  agentFirstName?: string | null | undefined;
  agentLastName?: string | null | undefined;
  agentEmail?: string | null | undefined;
  queueExtension?: string | null | undefined;
  entityType?: string | null | undefined;
  entityId?: string | null | undefined;
  idempotencyKey?: string | null | undefined;
}

/**
 * Stores a finished call exactly once, with one delivery for every integration that logs calls. A repeat (the same
 * key, or the same direction, numbers and start second) answers the first call, completed where it was empty. Throws
 * `NOT_ENABLED`, or `BAD_USER_INPUT` when the key was used for another call.
 */
export async function logPhoneCall(customer: Customer, input: LogPhoneCallInput) {
  if (!customer.callLoggingEnabled) {
    throw new DomainError('NOT_ENABLED', 'Phone call logging is not enabled for this account.', {
      reason: 'CALL_LOGGING_DISABLED',
    });
  }
  const report = readReport(customer, input);
  const { numbersSent: _, ...payload } = report;
  const { row, replayed } = await logOnce<PhoneCall>(
    customer,
    {
      operation: 'logPhoneCall',
      idempotencyKey: input.idempotencyKey ?? null,
      payload,
      subject: [report.numberExternal],
    },
    {
      byId: async (rows, id) => (await rows.rows(callById, id))[0],
      twin: async (rows) => (await rows.rows(findTwin, ...naturalKey(report), customer.now()))[0],
      insert: (rows) => insertCall(rows, customer, report),
      complete: (rows, twin) => completeCall(rows, customer, report, twin),
    },
  );
  return { call: row, replayed };
}

/** What a report means: canonical numbers, whole seconds, and the values that follow from others. */
function readReport({ defaultCountry }: Customer, input: LogPhoneCallInput) {
  const { idempotencyKey: _, ...sent } = input;
  const startTime = wholeSecond(input.startTime);
  const endTime = wholeSecond(input.endTime);
  return {
    ...sent,
    ...callNumbers(input.direction, input, defaultCountry),
    answered: input.answered ?? input.status === 'COMPLETED',
    durationSeconds: input.durationSeconds ?? secondsBetween(startTime, endTime),
    startTime,
    endTime,
    entityId: input.entityId && !isPlaceholderId(input.entityId) ? input.entityId : null,
  };
}

type Report = ReturnType<typeof readReport>;

const naturalKey = (report: Report) => [
  report.direction,
  report.numberExternal,
  report.numberInternal,
  report.startTime,
];

async function insertCall(rows: Transaction, customer: Customer, report: Report): Promise<PhoneCall> {
  const now = customer.now();
  const people = await peopleOf(rows, customer, report);
  const row = { ...report, ...people, id: uuid(), createdAt: now, updatedAt: now };
  const [call] = await rows.rows(insertPhoneCall, asColumns(row));
  const stored = call as PhoneCall;
  await createDeliveries(rows, customer, { phoneCallId: stored.id });
  rows.happened('phoneCallLogged', stored.id);
  return attachContexts(rows, stored, now);
}

async function completeCall(
  rows: Transaction,
  customer: Customer,
  report: Report,
  twin: PhoneCall,
): Promise<PhoneCall> {
  const people = await peopleOf(rows, customer, report);
  const row = { ...report, ...people, updatedAt: customer.now() };
  const [completed] = await rows.rows(fillPhoneCall, twin.id, asColumns(row));
  if (!completed) return twin;
  rows.happened('phoneCallUpdated', twin.id);
  const lengthWasKnown = twin.endTime !== null && twin.durationSeconds !== null;
  return lengthWasKnown ? completed : attachContexts(rows, completed, row.updatedAt);
}

/** Whom the call was with, and to whom it is attributed. */
async function peopleOf(rows: CustomerRows, customer: Customer, report: Report) {
  const { entityId, numberExternal: number, numberInternal, agentEmail, agentFirstName, agentLastName } = report;
  const extension = numberInternal === 'anonymous' ? null : numberInternal;
  return {
    contactId: await contactOf(customer, rows, { entityId, number }),
    agentKey: await attributeAgent(rows, {
      email: agentEmail,
      extension,
      firstName: agentFirstName,
      lastName: agentLastName,
    }),
  };
}

const insertPhoneCall = statement<PhoneCall>(insertRow('phone_calls'));

const callById = statement<PhoneCall>('SELECT * FROM phone_calls WHERE customer_id = $1 AND id = $2');

/** The call that a report repeats: the same start second, or, where neither has a start, reported within two minutes. */
const findTwin = statement<PhoneCall>(`
  SELECT * FROM phone_calls
  WHERE customer_id = $1 AND direction = $2::call_direction AND number_external = $3 AND number_internal = $4
    AND (start_time = $5 OR (start_time IS NULL AND $5 IS NULL AND created_at > $6::timestamptz - interval '2 minutes'))
  ORDER BY created_at DESC
  LIMIT 1`);

/** What a repeat may add; what is known already is never overwritten. */
const completable = [
  'endTime',
  'durationSeconds',
  'numberDid',
  'source',
  'subject',
  'body',
  'recordingUrl',
  'transcription',
  'summary',
  'sentiment',
  'agentFirstName',
  'agentLastName',
  'agentEmail',
  'queueExtension',
  'entityType',
  'entityId',
  'contactId',
] as const satisfies (keyof PhoneCall)[];

const fillPhoneCall = statement<PhoneCall>(fillRow('phone_calls', completable));
