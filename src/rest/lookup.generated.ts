/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** Something that is known of some calls and not of others. */
export type CallDetail =
  /** To whom it is attributed. */
  | 'AGENT'
  /** With which contact it was. */
  | 'CONTACT'
  /** Which number of the company was dialled. */
  | 'DID'
  /** Through which queue it came. */
  | 'QUEUE'
  /** Where its recording is. */
  | 'RECORDING'
  /** Who reported it. */
  | 'SOURCE'
  /** When the call began. */
  | 'START_TIME';

/** Which way a call went, seen from the company. */
export type CallDirection =
  /** Somebody called the company. */
  | 'INBOUND'
  /** Both ends belong to the company. */
  | 'INTERNAL'
  /** The company called somebody. */
  | 'OUTBOUND';

/** How a call ended, in the words of whoever reported it. */
export type CallStatus =
  /** The called side was busy. */
  | 'BUSY'
  /** It was answered and ended normally. */
  | 'COMPLETED'
  /** It could not be connected. */
  | 'FAILED'
  /** An inbound call that nobody answered, as a 3CX says it. */
  | 'MISSED'
  /** An outbound call that nobody answered, as a 3CX says it. */
  | 'NOTANSWERED'
  /** Nobody answered; said of either direction. */
  | 'NO_ANSWER';

/** One thing that is known of a call. */
export type ContextEntryInput = {
  /** Its name; a later entry of the same name replaces it. */
  key: string;
  /** Its value, of any shape. */
  value?: unknown;
};

/** A contact to be created in the customer’s CRM. */
export type CreateContactInput = {
  /** The direction of the call during which it is created. */
  callDirection?: CallDirection | null | undefined;
  /** How to address the person. */
  civility?: string | null | undefined;
  /** Free text. */
  customValue?: string | null | undefined;
  /** A valid address. */
  email?: string | null | undefined;
  /** First name. */
  firstName?: string | null | undefined;
  /** Needed. */
  lastName: string;
  /** Goes to the mobile slot if it is a mobile number, else to business. */
  phone?: string | null | undefined;
  /** Goes to the business slot. */
  phoneBusiness?: string | null | undefined;
  /** Goes to the mobile slot. */
  phoneMobile?: string | null | undefined;
};

/** What clocks showed, whatever the date. Calls without a start time are never found by it. */
export type LocalTime = {
  /** Any of these hours, from 0 to 23. */
  hourOfDay?: Array<number> | null | undefined;
  /** Where the clocks stand, as an IANA name (`Europe/Paris`); in the customer’s time zone if absent. */
  timeZone?: string | null | undefined;
  /** Any of these days, from Monday as 1 to Sunday as 7 (ISO 8601). */
  weekday?: Array<number> | null | undefined;
};

/** A finished chat. `email` or `numberExternal` is needed. */
export type LogChatInput = {
  /** The agent, often an extension. */
  agent?: string | null | undefined;
  /** Email of the agent. */
  agentEmail?: string | null | undefined;
  /** First name of the agent. */
  agentFirstName?: string | null | undefined;
  /** Last name of the agent. */
  agentLastName?: string | null | undefined;
  /** The whole conversation. */
  chatMessages?: string | null | undefined;
  /** Seconds; if absent, end minus start. */
  durationSeconds?: number | null | undefined;
  /** Who chatted. */
  email?: string | null | undefined;
  /** When it ended; fractions of a second are cut off. */
  endTime?: Date | null | undefined;
  /** The id of the record; a placeholder’s means nobody. */
  entityId?: string | null | undefined;
  /** What the CRM calls the record. */
  entityType?: string | null | undefined;
  /** Chosen by the caller, kept for 7 days: the same key with another chat is refused. */
  idempotencyKey?: string | null | undefined;
  /** The name the other side gave. */
  name?: string | null | undefined;
  /** The number of an SMS or WhatsApp chat. */
  numberExternal?: string | null | undefined;
  /** The queue through which it came. */
  queueExtension?: string | null | undefined;
  /** Who reports. */
  source?: string | null | undefined;
  /** When it began; fractions of a second are cut off. */
  startTime?: Date | null | undefined;
  /** One line. */
  subject?: string | null | undefined;
};

