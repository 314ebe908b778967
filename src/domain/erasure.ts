import { v4 as randomId } from 'uuid';
import { type CustomerRows, statement } from '../store/customer-store.ts';
import { withDeadline } from '../store/deadline.ts';
import type { Customer } from './customer.ts';
import { identify, type Person, type PersonKey, type PersonRows, rowsOf } from './person.ts';
import { lockOf, lockSubject } from './transaction.ts';

/** How much of a person was erased. */
export interface Erased {
  contacts: number;
  phoneCalls: number;
  callContexts: number;
  chats: number;
}

/** Erasures wait for each other, and look at everything; nobody's telephone rings meanwhile. Milliseconds. */
const patienceMs = 20_000;

/**
 * Erases one person everywhere, for good. Contacts, contexts and pushes that are still to be made are removed. Calls
 * and chats stay as figures: when, how long, with which agent; each number of the person becomes a random word of its
 * own, so that callers are still counted right, and every text, link and piece of data is gone. Reports of the person
 * that run at the same moment come before, and are erased, or after, and are new. A CRM keeps what it was told.
 */
export async function erasePerson(
  customer: Pick<Customer, 'store' | 'defaultCountry' | 'now'>,
  key: PersonKey,
): Promise<Erased> {
  const erase = async (rows: CustomerRows): Promise<Erased> => {
    const person = await identify(rows, customer.defaultCountry, key);
    for (const subject of subjectsOf(person)) await lockSubject(rows, subject);
    const found = await rowsOf(rows, person);
    for (const step of steps) await step(rows, { person, found, now: customer.now() });
    return {
      contacts: (await rows.rows(removeContacts, person.contactIds)).length,
      phoneCalls: found.calls.length,
      callContexts: found.contextIds.length,
      chats: found.chats.length,
    };
  };
  return withDeadline(patienceMs, () => customer.store.transaction([lockOf(['erasure'])], erase));
}

/** What reports of the person wait for, in one order for all. */
const subjectsOf = ({ numbers, emails }: Person) =>
  [...numbers.map((number) => [number]), ...[...numbers, ...emails].map((party) => ['chat', party])].toSorted((a, b) =>
    a.join() < b.join() ? -1 : 1,
  );

interface Erasing {
  person: Person;
  found: PersonRows;
  now: Date;
}

const callIds = ({ calls }: PersonRows) => calls.map(({ id }) => id);
const chatIds = ({ chats }: PersonRows) => chats.map(({ id }) => id);

/** Each number or email, and the random word that stands for it from now on. */
const pseudonyms = (names: string[]): Record<string, string> =>
  Object.fromEntries(
    names.filter((name) => name !== 'anonymous').map((name) => [name, `erased-${randomId().slice(0, 18)}`]),
  );

/** One step for every table that holds something of a person; a new table of that kind gets a line here. */
const steps: ((rows: CustomerRows, erasing: Erasing) => Promise<unknown>)[] = [
  (rows, { found }) => rows.rows(forgetKeys, [...callIds(found), ...found.mentions, ...chatIds(found)]),
  (rows, { found }) => rows.rows(removeOpenDeliveries, callIds(found), chatIds(found)),
  (rows, { found, now }) => rows.rows(blankDeliveries, callIds(found), chatIds(found), now),
  (rows, { found, now }) => rows.rows(blankWebhookDeliveries, callIds(found), chatIds(found), now),
  (rows, { person }) => rows.rows(forgetCreations, namesOf(person)),
  (rows, { found }) => rows.rows(removeContexts, found.contextIds),
  (rows, { person }) => rows.rows(blankContexts, person.numbers),
  (rows, { found, person }) => rows.rows(blankSegments, callIds(found), person.numbers),
  async (rows, { found, person, now }) => {
    const names = pseudonyms([...person.numbers, ...found.calls.map(({ numberExternal }) => numberExternal)]);
    await rows.rows(blankCalls, callIds(found), JSON.stringify(names), now);
    const own = Object.fromEntries(person.numbers.map((number) => [number, names[number]]));
    await rows.rows(renameMentions, found.mentions, JSON.stringify(own), now);
  },
  (rows, { found, now }) =>
    rows.rows(blankChats, chatIds(found), JSON.stringify(pseudonyms(found.chats.map(({ party }) => party))), now),
  (rows, { person }) => rows.rows(takeSharedNumbers, person.sharedBy, person.numbers),
  (rows, { person }) => rows.rows(forgetExtensions, person.numbers),
  (rows, { person, now }) => rows.rows(blankSharingContacts, person.sharedBy, person.numbers, person.emails, now),
];

/** Of agents only who was seen at a number of the person. */
const forgetExtensions = statement<never>('DELETE FROM agents WHERE customer_id = $1 AND extension = ANY($2::text[])');

const forgetKeys = statement<never>(
  'DELETE FROM idempotency_keys WHERE customer_id = $1 AND result_id = ANY($2::uuid[])',
);

const ofReports = '(phone_call_id = ANY($2::uuid[]) OR chat_id = ANY($3::uuid[]))';

const removeOpenDeliveries = statement<never>(
  `DELETE FROM deliveries WHERE customer_id = $1 AND state <> 'DELIVERED' AND ${ofReports}`,
);

