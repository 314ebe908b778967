import type { CustomerStore } from '../store/customer-store.ts';
import type { NumberSlot } from '../store/prisma/enums.ts';
import type { ChatModel, PhoneCallModel } from '../store/prisma/models.ts';

/** How a contact was found; the order is the order of trust. */
export type MatchKind = 'E164' | 'NATIONAL' | 'SUFFIX' | 'EXTENSION' | 'EMAIL';

/** What to look for. A connector answers the contacts of the first reading that finds any. */
export interface ContactQuery {
  phone: {
    /** E.164 readings of a number that told its country. */
    international: string[];
    /** E.164 readings of a number that was read in the customer's country. */
    national: string[];
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
  entityUrl: string;
  entityType: string | null;
  customValue: string | null;
  createdAt: Date | null;
  updatedAt: Date | null;
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

/** One CRM. Its optional methods are its capabilities: a missing one means "cannot". */
export interface Connector {
  /** The page of a contact, for an answer that has none of its own. */
  contactUrl?(id: string): string;
  /** Answers null when nobody matched. */
  searchContacts?(query: ContactQuery): Promise<ContactHits | null>;
  /** Repeating a creation answers the contact that the first one made. */
  createContact?(contact: NewContact): Promise<{ contact: ConnectorContact; created: boolean }>;
  /** May be asked twice for one call, when a process died before it could put down the answer. */
  logPhoneCall?(call: PhoneCallModel): Promise<Receipt>;
  logChat?(chat: ChatModel): Promise<Receipt>;
}

export interface ConnectorSetup {
  store: CustomerStore;
  /** Begins every link that the server makes, without a slash at its end. */
  publicUrl: string;
}

export type ConnectorFactory = (setup: ConnectorSetup) => Connector;