/** A finished call. One complete pair of numbers is needed; the other is derived from the direction. */
export type LogPhoneCallInput = {
  /** Email of the agent. */
  agentEmail?: string | null | undefined;
  /** First name of the agent. */
  agentFirstName?: string | null | undefined;
  /** Last name of the agent. */
  agentLastName?: string | null | undefined;
  /** Whether somebody answered; if absent, true for `COMPLETED` alone. */
  answered?: boolean | null | undefined;
  /** Notes. */
  body?: string | null | undefined;
  /** Which way the call went. */
  direction: CallDirection;
  /** Seconds; if absent, end minus start. */
  durationSeconds?: number | null | undefined;
  /** When it ended; fractions of a second are cut off. */
  endTime?: Date | null | undefined;
  /** The id of the record; a placeholder’s means nobody. */
  entityId?: string | null | undefined;
  /** What the CRM calls the record. */
  entityType?: string | null | undefined;
  /** Chosen by the caller, kept for 7 days: the same key with another call is refused. */
  idempotencyKey?: string | null | undefined;
  /** The company’s number that was dialled. */
  numberDid?: string | null | undefined;
  /** The side outside the company. */
  numberExternal?: string | null | undefined;
  /** Who called; hidden callers may be sent as `anonymous`. */
  numberFrom?: string | null | undefined;
  /** The side inside the company. */
  numberInternal?: string | null | undefined;
  /** Who was called. */
  numberTo?: string | null | undefined;
  /** The queue through which it came. */
  queueExtension?: string | null | undefined;
  /** An http or https address. */
  recordingUrl?: string | null | undefined;
  /** The mood of the call. */
  sentiment?: string | null | undefined;
  /** Who reports. */
  source?: string | null | undefined;
  /** When it began; fractions of a second are cut off. */
  startTime?: Date | null | undefined;
  /** How it ended. */
  status: CallStatus;
  /** One line. */
  subject?: string | null | undefined;
  /** A summary of it. */
  summary?: string | null | undefined;
  /** What was said. */
  transcription?: string | null | undefined;
};

/** Which end of an order comes first. */
export type OrderDirection =
  /** Oldest first. */
  | 'ASC'
  /** Newest first. */
  | 'DESC';

/** Which calls to list. All conditions must hold; of a list of values, one must. Numbers may be written in any form. */
export type PhoneCallFilter = {
  /** Attributed to any of these agents, as `agentKey` of a call names them. */
  agent?: Array<string> | null | undefined;
  /** Any of these agents, whatever the case. */
  agentEmail?: Array<string> | null | undefined;
  /** All of these hold as well. */
  and?: Array<PhoneCallFilter> | null | undefined;
  /** Answered or not. */
  answered?: boolean | null | undefined;
  /** True: missed calls that somebody should return. Nobody was reached at the number since, and of several missed calls of a number only the latest counts. False: all others. */
  awaitingCallback?: boolean | null | undefined;
  /** Calls with this contact. */
  contactId?: string | null | undefined;
  /** Any of these directions. */
  direction?: Array<CallDirection> | null | undefined;
  /** Ended within this span. */
  endTime?: TimeRange | null | undefined;
  /** Began when clocks showed this. */
  localTime?: LocalTime | null | undefined;
  /** This does not hold. */
  not?: PhoneCallFilter | null | undefined;
  /** This number on any side of the call. */
  number?: string | null | undefined;
  /** Any of these dialled numbers of the company. */
  numberDid?: Array<string> | null | undefined;
  /** Any of these callers. */
  numberFrom?: Array<string> | null | undefined;
  /** Any of these called numbers. */
  numberTo?: Array<string> | null | undefined;
  /** At least one of these holds as well. */
  or?: Array<PhoneCallFilter> | null | undefined;
  /** Any of these queues. */
  queueExtension?: Array<string> | null | undefined;
  /** Every one of these words stands in the subject, body or transcription, in any order and whatever the case; a word of three or more characters also stands for those that begin with it. */
  search?: string | null | undefined;
  /** Reported by any of these. */
  source?: Array<string> | null | undefined;
  /** Began within this span. */
  startTime?: TimeRange | null | undefined;
  /** Any of these statuses. */
  status?: Array<CallStatus> | null | undefined;
  /** The subject contains this, whatever the case. */
  subject?: string | null | undefined;
  /** Nothing is known of any of these. */
  without?: Array<CallDetail> | null | undefined;
};

/** One field of an order; calls that are equal in it are put in order by the next, at last by their id. */
export type PhoneCallOrder = {
  /** Which end first. */
  direction?: OrderDirection;
  /** By what. */
  field: PhoneCallOrderField;
};

