import { badInput } from '../errors.ts';
import { isUuid } from '../id.ts';
import { limits } from '../limits.ts';
import { readPhoneNumber } from '../phone-number.ts';
import type { CallDirection, CallStatus } from '../store/prisma/enums.ts';

type Maybe<T> = T | null | undefined;

export interface TimeRange {
  from?: Maybe<Date>;
  to?: Maybe<Date>;
}

export interface PhoneCallFilter {
  direction?: Maybe<CallDirection[]>;
  status?: Maybe<CallStatus[]>;
  answered?: Maybe<boolean>;
  number?: Maybe<string>;
  numberFrom?: Maybe<string[]>;
  numberTo?: Maybe<string[]>;
  numberDid?: Maybe<string[]>;
  startTime?: Maybe<TimeRange>;
  endTime?: Maybe<TimeRange>;
  agentEmail?: Maybe<string[]>;
  queueExtension?: Maybe<string[]>;
  subject?: Maybe<string>;
  contactId?: Maybe<string>;
  awaitingCallback?: Maybe<boolean>;
  and?: Maybe<PhoneCallFilter[]>;
  or?: Maybe<PhoneCallFilter[]>;
  not?: Maybe<PhoneCallFilter>;
}

type Bind = (value: unknown) => string;

/**
 * The conditions of a filter as SQL, all of which must hold; numbers are compared in canonical form. Throws
 * `BAD_USER_INPUT` when filters are nested too deeply.
 */
export function filterConditions(filter: PhoneCallFilter, country: string, bind: Bind, depth = 0): string[] {
  if (depth > limits.filterDepth)
    throw badInput(['filter'], `Filters must not be nested more than ${limits.filterDepth} deep.`);
  const inner = (part: PhoneCallFilter) =>
    `(${filterConditions(part, country, bind, depth + 1).join(' AND ') || 'true'})`;
  return [
    ...fieldConditions(filter, country, bind),
    ...(filter.and ?? []).map(inner),
    ...(filter.or ? [`(${filter.or.map(inner).join(' OR ') || 'false'})`] : []),
    ...(filter.not ? [`${inner(filter.not)} IS NOT TRUE`] : []),
  ];
}

function fieldConditions(filter: PhoneCallFilter, country: string, bind: Bind): string[] {
  const canonical = (number: string) => readPhoneNumber(number, country).canonical;
  const conditions: string[] = [];
  const oneOf = (column: string, values: Maybe<string[]>, type = 'text') => {
    if (values) conditions.push(`${column} = ANY(${bind(values)}::${type}[])`);
  };
  const within = (column: string, range: Maybe<TimeRange>) => {
    if (range?.from) conditions.push(`${column} >= ${bind(range.from)}`);
    if (range?.to) conditions.push(`${column} <= ${bind(range.to)}`);
  };
  oneOf('direction', filter.direction, 'call_direction');
  oneOf('status', filter.status, 'call_status');
  if (filter.answered != null) conditions.push(`answered = ${bind(filter.answered)}`);
  if (filter.number) {
    const columns = ['number_external', 'number_internal', 'number_from', 'number_to', 'number_did'];
    conditions.push(`${bind(canonical(filter.number))} IN (${columns.join(', ')})`);
  }
  oneOf('number_from', filter.numberFrom?.map(canonical));
  oneOf('number_to', filter.numberTo?.map(canonical));
  oneOf('number_did', filter.numberDid?.map(canonical));
  within('start_time', filter.startTime);
  within('end_time', filter.endTime);
  oneOf(
    'lower(agent_email)',
    filter.agentEmail?.map((email) => email.toLowerCase()),
  );
  oneOf('queue_extension', filter.queueExtension);
  if (filter.subject) conditions.push(`subject ILIKE ${bind(`%${filter.subject.replace(/[\\%_]/g, '\\$&')}%`)}`);
  if (filter.contactId)
    conditions.push(isUuid(filter.contactId) ? `contact_id = ${bind(filter.contactId)}::uuid` : 'false');
  if (filter.awaitingCallback != null) conditions.push(`${awaitsCallback} = ${bind(filter.awaitingCallback)}`);
  return conditions;
}

/**
 * A missed call of a number that can be called, of whom nobody was reached since. A later missed call of the same
 * number stands for the earlier ones.
 */
const awaitsCallback = `(
  phone_calls.direction = 'INBOUND' AND NOT phone_calls.answered AND phone_calls.number_external <> 'anonymous'
  AND NOT EXISTS (
    SELECT FROM phone_calls AS later
    WHERE later.customer_id = $1 AND later.number_external = phone_calls.number_external
      AND later.start_time > phone_calls.start_time AND (later.answered OR later.direction = 'INBOUND')
  ))`;
