import type { z } from 'zod';
import type { Send } from '../outgoing/send.ts';
import type { CustomerStore } from '../store/customer-store.ts';
import type { CallDirection, NumberSlot } from '../store/prisma/enums.ts';
import type { ChatModel, PhoneCallModel } from '../store/prisma/models.ts';

/** How a contact was found; the order is the order of trust. */
export type MatchKind = 'E164' | 'NATIONAL' | 'SUFFIX' | 'EXTENSION' | 'EMAIL';

/** What to look for. A connector answers the contacts of the first reading that finds any. */
export interface ContactQuery {
  phone: {
    /** As it arrived, without surrounding space. */
    sent: string;
    /** The E.164 form of a number that told its country. */
    international: string | null;
    /** The E.164 form of a number that was read in the customer's country. */
    national: string | null;
    /** Digits, at least seven, with which a number must end. */
    suffix: string | null;
    /** A short number that must be equal. */
    extension: string | null;
  } | null;
  /** Asked for only when the number found nobody. */
  email: string | null;
}

export interface ConnectorContact {
  id: string;
  civility: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  company: string | null;
  website: string | null;
  phoneBusiness1: string | null;
  phoneBusiness2: string | null;
  phoneMobile1: string | null;
  phoneMobile2: string | null;
  phoneHome: string | null;
  phoneOther: string | null;
  /** The contact's page in its CRM, if it has one. */
  entityUrl: string | null;
  entityType: string | null;
  customValue: string | null;
  createdAt: Date | null;
  updatedAt: Date | null;
}

/** Somebody to whom a link leads: a contact, or a caller whom nobody knows. */
export interface LinkSubject {
  /** Null for a caller whom nobody knows. */
  id: string | null;
  /** The number that was asked for, in E.164 where it parses, else the contact's first; null where it is hidden. */
  phone: string | null;
  email: string | null;
  /** The contact's name, or what the phone showed. */
  displayName: string | null;
  firstName: string | null;
  lastName: string | null;
  company: string | null;
  entityType: string | null;
  customValue: string | null;
  /** Of the call, where it is known. */
  direction: CallDirection | null;
}

export interface ContactHits {
  kind: MatchKind;
  /** Best first, at most `limits.searchCandidates`. */
  contacts: ConnectorContact[];
  /** How many matched in all. */
  candidates: number;
}

export interface NewContactNumber {
  slot: NumberSlot;
  sent: string;
  canonical: string;
  digits: string;
}

export interface NewContact {
  civility: string | null;
  firstName: string | null;
  lastName: string;
  email: string | null;
  customValue: string | null;
  numbers: NewContactNumber[];
}

/** Where a CRM keeps what it was told. */
export interface Receipt {
  remoteId: string | null;
  remoteUrl: string | null;
  message: string | null;
}

/** What looking somebody up did, step by step, with every secret masked. */
export interface ConnectorTrace {
  requests: TracedRequest[];
  records: TracedRecord[];
  /** What went wrong or looks odd, each once. */
  warnings: string[];
}

export interface TracedRequest {
  /** For what it was sent, in the words of the configuration. */
  step: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
  /** Null where nothing came back. */
  status: number | null;
  error: string | null;
}

export interface TracedRecord {
  step: string;
  /** What the CRM told of it, by the names of the configuration. */
  fields: Record<string, string>;
  /** Why it is not answered; null for an accepted one. */
  dropped: string | null;
}

/** Lets a person grant access to the CRM in its own pages, where there is a parameter of type `OAUTH`. */
export interface ConnectorAuthorization {
  /** The page to show. `state` comes back with the code, and is the caller's to compare. */
  url(redirectUri: string, state: string): string;
  /** Answers the parameter that is to be kept from now on. Throws a `ConnectorFailure` where nothing was granted. */
  complete(code: string, state: string, redirectUri: string): Promise<{ parameter: string; value: string }>;
}

/** How a caller waits for a CRM. */
export interface AskOptions {
  /** Aborts when nobody waits any longer: what is under way is then given up. */
  signal?: AbortSignal | undefined;
}

/** One CRM. Its optional methods are its capabilities: a missing one means "cannot". */
export interface Connector {
  /** How many requests the CRM bears at once. */
  maxConcurrentRequests?: number;
  /** A link to whoever has no page of their own; null where there is none for them. */
  contactUrl?(subject: LinkSubject): string | null;
  /** Answers null when nobody matched. */
  searchContacts?(query: ContactQuery, options?: AskOptions): Promise<ContactHits | null>;
  /** Repeating a creation answers the contact that the first one made. */
  createContact?(contact: NewContact, options?: AskOptions): Promise<{ contact: ConnectorContact; created: boolean }>;
  /** May be asked twice for one call, when a process died before it could put down the answer. */
  logPhoneCall?(call: PhoneCallModel, options?: AskOptions): Promise<Receipt>;
  logChat?(chat: ChatModel, options?: AskOptions): Promise<Receipt>;
  /** Looks somebody up and tells how. Never rejects because of what the CRM does. */
  test?(query: ContactQuery): Promise<ConnectorTrace>;
  authorization?: ConnectorAuthorization;
}

export interface ConnectorSetup {
  store: CustomerStore;
  /** Begins every link that the server makes, without a slash at its end. */
  publicUrl: string;
  /** Where numbers without a country are read, as ISO 3166-1 alpha-2. */
  country: string;
  /** The customer's own time, as an IANA name. */
  timeZone: string;
  /** The one way to the outside. */
  send: Send;
  now(): Date;
}

/** What an operator gave for an integration: a file, where its kind takes one, and named texts. Kept sealed. */
export interface GivenConfiguration {
  file: string | null;
  parameters: Record<string, string>;
}

/** One question of an integration's form. */
export interface ConnectorParameter {
  name: string;
  /** For people. */
  title: string;
  type: 'STRING' | 'INTEGER' | 'DOUBLE' | 'BOOLEAN' | 'DATE_TIME' | 'PASSWORD' | 'OAUTH' | 'LIST';
  /** Taken where nothing was given. */
  default: string;
  /** What a list may be. */
  choices: string[];
  /** Whether its value is never shown again. */
  secret: boolean;
}

/** Something about a configuration that its operator should know. */
export interface ConfigurationProblem {
  severity: 'error' | 'warning';
  /** The element or parameter it is about. */
  element: string;
  line: number | null;
  message: string;
}

export interface ConfigurationForm {
  parameters: ConnectorParameter[];
  problems: ConfigurationProblem[];
}

/** One kind of CRM: what it must be told, and how it is reached with that. */
export interface ConnectorKind<Configuration = unknown> {
  /** Reads what was given; its issues name `file` or `parameters` and are written for the operator. */
  configuration: z.ZodType<Configuration, GivenConfiguration>;
  /** What can be asked and told about a configuration; also of one that cannot be used. */
  form(given: GivenConfiguration): ConfigurationForm;
  connect(setup: ConnectorSetup, configuration: Configuration): Connector;
}

/** Every kind by the word that an integration names it with. */
// biome-ignore lint/suspicious/noExplicitAny: a table holds kinds of different configurations.
export type ConnectorKinds = Record<string, ConnectorKind<any>>;
