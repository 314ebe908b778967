import { v7 as uuid } from 'uuid';
import { DomainError } from '../errors.ts';
import { isPlaceholderId } from '../id.ts';
import { statement } from '../store/customer-store.ts';
import { Prisma } from '../store/prisma/client.ts';
import type { CallDirection, CallStatus } from '../store/prisma/enums.ts';
import type { PhoneCallModel } from '../store/prisma/models.ts';
import { contextWindow } from './belonging.ts';
import { attachContexts, nearContexts } from './call-context.ts';
import { callNumbers, type SentNumbers } from './call-numbers.ts';
import type { Customer } from './customer.ts';
import { deliveriesOf } from './delivery.ts';
import { findTwin, type Known, look, type People, reportTable } from './logging.ts';
import { logOnce } from './once.ts';
import { asColumns, fillRow } from './row.ts';
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
  const { row, replayed } = await logOnce<PhoneCall, Known>(
    customer,
    {
      operation: 'logPhoneCall',
      idempotencyKey: input.idempotencyKey ?? null,
      payload,
      subject: [report.numberExternal],
    },
    {
      byId: async (rows, id) => (await rows.rows(callById, id))[0],
      look: (rows) => look(rows, findTwinCall, whatToLookFor(customer, report)),
      insert: (rows, { people, hasContexts }) => insertCall(rows, customer, { ...report, ...people }, hasContexts),
      complete: (rows, twin, { people }) => completeCall(rows, customer, { ...report, ...people }, twin),
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

function whatToLookFor(customer: Customer, report: Report) {
  const { entityId, direction, numberExternal: number, numberInternal, startTime } = report;
  const { agentEmail: email, agentFirstName: firstName, agentLastName: lastName } = report;
  const extension = numberInternal === 'anonymous' ? null : numberInternal;
  const now = customer.now();
  const { from, to } = contextWindow({ ...report, createdAt: now });
  return {
    customer,
    otherEnd: { entityId, number },
    agent: { email, extension, firstName, lastName },
    values: [direction, number, numberInternal, startTime, now, from, to],
  };
}

async function insertCall(
  rows: Transaction,
  customer: Customer,
  report: Report & People,
  hasContexts: boolean,
): Promise<PhoneCall> {
  const now = customer.now();
  const call = phoneCalls.row(customer, { ...report, id: uuid(), createdAt: now, updatedAt: now });
  const deliveries = await deliveriesOf(customer, { call });
  await phoneCalls.insert(hasContexts ? rows.rows : rows.lastRows, call, deliveries);
  rows.happened('phoneCallLogged', call.id);
  return hasContexts ? attachContexts(rows, call, now) : call;
}

async function completeCall(
  rows: Transaction,
  customer: Customer,
  report: Report & People,
  twin: PhoneCall,
): Promise<PhoneCall> {
  const row = { ...report, updatedAt: customer.now() };
  const [completed] = await rows.rows(fillPhoneCall, twin.id, asColumns(row));
  if (!completed) return twin;
  rows.happened('phoneCallUpdated', twin.id);
  const lengthWasKnown = twin.endTime !== null && twin.durationSeconds !== null;
  return lengthWasKnown ? completed : attachContexts(rows, completed, row.updatedAt);
}

const phoneCalls = reportTable<PhoneCall>('phone_calls', 'phone_call_id', Prisma.PhoneCallScalarFieldEnum);

const callById = statement<PhoneCall>('SELECT * FROM phone_calls WHERE customer_id = $1 AND id = $2');

const findTwinCall = findTwin<PhoneCall>(
  'phone_calls',
  {
    key: 'direction = $6::call_direction AND number_external = $7 AND number_internal = $8',
    startTime: '$9',
    now: '$10',
  },
  `EXISTS (${nearContexts('$6::call_direction', '$7', '$11', '$12')})`,
);

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
