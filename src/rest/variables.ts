import { limits } from '../limits.ts';
import { readContextData } from './context-data.ts';
import type { Fields } from './fields.ts';
import { callDirections, callStatuses, externalDirections, segmentDnTypes, startTimeReferences } from './legacy.ts';
import type {
  CreateContactMutationVariables,
  LogChatMutationVariables,
  LogPhoneCallMutationVariables,
  SaveCallContextMutationVariables,
  SearchContactsQueryVariables,
} from './lookup.generated.ts';

// From the fields of a request to the variables of its document, one function an operation.

export function searchContacts(fields: Fields): SearchContactsQueryVariables {
  const phone = fields.phone('phone');
  const email = fields.text('email', limits.email);
  const displayName = fields.text('display_name');
  const callDirection = externalDirection(fields.text('call_direction'));
  if (!fields.told('phone') && !fields.told('email')) {
    fields.require('phone', phone, ' when email is not present');
    fields.require('email', email, ' when phone is not present');
  }
  fields.check();
  return { phone, email, displayName, callDirection };
}

/** A search is answered whatever else it says: a direction that is no word of ours is none. */
const externalDirection = (word = '') => new Map(Object.entries(externalDirections)).get(word.toLowerCase());

export function createContact(fields: Fields): CreateContactMutationVariables {
  const lastName = fields.text('last_name');
  fields.require('last_name', lastName);
  const input = {
    lastName: lastName ?? '',
    firstName: fields.text('first_name'),
    civility: fields.text('civility'),
    email: fields.email('email'),
    phone: fields.phone('phone'),
    phoneBusiness: fields.phone('phone_business'),
    phoneMobile: fields.phone('phone_mobile'),
    customValue: fields.text('custom_value'),
    callDirection: fields.choice('call_direction', externalDirections),
  };
  fields.check();
  return { input };
}

export function logPhoneCall(fields: Fields, idempotencyKey: string | undefined): LogPhoneCallMutationVariables {
  const direction = fields.choice('direction', callDirections);
  fields.require('direction', direction);
  const status = fields.choice('status', callStatuses);
  fields.require('status', status);
  const input = {
    direction: direction ?? 'INBOUND',
    status: status ?? 'COMPLETED',
    ...numberPairs(fields, direction === 'OUTBOUND'),
    numberDid: fields.phone('number_did'),
    source: fields.text('source'),
    answered: fields.boolean('answered'),
    durationSeconds: fields.duration('duration'),
    ...span(fields),
    subject: fields.text('subject'),
    body: fields.text('body', limits.longText),
    recordingUrl: fields.url('recording_url'),
    transcription: fields.text('transcription', limits.longText),
    summary: fields.text('summary', limits.longText),
    sentiment: fields.text('sentiment'),
    ...agentNames(fields),
    queueExtension: fields.text('queue_extension'),
    entityType: fields.text('entity_type'),
    entityId: fields.text('entity_id'),
    idempotencyKey,
  };
  fields.check();
  return { input };
}

export function saveCallContext(fields: Fields): SaveCallContextMutationVariables {
  const direction = fields.choice('direction', externalDirections);
  fields.require('direction', direction);
  const [external, internal] = direction === 'OUTBOUND' ? ['number_to', 'number_from'] : ['number_from', 'number_to'];
  const numbers = { [external]: hiddenOr(fields, external, internal), [internal]: fields.phone(internal) };
  if (direction) fields.require(external, numbers[external], ` when direction is ${direction.toLowerCase()}`);
  const input = {
    direction: direction ?? 'INBOUND',
    numberFrom: numbers.number_from,
    numberTo: numbers.number_to,
    source: fields.text('source'),
    startTime: fields.time('start_time_utc'),
    startTimeReference: fields.choice('start_time_reference', startTimeReferences),
    segmentDnType: fields.choice('segment_dn_type', segmentDnTypes),
    contextData: readContextData(fields),
  };
  fields.check();
  return { input };
}

export function logChat(
  fields: Fields,
  idempotencyKey: string | undefined,
  chatsWithoutEmail: boolean,
): LogChatMutationVariables {
  const email = fields.email('email');
  const numberExternal = fields.phone('number_external');
  if (!(chatsWithoutEmail && numberExternal)) fields.require('email', email);
  const input = {
    email,
    numberExternal,
    source: fields.text('source'),
    name: fields.text('name'),
    ...span(fields),
    durationSeconds: fields.duration('duration'),
    subject: fields.text('subject'),
    chatMessages: fields.text('chat_messages', limits.chatMessages),
    queueExtension: fields.text('queue_extension'),
    entityType: fields.text('entity_type'),
    entityId: fields.text('entity_id'),
    agent: fields.text('agent'),
    ...agentNames(fields),
    idempotencyKey,
  };
  fields.check();
  return { input };
}

/** Both pairs, of which one must be whole. The external side may be sent empty: then the caller hid the number. */
function numberPairs(fields: Fields, outbound: boolean) {
  const [external, internal] = outbound ? ['number_to', 'number_from'] : ['number_from', 'number_to'];
  const pair = {
    [external]: hiddenOr(fields, external, internal, 'number_external'),
    [internal]: fields.phone(internal),
  };
  const { number_from: numberFrom, number_to: numberTo } = pair;
  const numberExternal = hiddenOr(fields, 'number_external', 'number_internal', external);
  const numberInternal = fields.phone('number_internal');
  if (!numberFrom && !numberTo && !numberExternal && !numberInternal) {
    fields.require('number_from', numberFrom, ' when number external is not present');
  }
  if (numberTo) fields.require('number_from', numberFrom, ' when number to is present');
  if (numberFrom) fields.require('number_to', numberTo, ' when number from is present');
  if (numberInternal) fields.require('number_external', numberExternal, ' when number internal is present');
  if (numberExternal) fields.require('number_internal', numberInternal, ' when number external is present');
  return { numberFrom, numberTo, numberExternal, numberInternal };
}

/** The external side; empty beside its partner it was withheld, unless the other pair tells it elsewhere. */
function hiddenOr(fields: Fields, name: string, partner: string, elsewhere = name): string | undefined {
  const withheld = fields.sent(name) && !fields.told(name) && fields.told(partner);
  if (!withheld) return fields.phone(name);
  return fields.told(elsewhere) ? fields.phone(elsewhere) : 'anonymous';
}

function span(fields: Fields) {
  const startTime = fields.time('start_time_utc');
  const endTime = fields.time('end_time_utc');
  if (startTime && endTime && endTime < startTime) {
    fields.refuse('end_time_utc', 'The end time utc field must be a date after or equal to start time utc.');
  }
  return { startTime, endTime };
}

const agentNames = (fields: Fields) => ({
  agentFirstName: fields.text('agent_first_name'),
  agentLastName: fields.text('agent_last_name'),
  agentEmail: fields.email('agent_email'),
});
