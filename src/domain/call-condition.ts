import { isUuid } from '../id.ts';
import { readPhoneNumber } from '../phone-number.ts';
import type { CallDirection, CallStatus } from '../store/prisma/enums.ts';
import { callExpression } from './call-expression.ts';
import { searchConditions } from './call-search.ts';
import { readTimeZone } from './time-zone.ts';

type Maybe<T> = T | null | undefined;

interface TimeRange {
  from?: Maybe<Date>;
  to?: Maybe<Date>;
}

interface LocalTime {
  weekday?: Maybe<number[]>;
  hourOfDay?: Maybe<number[]>;
  timeZone?: Maybe<string>;
}

export type CallDetail = 'START_TIME' | 'AGENT' | 'QUEUE' | 'DID' | 'SOURCE' | 'CONTACT' | 'RECORDING';

/** What a filter asks of a call by itself, without the filters within it. */
export interface CallCondition {
  direction?: Maybe<CallDirection[]>;
  status?: Maybe<CallStatus[]>;
  answered?: Maybe<boolean>;
  number?: Maybe<string>;
  numberFrom?: Maybe<string[]>;
  numberTo?: Maybe<string[]>;
  numberDid?: Maybe<string[]>;
  startTime?: Maybe<TimeRange>;
  endTime?: Maybe<TimeRange>;
  localTime?: Maybe<LocalTime>;
  agent?: Maybe<string[]>;
  agentEmail?: Maybe<string[]>;
  queueExtension?: Maybe<string[]>;
  source?: Maybe<string[]>;
  without?: Maybe<CallDetail[]>;
  subject?: Maybe<string>;
  search?: Maybe<string>;
  contactId?: Maybe<string>;
  awaitingCallback?: Maybe<boolean>;
}

/** How a customer's filters are read where they leave it open. */
export interface FilterSetting {
  defaultCountry: string;
  timeZone: string;
}

/** Every condition as SQL; a field that is absent or null asks for nothing. */
export function callConditions(
  filter: CallCondition,
  { defaultCountry, timeZone }: FilterSetting,
  bind: (value: unknown) => string,
): string[] {
  const canonical = (number: string) => readPhoneNumber(number, defaultCountry).canonical;
  const conditions: string[] = [];
  const oneOf = (expression: string, values: Maybe<unknown[]>, type = 'text') => {
    if (values) conditions.push(`${expression} = ANY(${bind(values)}::${type}[])`);
  };
  const within = (column: string, range: Maybe<TimeRange>) => {
    if (range?.from) conditions.push(`${column} >= ${bind(range.from)}`);
    if (range?.to) conditions.push(`${column} <= ${bind(range.to)}`);
  };
  oneOf('direction', filter.direction, 'call_direction');
  oneOf('status', filter.status, 'call_status');
  if (filter.answered != null) conditions.push(`answered = ${bind(filter.answered)}`);
  if (filter.number) conditions.push(`${bind(canonical(filter.number))} IN (${numberColumns})`);
  oneOf('number_from', filter.numberFrom?.map(canonical));
  oneOf('number_to', filter.numberTo?.map(canonical));
  oneOf(callExpression.did, filter.numberDid?.map(canonical));
  within('start_time', filter.startTime);
  within('end_time', filter.endTime);
  if (filter.localTime) conditions.push(...localTimeConditions(filter.localTime, timeZone, bind));
  oneOf(callExpression.agent, filter.agent);
  const emails = filter.agentEmail?.map((email) => email.toLowerCase());
  oneOf('lower(agent_email)', emails);
  oneOf(callExpression.queue, filter.queueExtension);
  oneOf(callExpression.source, filter.source);
  conditions.push(...(filter.without ?? []).map((detail) => `${details[detail]} IS NULL`));
  if (filter.subject) conditions.push(`subject ILIKE ${bind(`%${filter.subject.replace(/[\\%_]/g, '\\$&')}%`)}`);
  if (filter.search != null) conditions.push(...searchConditions(filter.search, bind));
  if (filter.contactId)
    conditions.push(isUuid(filter.contactId) ? `contact_id = ${bind(filter.contactId)}::uuid` : 'false');
  if (filter.awaitingCallback != null) conditions.push(`${awaitsCallback} = ${bind(filter.awaitingCallback)}`);
  return conditions;
}

const numberColumns = 'number_external, number_internal, number_from, number_to, number_did';

const details: Record<CallDetail, string> = {
  START_TIME: 'start_time',
  AGENT: callExpression.agent,
  QUEUE: callExpression.queue,
  DID: callExpression.did,
  SOURCE: callExpression.source,
  CONTACT: 'contact_id',
  RECORDING: 'recording_url',
};

function localTimeConditions(
  { weekday, hourOfDay, timeZone }: LocalTime,
  customerZone: string,
  bind: (value: unknown) => string,
): string[] {
  const zone = readTimeZone(timeZone ?? customerZone, ['filter', 'localTime', 'timeZone']);
  return [
    ...(weekday ? [`${callExpression.weekday(bind(zone))} = ANY(${bind(weekday)}::int[])`] : []),
    ...(hourOfDay ? [`${callExpression.hourOfDay(bind(zone))} = ANY(${bind(hourOfDay)}::int[])`] : []),
  ];
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