const blankDeliveries = statement<never>(`
  UPDATE deliveries SET message = NULL, remote_id = NULL, remote_url = NULL, updated_at = $4
  WHERE customer_id = $1 AND ${ofReports}`);

/** What is still to be sent is read when it is sent, and is then what is left of it. */
const blankWebhookDeliveries = statement<never>(
  `UPDATE webhook_deliveries SET message = NULL, updated_at = $4 WHERE customer_id = $1 AND ${ofReports}`,
);

/** How a person is named in an address of a CRM, whatever surrounds it there. */
const namesOf = ({ numbers, emails }: Person) => [...numbers, ...emails].map((name) => name.replace('+', ''));

/** The rest of what is kept, for minutes, of a creation elsewhere is the CRM's own id, which tells nobody's name. */
const forgetCreations = statement<never>(`
  DELETE FROM contact_creations
  WHERE customer_id = $1 AND EXISTS (
    SELECT FROM unnest($2::text[]) AS name WHERE position(lower(name) IN lower(remote::text)) > 0
  )`);

const removeContexts = statement<never>('DELETE FROM call_contexts WHERE customer_id = $1 AND id = ANY($2::uuid[])');

/** Contexts of calls with somebody else that name a number of the person. */
const blankContexts = statement<never>(`
  UPDATE call_contexts
  SET number_from = CASE WHEN number_from <> ALL($2::text[]) THEN number_from END,
    number_to = CASE WHEN number_to <> ALL($2::text[]) THEN number_to END, numbers_sent = '{}'
  WHERE customer_id = $1 AND ARRAY[number_from, number_to] && $2::text[]`);

const blankSegments = statement<never>(`
  UPDATE call_segments
  SET display_name = NULL, dn = CASE WHEN dn_type <> 'EXTERNAL_NUMBER' AND dn <> ALL($3::text[]) THEN dn END
  WHERE customer_id = $1 AND (phone_call_id = ANY($2::uuid[]) OR dn = ANY($3::text[]))`);

const renamed = (column: string) => `coalesce($3::jsonb ->> ${column}, ${column})`;

/** What a call tells beside its figures. */
const telling = [
  'subject',
  'body',
  'recording_url',
  'transcription',
  'summary',
  'sentiment',
  'contact_id',
  'entity_type',
  'entity_id',
  'call_context_id',
  'context_data',
];

/** Each number is renamed to a word of its own, so calls that were told apart by their natural key still are. */
const blankCalls = statement<never>(`
  UPDATE phone_calls
  SET number_external = ${renamed('number_external')}, number_internal = ${renamed('number_internal')},
    number_from = ${`CASE direction WHEN 'OUTBOUND' THEN ${renamed('number_from')} ELSE ${renamed('number_external')} END`},
    number_to = ${`CASE direction WHEN 'OUTBOUND' THEN ${renamed('number_external')} ELSE ${renamed('number_to')} END`},
    number_did = ${renamed('number_did')}, numbers_sent = '{}',
    ${telling.map((column) => `${column} = NULL`).join(', ')}, updated_at = $4
  WHERE customer_id = $1 AND id = ANY($2::uuid[])`);

/** Calls with somebody else lose nothing but the numbers of the person. */
const renameMentions = statement<never>(`
  UPDATE phone_calls
  SET ${['number_internal', 'number_from', 'number_to', 'number_did', 'agent_key'].map((column) => `${column} = ${renamed(column)}`).join(', ')},
    numbers_sent = '{}', updated_at = $4
  WHERE customer_id = $1 AND id = ANY($2::uuid[])`);

const blankChats = statement<never>(`
  UPDATE chats
  SET party = coalesce($3::jsonb ->> party, party), email = NULL, number_external = NULL, number_sent = NULL,
    name = NULL, subject = NULL, chat_messages = NULL, entity_type = NULL, entity_id = NULL, contact_id = NULL,
    updated_at = $4
  WHERE customer_id = $1 AND id = ANY($2::uuid[])`);

const takeSharedNumbers = statement<never>(
  'DELETE FROM contact_numbers WHERE customer_id = $1 AND contact_id = ANY($2::uuid[]) AND canonical = ANY($3::text[])',
);

/** What makes two creations the same one also tells the number, so it is replaced by something that tells nothing. */
const blankSharingContacts = statement<never>(`
  UPDATE contacts
  SET ${['phone_business_1', 'phone_business_2', 'phone_mobile_1', 'phone_mobile_2', 'phone_home', 'phone_other']
    .map((column) => `${column} = CASE WHEN ${column} <> ALL($3::text[]) THEN ${column} END`)
    .join(', ')},
    email = CASE WHEN email_key <> ALL($4::text[]) THEN email END,
    email_key = CASE WHEN email_key <> ALL($4::text[]) THEN email_key END,
    identity = sha256(convert_to(gen_random_uuid()::text, 'UTF8')), updated_at = $5
  WHERE customer_id = $1 AND id = ANY($2::uuid[])`);

const removeContacts = statement<{ id: string }>(
  'DELETE FROM contacts WHERE customer_id = $1 AND id = ANY($2::uuid[]) RETURNING id',
);
