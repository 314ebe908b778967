/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
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

/** How a contact was found, the surest first. The search stops at the first kind that finds anybody. */
export type MatchKind =
  /** The number told its country, and the whole number is equal. */
  | 'E164'
  /** The email is equal, whatever its case. */
  | 'EMAIL'
  /** A short number, equal digit by digit. */
  | 'EXTENSION'
  /** The number was read in the customer’s country, and is then equal. */
  | 'NATIONAL'
  /** Nobody was found. */
  | 'NONE'
  /** Only the last digits were sent, at least seven, and the contact’s number ends with them. */
  | 'SUFFIX';

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

/** Into which pieces time is cut, by the clocks and the calendar of the time zone. */
export type StatsBucket =
  /** Days, which have 23 or 25 hours where the clock is changed. */
  | 'DAY'
  /** Hours of the clock. Where the clock is set back, the hour stands there twice; where it is changed within an hour, that hour is cut in two. */
  | 'HOUR'
  /** Months of the calendar. */
  | 'MONTH'
  /** Weeks from Monday to Sunday (ISO 8601). */
  | 'WEEK';

/** A span of time; either end may be left open, and both belong to it. */
export type TimeRange = {
  /** Not before this moment. */
  from?: string | null | undefined;
  /** Not after this moment. */
  to?: string | null | undefined;
};

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { scopes: Array<string>, workspace: { name: string }, customer: { id: string, name: string, timeZone: string } } };

export type CallRowFragment = { id: string, direction: CallDirection, status: CallStatus, answered: boolean, startTime: string | null, createdAt: string, durationSeconds: number | null, numberExternal: string | null, numberInternal: string | null, queueExtension: string | null, subject: string | null, agentKey: string | null, agentFirstName: string | null, agentLastName: string | null, contact: { id: string, firstName: string | null, lastName: string | null, company: string | null, entityUrl: string } | null };

