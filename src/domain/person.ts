import { badInput } from '../errors.ts';
import { isUuid } from '../id.ts';
import { readPhoneNumber } from '../phone-number.ts';
import { type CustomerRows, statement } from '../store/customer-store.ts';

/** By what a person is named who asks what is known of them, or to be forgotten. */
export type PersonKey = { contactId: string } | { number: string } | { email: string };

export interface Person {
  /** The contact that is this person; empty if there is none, or several share what the person was named by. */
  contactIds: string[];
  /** Contacts of others that have the same number or email. */
  sharedBy: string[];
  /** Canonical; those that a contact shares with another one are left out, unless the person was named by it. */
  numbers: string[];
  /** In lower case, likewise. */
  emails: string[];
}

/**
 * Who is meant: the contact itself, or the only one that has the number or email, with all its other numbers and its
 * email; else just that number or email. Throws `BAD_USER_INPUT` for a number that cannot be one person's.
 */
export async function identify(rows: CustomerRows, country: string, key: PersonKey): Promise<Person> {
  const id = 'contactId' in key && isUuid(key.contactId) ? key.contactId : null;
  const numbers = 'number' in key ? readNumber(key.number, country) : [];
  const email = 'email' in key ? key.email.trim().toLowerCase() : null;
  const found = (await rows.rows(findContacts, id, numbers, email)).map((contact) => contact.id);
  const contactIds = 'contactId' in key ? (id ? [id] : []) : found.length === 1 ? found : [];
  const own = await rows.rows(identifiersOf, contactIds);
  const canonical = own.flatMap(({ number, sent }) => (number ? [number, ...readOwn(sent, country)] : []));
  const emails = [email, ...own.map((row) => row.email)].filter((text) => text !== null);
  return {
    contactIds,
    sharedBy: found.filter((contact) => !contactIds.includes(contact)),
    numbers: [...new Set([...numbers, ...canonical])].filter(isPersonal),
    emails: [...new Set(emails)],
  };
}

/** The forms in which a number is stored. */
function readNumber(text: string, country: string): string[] {
  const { kind, canonical, digits } = readPhoneNumber(text, country);
  if (kind === 'hidden' || kind === 'extension') {
    throw badInput(['number'], 'A hidden number or an extension is not the number of one person.');
  }
  return [canonical, digits].filter((form) => form !== '');
}

const readOwn = (sent: string | null, country: string) => (sent ? [readPhoneNumber(sent, country).canonical] : []);

/** Extensions are numbers of the company, which colleagues share. */
const isPersonal = (number: string) => number !== 'anonymous' && number.replace(/\D/g, '').length > 5;

/** What a customer's tables hold of a person, by the ids of the rows. */
export interface PersonRows {
  contactIds: string[];
  /** Calls with the person, and their external number. */
  calls: { id: string; numberExternal: string }[];
  /** Calls with somebody else that name a number of the person elsewhere. */
  mentions: string[];
  contextIds: string[];
  chats: { id: string; party: string }[];
}

export async function rowsOf(rows: CustomerRows, { contactIds, numbers, emails }: Person): Promise<PersonRows> {
  const calls = await rows.rows(callsOf, contactIds, numbers);
  const ids = calls.map(({ id }) => id);
  const mentions = numbers.length > 0 ? await rows.rows(mentionsOf, numbers, ids) : [];
  const contexts = await rows.rows(contextsOf, numbers, ids);
  const chats = await rows.rows(chatsOf, contactIds, numbers, emails);
  const idOf = ({ id }: { id: string }) => id;
  return { contactIds, calls, mentions: mentions.map(idOf), contextIds: contexts.map(idOf), chats };
}

const findContacts = statement<{ id: string }>(`
  SELECT id FROM contacts WHERE customer_id = $1 AND (id = $2::uuid OR email_key = $4::text)
  UNION
  SELECT contact_id FROM contact_numbers
  WHERE customer_id = $1 AND canonical = ANY($3::text[])
    AND tail = ANY(SELECT right(ltrim(number, '+'), 7) FROM unnest($3::text[]) AS number)`);

/** The numbers and the email of contacts that no other contact has. */
const identifiersOf = statement<{ number: string | null; sent: string | null; email: string | null }>(`
  SELECT canonical AS number, sent, null AS email FROM contact_numbers AS own
  WHERE customer_id = $1 AND contact_id = ANY($2::uuid[]) AND NOT EXISTS (
    SELECT FROM contact_numbers AS other
    WHERE other.customer_id = $1 AND other.tail = own.tail AND other.canonical = own.canonical
      AND other.contact_id <> ALL($2::uuid[]))
  UNION ALL
  SELECT null, null, email_key FROM contacts AS own
  WHERE customer_id = $1 AND id = ANY($2::uuid[]) AND email_key IS NOT NULL AND NOT EXISTS (
    SELECT FROM contacts AS other
    WHERE other.customer_id = $1 AND other.email_key = own.email_key AND other.id <> ALL($2::uuid[]))`);

const callsOf = statement<{ id: string; numberExternal: string }>(`
  SELECT id, number_external FROM phone_calls WHERE customer_id = $1 AND contact_id = ANY($2::uuid[])
  UNION
  SELECT id, number_external FROM phone_calls WHERE customer_id = $1 AND number_external = ANY($3::text[])`);

const mentionsOf = statement<{ id: string }>(`
  SELECT id FROM phone_calls
  WHERE customer_id = $1 AND id <> ALL($3::uuid[])
    AND ARRAY[number_internal, number_from, number_to, number_did] && $2::text[]`);

const contextsOf = statement<{ id: string }>(`
  SELECT id FROM call_contexts WHERE customer_id = $1 AND number_external = ANY($2::text[])
  UNION
  SELECT id FROM call_contexts WHERE customer_id = $1 AND phone_call_id = ANY($3::uuid[])`);

const chatsOf = statement<{ id: string; party: string }>(`
  SELECT id, party FROM chats
  WHERE customer_id = $1 AND (contact_id = ANY($2::uuid[]) OR party = ANY($3::text[] || $4::text[])
    OR number_external = ANY($3::text[]) OR lower(email) = ANY($4::text[]))`);