/** By what calls can be put in order. Calls without the time come last in either direction. */
export type PhoneCallOrderField =
  /** When the call was stored. */
  | 'CREATED_AT'
  /** When the call ended. */
  | 'END_TIME'
  /** When the call began. */
  | 'START_TIME'
  /** When the call was last completed or changed. */
  | 'UPDATED_AT';

/** What a leg of a call was connected to (DN: directory number). */
export type SegmentDnType =
  /** A scripted call flow. */
  | 'CALL_FLOW'
  /** A queue. */
  | 'CALL_QUEUE'
  /** A person’s extension. */
  | 'EXTENSION'
  /** A number outside, such as a forwarding target. */
  | 'EXTERNAL_NUMBER'
  /** A menu (interactive voice response). */
  | 'IVR'
  /** A line to the outside. */
  | 'TRUNK'
  /** A voice mailbox. */
  | 'VOICEMAIL';

/** What the start time of a call context is the start of. */
export type StartTimeReference =
  /** The whole call. */
  | 'CALL'
  /** One leg of it, the one that `segmentDnType` names. */
  | 'SEGMENT';

/** A span of time; either end may be left open, and both belong to it. */
export type TimeRange = {
  /** Not before this moment. */
  from?: Date | null | undefined;
  /** Not after this moment. */
  to?: Date | null | undefined;
};

/** What is known of a running call. The external number is needed: `numberFrom` if inbound, `numberTo` if outbound. */
export type UpsertCallContextInput = {
  /** What is known, at most 200 entries; merged by key with what was known before. */
  contextData?: Array<ContextEntryInput> | null | undefined;
  /** `INBOUND` or `OUTBOUND`. */
  direction: CallDirection;
  /** Who calls. */
  numberFrom?: string | null | undefined;
  /** Who is called; of an inbound call, the company’s number that was dialled. */
  numberTo?: string | null | undefined;
  /** The kind of leg, for a start time of a `SEGMENT`. */
  segmentDnType?: SegmentDnType | null | undefined;
  /** Who reports. */
  source?: string | null | undefined;
  /** The start of what `startTimeReference` says; the moment of arrival if absent. Clocks may differ by 5 minutes. */
  startTime?: Date | null | undefined;
  /** What the start time is the start of. */
  startTimeReference?: StartTimeReference | null | undefined;
};

export type ContactFragment = { id: string, civility: string | null, email: string | null, company: string | null, website: string | null, first_name: string | null, last_name: string | null, phone_business_1: string | null, phone_business_2: string | null, phone_mobile_1: string | null, phone_mobile_2: string | null, phone_home: string | null, phone_other: string | null, entity_url: string, entity_type: string | null, custom_value: string | null, matched_number: string | null, is_placeholder: boolean };

export type PhoneCallFragment = { id: string, direction: CallDirection, status: CallStatus, answered: boolean, source: string | null, subject: string | null, body: string | null, transcription: string | null, summary: string | null, sentiment: string | null, number_from: string | null, number_to: string | null, number_external: string | null, number_internal: string | null, number_did: string | null, duration: number | null, start_time: Date | null, end_time: Date | null, recording_url: string | null, agent_first_name: string | null, agent_last_name: string | null, agent_email: string | null, queue_extension: string | null, contact_id: string | null, entity_type: string | null, entity_id: string | null, call_context_id: string | null, context_data: unknown, created_at: Date, updated_at: Date };

export type SearchContactsQueryVariables = Exact<{
  phone?: string | null | undefined;
  email?: string | null | undefined;
  displayName?: string | null | undefined;
  callDirection?: CallDirection | null | undefined;
}>;


export type SearchContactsQuery = { contactSearch: { contacts: Array<{ id: string, civility: string | null, email: string | null, company: string | null, website: string | null, first_name: string | null, last_name: string | null, phone_business_1: string | null, phone_business_2: string | null, phone_mobile_1: string | null, phone_mobile_2: string | null, phone_home: string | null, phone_other: string | null, entity_url: string, entity_type: string | null, custom_value: string | null, matched_number: string | null, is_placeholder: boolean }> } };

export type CreateContactMutationVariables = Exact<{
  input: CreateContactInput;
}>;


export type CreateContactMutation = { createContact: { contact: { id: string, civility: string | null, email: string | null, company: string | null, website: string | null, first_name: string | null, last_name: string | null, phone_business_1: string | null, phone_business_2: string | null, phone_mobile_1: string | null, phone_mobile_2: string | null, phone_home: string | null, phone_other: string | null, entity_url: string, entity_type: string | null, custom_value: string | null, matched_number: string | null, is_placeholder: boolean } } };