export type CallsQueryVariables = Exact<{
  filter?: PhoneCallFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type CallsQuery = { phoneCalls: { totalCount: number, nodes: Array<{ id: string, direction: CallDirection, status: CallStatus, answered: boolean, startTime: string | null, createdAt: string, durationSeconds: number | null, numberExternal: string | null, numberInternal: string | null, queueExtension: string | null, subject: string | null, agentKey: string | null, agentFirstName: string | null, agentLastName: string | null, contact: { id: string, firstName: string | null, lastName: string | null, company: string | null, entityUrl: string } | null }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type CallDetailsQueryVariables = Exact<{
  id: string;
}>;


export type CallDetailsQuery = { phoneCall: { endTime: string | null, numberDid: string | null, source: string | null, agentEmail: string | null, body: string | null, summary: string | null, sentiment: string | null, transcription: string | null, recordingUrl: string | null, contextData: unknown, updatedAt: string, id: string, direction: CallDirection, status: CallStatus, answered: boolean, startTime: string | null, createdAt: string, durationSeconds: number | null, numberExternal: string | null, numberInternal: string | null, queueExtension: string | null, subject: string | null, agentKey: string | null, agentFirstName: string | null, agentLastName: string | null, segments: Array<{ id: string, order: number, dnType: SegmentDnType, dn: string | null, displayName: string | null, answered: boolean, startTime: string | null, answerTime: string | null, endTime: string | null }>, logs: Array<{ id: string, integration: string, state: string, attempts: number, message: string | null, remoteUrl: string | null, updatedAt: string }>, contact: { id: string, firstName: string | null, lastName: string | null, company: string | null, entityUrl: string } | null } | null };

export type ContactPageQueryVariables = Exact<{
  id: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ContactPageQuery = { contact: { id: string, civility: string | null, firstName: string | null, lastName: string | null, company: string | null, email: string | null, website: string | null, phoneMobile1: string | null, phoneMobile2: string | null, phoneBusiness1: string | null, phoneBusiness2: string | null, phoneHome: string | null, phoneOther: string | null, customValue: string | null, entityUrl: string, createdAt: string | null, phoneCalls: { totalCount: number, nodes: Array<{ body: string | null, summary: string | null, id: string, direction: CallDirection, status: CallStatus, answered: boolean, startTime: string | null, createdAt: string, durationSeconds: number | null, numberExternal: string | null, numberInternal: string | null, queueExtension: string | null, subject: string | null, agentKey: string | null, agentFirstName: string | null, agentLastName: string | null, contact: { id: string, firstName: string | null, lastName: string | null, company: string | null, entityUrl: string } | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, chats: { totalCount: number, nodes: Array<{ id: string, startTime: string | null, durationSeconds: number | null, subject: string | null, chatMessages: string | null, agent: string | null, agentFirstName: string | null, agentLastName: string | null, queueExtension: string | null }> } } | null };

export type WhoIsQueryVariables = Exact<{
  phone?: string | null | undefined;
  email?: string | null | undefined;
}>;


export type WhoIsQuery = { contactSearch: { match: { kind: MatchKind }, contacts: Array<{ id: string, firstName: string | null, lastName: string | null, company: string | null }> } };

export type CreateContactMutationVariables = Exact<{
  input: CreateContactInput;
}>;


export type CreateContactMutation = { createContact: { created: boolean, contact: { id: string } } };

export type FiguresFragment = { calls: number, answered: number, missed: number, answerRate: number | null, talkSeconds: number, averageTalkSeconds: number | null };

export type TodayQueryVariables = Exact<{
  filter: PhoneCallFilter;
}>;


export type TodayQuery = { callStats: { total: { calls: number, answered: number, missed: number, answerRate: number | null, talkSeconds: number, averageTalkSeconds: number | null }, previous: { calls: number, answered: number, missed: number, answerRate: number | null, talkSeconds: number, averageTalkSeconds: number | null } | null } };

export type OverTimeQueryVariables = Exact<{
  filter: PhoneCallFilter;
  bucket: StatsBucket;
}>;


export type OverTimeQuery = { callStats: { total: { calls: number, answered: number, missed: number, answerRate: number | null, talkSeconds: number, averageTalkSeconds: number | null }, rows: Array<{ time: string | null, measures: { calls: number, answered: number, missed: number } }> } };

export type WeekByHourQueryVariables = Exact<{
  filter: PhoneCallFilter;
}>;


export type WeekByHourQuery = { callStats: { rows: Array<{ key: Array<{ value: string | null }>, measures: { calls: number, missed: number } }> } };

export type RankingsQueryVariables = Exact<{
  filter: PhoneCallFilter;
}>;


export type RankingsQuery = { agents: { rows: Array<{ key: Array<{ value: string | null }>, measures: { calls: number, answered: number, missed: number, answerRate: number | null, talkSeconds: number, averageTalkSeconds: number | null } }> }, queues: { rows: Array<{ key: Array<{ value: string | null }>, measures: { calls: number, answered: number, missed: number, answerRate: number | null, talkSeconds: number, averageTalkSeconds: number | null } }> } };

export type CallLoggedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type CallLoggedSubscription = { phoneCallLogged: { id: string, direction: CallDirection, status: CallStatus, answered: boolean, startTime: string | null, createdAt: string, durationSeconds: number | null, numberExternal: string | null, numberInternal: string | null, queueExtension: string | null, subject: string | null, agentKey: string | null, agentFirstName: string | null, agentLastName: string | null, contact: { id: string, firstName: string | null, lastName: string | null, company: string | null, entityUrl: string } | null } };

export type CallUpdatedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type CallUpdatedSubscription = { phoneCallUpdated: { id: string } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const CallRowFragmentDoc = new TypedDocumentString(`
    fragment CallRow on PhoneCall {
  id
  direction
  status
  answered
  startTime
  createdAt
  durationSeconds
  numberExternal
  numberInternal
  queueExtension
  subject
  agentKey
  agentFirstName
  agentLastName
  contact {
    id
    firstName
    lastName
    company
    entityUrl
  }
}
    `, {"fragmentName":"CallRow"}) as unknown as TypedDocumentString<CallRowFragment, unknown>;
export const FiguresFragmentDoc = new TypedDocumentString(`
    fragment Figures on CallStatsMeasures {
  calls
  answered
  missed
  answerRate
  talkSeconds
  averageTalkSeconds
}
    `, {"fragmentName":"Figures"}) as unknown as TypedDocumentString<FiguresFragment, unknown>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    scopes
    workspace {
      name
    }
    customer {
      id
      name
      timeZone
    }
  }
}
    `) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const CallsDocument = new TypedDocumentString(`
    query Calls($filter: PhoneCallFilter, $first: Int, $after: String, $last: Int, $before: String) {
  phoneCalls(
    filter: $filter
    first: $first
    after: $after
    last: $last
    before: $before
  ) {
    totalCount
    nodes {
      ...CallRow
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    fragment CallRow on PhoneCall {
  id
  direction
  status
  answered
  startTime
  createdAt
  durationSeconds
  numberExternal
  numberInternal
  queueExtension
  subject
  agentKey
  agentFirstName
  agentLastName
  contact {
    id
    firstName
    lastName
    company
    entityUrl
  }
}`) as unknown as TypedDocumentString<CallsQuery, CallsQueryVariables>;
export const CallDetailsDocument = new TypedDocumentString(`
    query CallDetails($id: ID!) {
  phoneCall(id: $id) {
    ...CallRow
    endTime
    numberDid
    source
    agentEmail
    body
    summary
    sentiment
    transcription
    recordingUrl
    contextData
    updatedAt
    segments {
      id
      order
      dnType
      dn
      displayName
      answered
      startTime
      answerTime
      endTime
    }
    logs {
      id
      integration
      state
      attempts
      message
      remoteUrl
      updatedAt
    }
  }
}
    fragment CallRow on PhoneCall {
  id
  direction
  status
  answered
  startTime
  createdAt
  durationSeconds
  numberExternal
  numberInternal
  queueExtension
  subject
  agentKey
  agentFirstName
  agentLastName
  contact {
    id
    firstName
    lastName
    company
    entityUrl
  }
}`) as unknown as TypedDocumentString<CallDetailsQuery, CallDetailsQueryVariables>;
export const ContactPageDocument = new TypedDocumentString(`
    query ContactPage($id: ID!, $first: Int, $after: String) {
  contact(id: $id) {
    id
    civility
    firstName
    lastName
    company
    email
    website
    phoneMobile1
    phoneMobile2
    phoneBusiness1
    phoneBusiness2
    phoneHome
    phoneOther
    customValue
    entityUrl
    createdAt
    phoneCalls(first: $first, after: $after) {
      totalCount
      nodes {
        ...CallRow
        body
        summary
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    chats(first: 20) {
      totalCount
      nodes {
        id
        startTime
        durationSeconds
        subject
        chatMessages
        agent
        agentFirstName
        agentLastName
        queueExtension
      }
    }
  }
}
    fragment CallRow on PhoneCall {
  id
  direction
  status
  answered
  startTime
  createdAt
  durationSeconds
  numberExternal
  numberInternal
  queueExtension
  subject
  agentKey
  agentFirstName
  agentLastName
  contact {
    id
    firstName
    lastName
    company
    entityUrl
  }
}`) as unknown as TypedDocumentString<ContactPageQuery, ContactPageQueryVariables>;
export const WhoIsDocument = new TypedDocumentString(`
    query WhoIs($phone: String, $email: String) {
  contactSearch(phone: $phone, email: $email) {
    match {
      kind
    }
    contacts {
      id
      firstName
      lastName
      company
    }
  }
}
    `) as unknown as TypedDocumentString<WhoIsQuery, WhoIsQueryVariables>;
export const CreateContactDocument = new TypedDocumentString(`
    mutation CreateContact($input: CreateContactInput!) {
  createContact(input: $input) {
    created
    contact {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<CreateContactMutation, CreateContactMutationVariables>;
export const TodayDocument = new TypedDocumentString(`
    query Today($filter: PhoneCallFilter!) {
  callStats(filter: $filter, compareTo: PREVIOUS_DAY) {
    total {
      ...Figures
    }
    previous {
      ...Figures
    }
  }
}
    fragment Figures on CallStatsMeasures {
  calls
  answered
  missed
  answerRate
  talkSeconds
  averageTalkSeconds
}`) as unknown as TypedDocumentString<TodayQuery, TodayQueryVariables>;
export const OverTimeDocument = new TypedDocumentString(`
    query OverTime($filter: PhoneCallFilter!, $bucket: StatsBucket!) {
  callStats(filter: $filter, bucket: $bucket) {
    total {
      ...Figures
    }
    rows {
      time
      measures {
        calls
        answered
        missed
      }
    }
  }
}
    fragment Figures on CallStatsMeasures {
  calls
  answered
  missed
  answerRate
  talkSeconds
  averageTalkSeconds
}`) as unknown as TypedDocumentString<OverTimeQuery, OverTimeQueryVariables>;
export const WeekByHourDocument = new TypedDocumentString(`
    query WeekByHour($filter: PhoneCallFilter!) {
  callStats(filter: $filter, groupBy: [WEEKDAY, HOUR_OF_DAY]) {
    rows {
      key {
        value
      }
      measures {
        calls
        missed
      }
    }
  }
}
    `) as unknown as TypedDocumentString<WeekByHourQuery, WeekByHourQueryVariables>;
export const RankingsDocument = new TypedDocumentString(`
    query Rankings($filter: PhoneCallFilter!) {
  agents: callStats(filter: $filter, groupBy: [AGENT]) {
    rows {
      key {
        value
      }
      measures {
        ...Figures
      }
    }
  }
  queues: callStats(filter: $filter, groupBy: [QUEUE]) {
    rows {
      key {
        value
      }
      measures {
        ...Figures
      }
    }
  }
}
    fragment Figures on CallStatsMeasures {
  calls
  answered
  missed
  answerRate
  talkSeconds
  averageTalkSeconds
}`) as unknown as TypedDocumentString<RankingsQuery, RankingsQueryVariables>;
export const CallLoggedDocument = new TypedDocumentString(`
    subscription CallLogged {
  phoneCallLogged {
    ...CallRow
  }
}
    fragment CallRow on PhoneCall {
  id
  direction
  status
  answered
  startTime
  createdAt
  durationSeconds
  numberExternal
  numberInternal
  queueExtension
  subject
  agentKey
  agentFirstName
  agentLastName
  contact {
    id
    firstName
    lastName
    company
    entityUrl
  }
}`) as unknown as TypedDocumentString<CallLoggedSubscription, CallLoggedSubscriptionVariables>;
export const CallUpdatedDocument = new TypedDocumentString(`
    subscription CallUpdated {
  phoneCallUpdated {
    id
  }
}
    `) as unknown as TypedDocumentString<CallUpdatedSubscription, CallUpdatedSubscriptionVariables>;