export type ListPhoneCallsQueryVariables = Exact<{
  filter?: PhoneCallFilter | null | undefined;
  orderBy?: Array<PhoneCallOrder> | PhoneCallOrder | null | undefined;
  first: number;
  offset?: number | null | undefined;
  after?: string | null | undefined;
  counted: boolean;
  segments: boolean;
  logs: boolean;
}>;


export type ListPhoneCallsQuery = { phoneCalls: { total?: number, data: Array<{ id: string, direction: CallDirection, status: CallStatus, answered: boolean, source: string | null, subject: string | null, body: string | null, transcription: string | null, summary: string | null, sentiment: string | null, number_from: string | null, number_to: string | null, number_external: string | null, number_internal: string | null, number_did: string | null, duration: number | null, start_time: Date | null, end_time: Date | null, recording_url: string | null, agent_first_name: string | null, agent_last_name: string | null, agent_email: string | null, queue_extension: string | null, contact_id: string | null, entity_type: string | null, entity_id: string | null, call_context_id: string | null, context_data: unknown, created_at: Date, updated_at: Date, segments?: Array<{ id: string, order: number, dn: string | null, answered: boolean, dn_type: SegmentDnType, display_name: string | null, start_time: Date | null, answer_time: Date | null, end_time: Date | null }>, logs?: Array<{ id: string, integration: string, state: string, attempts: number, message: string | null, remote_id: string | null, remote_url: string | null, created_at: Date, updated_at: Date }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type LogPhoneCallMutationVariables = Exact<{
  input: LogPhoneCallInput;
}>;


export type LogPhoneCallMutation = { logPhoneCall: { replayed: boolean, call: { id: string, direction: CallDirection, status: CallStatus, answered: boolean, source: string | null, subject: string | null, body: string | null, transcription: string | null, summary: string | null, sentiment: string | null, number_from: string | null, number_to: string | null, number_external: string | null, number_internal: string | null, number_did: string | null, duration: number | null, start_time: Date | null, end_time: Date | null, recording_url: string | null, agent_first_name: string | null, agent_last_name: string | null, agent_email: string | null, queue_extension: string | null, contact_id: string | null, entity_type: string | null, entity_id: string | null, call_context_id: string | null, context_data: unknown, created_at: Date, updated_at: Date } } };

export type SaveCallContextMutationVariables = Exact<{
  input: UpsertCallContextInput;
}>;


export type SaveCallContextMutation = { upsertCallContext: { callContext: { call_context_id: string } } };

export type LogChatMutationVariables = Exact<{
  input: LogChatInput;
}>;


export type LogChatMutation = { logChat: { replayed: boolean, chat: { id: string, email: string | null, source: string | null, name: string | null, subject: string | null, agent: string | null, number_external: string | null, start_time: Date | null, end_time: Date | null, duration: number | null, chat_messages: string | null, queue_extension: string | null, entity_type: string | null, entity_id: string | null, agent_first_name: string | null, agent_last_name: string | null, agent_email: string | null, contact_id: string | null, created_at: Date, updated_at: Date } } };

export const ContactFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Contact"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Contact"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"civility"}},{"kind":"Field","alias":{"kind":"Name","value":"first_name"},"name":{"kind":"Name","value":"firstName"}},{"kind":"Field","alias":{"kind":"Name","value":"last_name"},"name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"website"}},{"kind":"Field","alias":{"kind":"Name","value":"phone_business_1"},"name":{"kind":"Name","value":"phoneBusiness1"}},{"kind":"Field","alias":{"kind":"Name","value":"phone_business_2"},"name":{"kind":"Name","value":"phoneBusiness2"}},{"kind":"Field","alias":{"kind":"Name","value":"phone_mobile_1"},"name":{"kind":"Name","value":"phoneMobile1"}},{"kind":"Field","alias":{"kind":"Name","value":"phone_mobile_2"},"name":{"kind":"Name","value":"phoneMobile2"}},{"kind":"Field","alias":{"kind":"Name","value":"phone_home"},"name":{"kind":"Name","value":"phoneHome"}},{"kind":"Field","alias":{"kind":"Name","value":"phone_other"},"name":{"kind":"Name","value":"phoneOther"}},{"kind":"Field","alias":{"kind":"Name","value":"entity_url"},"name":{"kind":"Name","value":"entityUrl"}},{"kind":"Field","alias":{"kind":"Name","value":"entity_type"},"name":{"kind":"Name","value":"entityType"}},{"kind":"Field","alias":{"kind":"Name","value":"custom_value"},"name":{"kind":"Name","value":"customValue"}},{"kind":"Field","alias":{"kind":"Name","value":"matched_number"},"name":{"kind":"Name","value":"matchedNumber"}},{"kind":"Field","alias":{"kind":"Name","value":"is_placeholder"},"name":{"kind":"Name","value":"placeholder"}}]}}]} as unknown as DocumentNode<ContactFragment, unknown>;
export const PhoneCallFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PhoneCall"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneCall"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"answered"}},{"kind":"Field","alias":{"kind":"Name","value":"number_from"},"name":{"kind":"Name","value":"numberFrom"}},{"kind":"Field","alias":{"kind":"Name","value":"number_to"},"name":{"kind":"Name","value":"numberTo"}},{"kind":"Field","alias":{"kind":"Name","value":"number_external"},"name":{"kind":"Name","value":"numberExternal"}},{"kind":"Field","alias":{"kind":"Name","value":"number_internal"},"name":{"kind":"Name","value":"numberInternal"}},{"kind":"Field","alias":{"kind":"Name","value":"number_did"},"name":{"kind":"Name","value":"numberDid"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","alias":{"kind":"Name","value":"duration"},"name":{"kind":"Name","value":"durationSeconds"}},{"kind":"Field","alias":{"kind":"Name","value":"start_time"},"name":{"kind":"Name","value":"startTime"}},{"kind":"Field","alias":{"kind":"Name","value":"end_time"},"name":{"kind":"Name","value":"endTime"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","alias":{"kind":"Name","value":"recording_url"},"name":{"kind":"Name","value":"recordingUrl"}},{"kind":"Field","name":{"kind":"Name","value":"transcription"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}},{"kind":"Field","name":{"kind":"Name","value":"sentiment"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_first_name"},"name":{"kind":"Name","value":"agentFirstName"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_last_name"},"name":{"kind":"Name","value":"agentLastName"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_email"},"name":{"kind":"Name","value":"agentEmail"}},{"kind":"Field","alias":{"kind":"Name","value":"queue_extension"},"name":{"kind":"Name","value":"queueExtension"}},{"kind":"Field","alias":{"kind":"Name","value":"contact_id"},"name":{"kind":"Name","value":"contactId"}},{"kind":"Field","alias":{"kind":"Name","value":"entity_type"},"name":{"kind":"Name","value":"entityType"}},{"kind":"Field","alias":{"kind":"Name","value":"entity_id"},"name":{"kind":"Name","value":"entityId"}},{"kind":"Field","alias":{"kind":"Name","value":"call_context_id"},"name":{"kind":"Name","value":"callContextId"}},{"kind":"Field","alias":{"kind":"Name","value":"context_data"},"name":{"kind":"Name","value":"contextData"}},{"kind":"Field","alias":{"kind":"Name","value":"created_at"},"name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","alias":{"kind":"Name","value":"updated_at"},"name":{"kind":"Name","value":"updatedAt"}}]}}]} as unknown as DocumentNode<PhoneCallFragment, unknown>;
export const SearchContactsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"SearchContacts"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"phone"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"email"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"displayName"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"callDirection"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"CallDirection"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contactSearch"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"phone"},"value":{"kind":"Variable","name":{"kind":"Name","value":"phone"}}},{"kind":"Argument","name":{"kind":"Name","value":"email"},"value":{"kind":"Variable","name":{"kind":"Name","value":"email"}}},{"kind":"Argument","name":{"kind":"Name","value":"displayName"},"value":{"kind":"Variable","name":{"kind":"Name","value":"displayName"}}},{"kind":"Argument","name":{"kind":"Name","value":"callDirection"},"value":{"kind":"Variable","name":{"kind":"Name","value":"callDirection"}}},{"kind":"Argument","name":{"kind":"Name","value":"placeholder"},"value":{"kind":"BooleanValue","value":true}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contacts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Contact"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Contact"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Contact"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"civility"}},{"kind":"Field","alias":{"kind":"Name","value":"first_name"},"name":{"kind":"Name","value":"firstName"}},{"kind":"Field","alias":{"kind":"Name","value":"last_name"},"name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"website"}},{"kind":"Field","alias":{"kind":"Name","value":"phone_business_1"},"name":{"kind":"Name","value":"phoneBusiness1"}},{"kind":"Field","alias":{"kind":"Name","value":"phone_business_2"},"name":{"kind":"Name","value":"phoneBusiness2"}},{"kind":"Field","alias":{"kind":"Name","value":"phone_mobile_1"},"name":{"kind":"Name","value":"phoneMobile1"}},{"kind":"Field","alias":{"kind":"Name","value":"phone_mobile_2"},"name":{"kind":"Name","value":"phoneMobile2"}},{"kind":"Field","alias":{"kind":"Name","value":"phone_home"},"name":{"kind":"Name","value":"phoneHome"}},{"kind":"Field","alias":{"kind":"Name","value":"phone_other"},"name":{"kind":"Name","value":"phoneOther"}},{"kind":"Field","alias":{"kind":"Name","value":"entity_url"},"name":{"kind":"Name","value":"entityUrl"}},{"kind":"Field","alias":{"kind":"Name","value":"entity_type"},"name":{"kind":"Name","value":"entityType"}},{"kind":"Field","alias":{"kind":"Name","value":"custom_value"},"name":{"kind":"Name","value":"customValue"}},{"kind":"Field","alias":{"kind":"Name","value":"matched_number"},"name":{"kind":"Name","value":"matchedNumber"}},{"kind":"Field","alias":{"kind":"Name","value":"is_placeholder"},"name":{"kind":"Name","value":"placeholder"}}]}}]} as unknown as DocumentNode<SearchContactsQuery, SearchContactsQueryVariables>;
export const CreateContactDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateContact"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateContactInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createContact"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"contact"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Contact"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Contact"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Contact"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"civility"}},{"kind":"Field","alias":{"kind":"Name","value":"first_name"},"name":{"kind":"Name","value":"firstName"}},{"kind":"Field","alias":{"kind":"Name","value":"last_name"},"name":{"kind":"Name","value":"lastName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"company"}},{"kind":"Field","name":{"kind":"Name","value":"website"}},{"kind":"Field","alias":{"kind":"Name","value":"phone_business_1"},"name":{"kind":"Name","value":"phoneBusiness1"}},{"kind":"Field","alias":{"kind":"Name","value":"phone_business_2"},"name":{"kind":"Name","value":"phoneBusiness2"}},{"kind":"Field","alias":{"kind":"Name","value":"phone_mobile_1"},"name":{"kind":"Name","value":"phoneMobile1"}},{"kind":"Field","alias":{"kind":"Name","value":"phone_mobile_2"},"name":{"kind":"Name","value":"phoneMobile2"}},{"kind":"Field","alias":{"kind":"Name","value":"phone_home"},"name":{"kind":"Name","value":"phoneHome"}},{"kind":"Field","alias":{"kind":"Name","value":"phone_other"},"name":{"kind":"Name","value":"phoneOther"}},{"kind":"Field","alias":{"kind":"Name","value":"entity_url"},"name":{"kind":"Name","value":"entityUrl"}},{"kind":"Field","alias":{"kind":"Name","value":"entity_type"},"name":{"kind":"Name","value":"entityType"}},{"kind":"Field","alias":{"kind":"Name","value":"custom_value"},"name":{"kind":"Name","value":"customValue"}},{"kind":"Field","alias":{"kind":"Name","value":"matched_number"},"name":{"kind":"Name","value":"matchedNumber"}},{"kind":"Field","alias":{"kind":"Name","value":"is_placeholder"},"name":{"kind":"Name","value":"placeholder"}}]}}]} as unknown as DocumentNode<CreateContactMutation, CreateContactMutationVariables>;
export const ListPhoneCallsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListPhoneCalls"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneCallFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneCallOrder"}}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"offset"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"counted"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"segments"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"logs"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"phoneCalls"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"offset"},"value":{"kind":"Variable","name":{"kind":"Name","value":"offset"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"data"},"name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PhoneCall"}},{"kind":"Field","name":{"kind":"Name","value":"segments"},"directives":[{"kind":"Directive","name":{"kind":"Name","value":"include"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"if"},"value":{"kind":"Variable","name":{"kind":"Name","value":"segments"}}}]}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"order"}},{"kind":"Field","alias":{"kind":"Name","value":"dn_type"},"name":{"kind":"Name","value":"dnType"}},{"kind":"Field","name":{"kind":"Name","value":"dn"}},{"kind":"Field","alias":{"kind":"Name","value":"display_name"},"name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"answered"}},{"kind":"Field","alias":{"kind":"Name","value":"start_time"},"name":{"kind":"Name","value":"startTime"}},{"kind":"Field","alias":{"kind":"Name","value":"answer_time"},"name":{"kind":"Name","value":"answerTime"}},{"kind":"Field","alias":{"kind":"Name","value":"end_time"},"name":{"kind":"Name","value":"endTime"}}]}},{"kind":"Field","name":{"kind":"Name","value":"logs"},"directives":[{"kind":"Directive","name":{"kind":"Name","value":"include"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"if"},"value":{"kind":"Variable","name":{"kind":"Name","value":"logs"}}}]}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"integration"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"attempts"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","alias":{"kind":"Name","value":"remote_id"},"name":{"kind":"Name","value":"remoteId"}},{"kind":"Field","alias":{"kind":"Name","value":"remote_url"},"name":{"kind":"Name","value":"remoteUrl"}},{"kind":"Field","alias":{"kind":"Name","value":"created_at"},"name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","alias":{"kind":"Name","value":"updated_at"},"name":{"kind":"Name","value":"updatedAt"}}]}}]}},{"kind":"Field","alias":{"kind":"Name","value":"total"},"name":{"kind":"Name","value":"totalCount"},"directives":[{"kind":"Directive","name":{"kind":"Name","value":"include"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"if"},"value":{"kind":"Variable","name":{"kind":"Name","value":"counted"}}}]}]},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PhoneCall"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneCall"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"answered"}},{"kind":"Field","alias":{"kind":"Name","value":"number_from"},"name":{"kind":"Name","value":"numberFrom"}},{"kind":"Field","alias":{"kind":"Name","value":"number_to"},"name":{"kind":"Name","value":"numberTo"}},{"kind":"Field","alias":{"kind":"Name","value":"number_external"},"name":{"kind":"Name","value":"numberExternal"}},{"kind":"Field","alias":{"kind":"Name","value":"number_internal"},"name":{"kind":"Name","value":"numberInternal"}},{"kind":"Field","alias":{"kind":"Name","value":"number_did"},"name":{"kind":"Name","value":"numberDid"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","alias":{"kind":"Name","value":"duration"},"name":{"kind":"Name","value":"durationSeconds"}},{"kind":"Field","alias":{"kind":"Name","value":"start_time"},"name":{"kind":"Name","value":"startTime"}},{"kind":"Field","alias":{"kind":"Name","value":"end_time"},"name":{"kind":"Name","value":"endTime"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","alias":{"kind":"Name","value":"recording_url"},"name":{"kind":"Name","value":"recordingUrl"}},{"kind":"Field","name":{"kind":"Name","value":"transcription"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}},{"kind":"Field","name":{"kind":"Name","value":"sentiment"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_first_name"},"name":{"kind":"Name","value":"agentFirstName"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_last_name"},"name":{"kind":"Name","value":"agentLastName"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_email"},"name":{"kind":"Name","value":"agentEmail"}},{"kind":"Field","alias":{"kind":"Name","value":"queue_extension"},"name":{"kind":"Name","value":"queueExtension"}},{"kind":"Field","alias":{"kind":"Name","value":"contact_id"},"name":{"kind":"Name","value":"contactId"}},{"kind":"Field","alias":{"kind":"Name","value":"entity_type"},"name":{"kind":"Name","value":"entityType"}},{"kind":"Field","alias":{"kind":"Name","value":"entity_id"},"name":{"kind":"Name","value":"entityId"}},{"kind":"Field","alias":{"kind":"Name","value":"call_context_id"},"name":{"kind":"Name","value":"callContextId"}},{"kind":"Field","alias":{"kind":"Name","value":"context_data"},"name":{"kind":"Name","value":"contextData"}},{"kind":"Field","alias":{"kind":"Name","value":"created_at"},"name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","alias":{"kind":"Name","value":"updated_at"},"name":{"kind":"Name","value":"updatedAt"}}]}}]} as unknown as DocumentNode<ListPhoneCallsQuery, ListPhoneCallsQueryVariables>;
export const LogPhoneCallDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"LogPhoneCall"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LogPhoneCallInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"logPhoneCall"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"call"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PhoneCall"}}]}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PhoneCall"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PhoneCall"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"direction"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"answered"}},{"kind":"Field","alias":{"kind":"Name","value":"number_from"},"name":{"kind":"Name","value":"numberFrom"}},{"kind":"Field","alias":{"kind":"Name","value":"number_to"},"name":{"kind":"Name","value":"numberTo"}},{"kind":"Field","alias":{"kind":"Name","value":"number_external"},"name":{"kind":"Name","value":"numberExternal"}},{"kind":"Field","alias":{"kind":"Name","value":"number_internal"},"name":{"kind":"Name","value":"numberInternal"}},{"kind":"Field","alias":{"kind":"Name","value":"number_did"},"name":{"kind":"Name","value":"numberDid"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","alias":{"kind":"Name","value":"duration"},"name":{"kind":"Name","value":"durationSeconds"}},{"kind":"Field","alias":{"kind":"Name","value":"start_time"},"name":{"kind":"Name","value":"startTime"}},{"kind":"Field","alias":{"kind":"Name","value":"end_time"},"name":{"kind":"Name","value":"endTime"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","alias":{"kind":"Name","value":"recording_url"},"name":{"kind":"Name","value":"recordingUrl"}},{"kind":"Field","name":{"kind":"Name","value":"transcription"}},{"kind":"Field","name":{"kind":"Name","value":"summary"}},{"kind":"Field","name":{"kind":"Name","value":"sentiment"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_first_name"},"name":{"kind":"Name","value":"agentFirstName"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_last_name"},"name":{"kind":"Name","value":"agentLastName"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_email"},"name":{"kind":"Name","value":"agentEmail"}},{"kind":"Field","alias":{"kind":"Name","value":"queue_extension"},"name":{"kind":"Name","value":"queueExtension"}},{"kind":"Field","alias":{"kind":"Name","value":"contact_id"},"name":{"kind":"Name","value":"contactId"}},{"kind":"Field","alias":{"kind":"Name","value":"entity_type"},"name":{"kind":"Name","value":"entityType"}},{"kind":"Field","alias":{"kind":"Name","value":"entity_id"},"name":{"kind":"Name","value":"entityId"}},{"kind":"Field","alias":{"kind":"Name","value":"call_context_id"},"name":{"kind":"Name","value":"callContextId"}},{"kind":"Field","alias":{"kind":"Name","value":"context_data"},"name":{"kind":"Name","value":"contextData"}},{"kind":"Field","alias":{"kind":"Name","value":"created_at"},"name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","alias":{"kind":"Name","value":"updated_at"},"name":{"kind":"Name","value":"updatedAt"}}]}}]} as unknown as DocumentNode<LogPhoneCallMutation, LogPhoneCallMutationVariables>;
export const SaveCallContextDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SaveCallContext"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpsertCallContextInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"upsertCallContext"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"callContext"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","alias":{"kind":"Name","value":"call_context_id"},"name":{"kind":"Name","value":"id"}}]}}]}}]}}]} as unknown as DocumentNode<SaveCallContextMutation, SaveCallContextMutationVariables>;
export const LogChatDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"LogChat"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LogChatInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"logChat"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"chat"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","alias":{"kind":"Name","value":"number_external"},"name":{"kind":"Name","value":"numberExternal"}},{"kind":"Field","name":{"kind":"Name","value":"source"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","alias":{"kind":"Name","value":"start_time"},"name":{"kind":"Name","value":"startTime"}},{"kind":"Field","alias":{"kind":"Name","value":"end_time"},"name":{"kind":"Name","value":"endTime"}},{"kind":"Field","alias":{"kind":"Name","value":"duration"},"name":{"kind":"Name","value":"durationSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","alias":{"kind":"Name","value":"chat_messages"},"name":{"kind":"Name","value":"chatMessages"}},{"kind":"Field","alias":{"kind":"Name","value":"queue_extension"},"name":{"kind":"Name","value":"queueExtension"}},{"kind":"Field","alias":{"kind":"Name","value":"entity_type"},"name":{"kind":"Name","value":"entityType"}},{"kind":"Field","alias":{"kind":"Name","value":"entity_id"},"name":{"kind":"Name","value":"entityId"}},{"kind":"Field","name":{"kind":"Name","value":"agent"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_first_name"},"name":{"kind":"Name","value":"agentFirstName"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_last_name"},"name":{"kind":"Name","value":"agentLastName"}},{"kind":"Field","alias":{"kind":"Name","value":"agent_email"},"name":{"kind":"Name","value":"agentEmail"}},{"kind":"Field","alias":{"kind":"Name","value":"contact_id"},"name":{"kind":"Name","value":"contactId"}},{"kind":"Field","alias":{"kind":"Name","value":"created_at"},"name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","alias":{"kind":"Name","value":"updated_at"},"name":{"kind":"Name","value":"updatedAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}}]}}]}}]} as unknown as DocumentNode<LogChatMutation, LogChatMutationVariables>;