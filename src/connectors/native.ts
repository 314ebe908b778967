import { v7 as uuid } from 'uuid';
import { digest } from '../digest.ts';
import { limits } from '../limits.ts';
import { contactPage } from '../links.ts';
import { quick, type Statement, statement } from '../store/customer-store.ts';
import type { ContactModel } from '../store/prisma/models.ts';
import { noConfiguration } from './configuration.ts';
import type {
  Connector,
  ConnectorContact,
  ConnectorKind,
  ConnectorSetup,
  ContactHits,
  ContactQuery,
  MatchKind,
  NewContact,
  NewContactNumber,
} from './connector.ts';

/** Contacts in our own database: needs no outside CRM, and is what a new customer begins with. */
export const native: ConnectorKind<object> = {
  configuration: noConfiguration,
  form: () => ({ parameters: [], problems: [] }),
  connect,
};

function connect({ store, publicUrl }: ConnectorSetup): Connector {
  return {
    searchContacts: async ({ phone, email }) =>
      (phone && (await search(byPhone, phoneKeys(phone)))) ?? (email ? search(byEmail, [email.toLowerCase()]) : null),
    createContact: async (contact) => {
      const values = creationValues(contact);
      const [created] = await store.rows(insertContact, uuid(), ...values);
      if (created) return { contact: created, created: true };
      const [existing] = await store.rows(findByIdentity, values[0]);
      return { contact: existing as ContactModel, created: false };
    },
    logPhoneCall: async ({ contactId }) => filed(contactId),
    logChat: async ({ contactId }) => filed(contactId),
  };

  /** They are counted only where they may be more than are answered. */
  async function search({ find, count }: Search, keys: unknown[]): Promise<ContactHits | null> {
    const found = await store.rows(find, ...keys);
    const kind = found[0]?.kind;
    if (!kind) return null;
    const contacts = found.filter((hit) => hit.kind === kind);
    if (contacts.length < limits.searchCandidates) return { kind, candidates: contacts.length, contacts };
    const [all] = await store.rows(count, ...keys);
    return { kind, candidates: all?.candidates ?? contacts.length, contacts };
  }

  /** Our own journal is the stored call itself; filing it means naming the contact under whom it stands. */
  function filed(contactId: string | null) {
    return {
      remoteId: contactId,
      remoteUrl: contactId && contactPage(publicUrl, contactId),
      message: contactId ? 'Filed under the contact.' : 'Stored; nobody is known by this number.',
    };
  }
}

/** The last digits under which a number is indexed; every reading of a number shares them with the number. */
const tailOf = (digits: string) => digits.slice(-7);

/** The fields of a contact, in their columns. */
const columns = [
  'id, civility, first_name, last_name, email, company, website, phone_business_1, phone_business_2, phone_mobile_1',
  'phone_mobile_2, phone_home, phone_other, entity_url, entity_type, custom_value, created_at, updated_at',
].join(', ');

type Hit = ConnectorContact & { kind: MatchKind };

/** Finds contacts, the best first and the rest after those of its kind; and counts those that match as well as the best. */
interface Search {
  find: Statement<Hit>;
  count: Statement<{ candidates: number }>;
}

/**
 * The tail finds the few numbers that can match at all; each contact is ranked by its best number, in tens by how that
 * matches. Everything is told in single values, as the database keeps no plan of a statement whose cost it cannot foretell,
 * such as that of a list.
 */
const ranked = `
  SELECT contact_id, min(
    CASE WHEN canonical = $4::text THEN $5::int
         WHEN canonical = $7::text THEN 40
         WHEN canonical LIKE '%' || $6::text THEN 30 END +
    CASE left(slot::text, 1) WHEN 'M' THEN 0 WHEN 'B' THEN 1 WHEN 'H' THEN 2 ELSE 3 END) AS rank
  FROM contact_numbers WHERE customer_id = $1 AND tail IN ($2, $3) GROUP BY contact_id`;

/** Of two that match equally, a person comes before a company, and then who was changed last. */
const order = `last_name IS NULL AND first_name IS NULL, updated_at DESC, id LIMIT ${limits.searchCandidates}`;

const byPhone: Search = {
  find: quick(`
    SELECT ${columns}, (ARRAY['E164', 'NATIONAL', 'SUFFIX', 'EXTENSION'])[rank / 10] AS kind
    FROM (${ranked}) AS ranked JOIN contacts ON contacts.customer_id = $1 AND contacts.id = contact_id
    WHERE rank IS NOT NULL ORDER BY rank, ${order}`),
  count: statement(`
    SELECT count(*)::int AS candidates FROM (${ranked}) AS ranked
    WHERE rank IS NOT NULL GROUP BY rank / 10 ORDER BY rank / 10 LIMIT 1`),
};

const byEmail: Search = {
  find: quick(`
    SELECT ${columns}, 'EMAIL' AS kind FROM contacts WHERE customer_id = $1 AND email_key = $2 ORDER BY ${order}`),
  count: statement('SELECT count(*)::int AS candidates FROM contacts WHERE customer_id = $1 AND email_key = $2'),
};

/** The tails, the whole number with its tier, and the fragments of a number. */
function phoneKeys({ international, national, suffix, extension }: NonNullable<ContactQuery['phone']>) {
  const whole = international ?? national;
  const tails = [whole?.replace('+', ''), suffix ?? extension].flatMap((digits) => (digits ? [tailOf(digits)] : []));
  return [tails.at(0), tails.at(-1), whole, international ? 10 : 20, suffix, extension];
}

/** A number as it is compared: in E.164, else its digits, else the text that it is. */
const matchable = ({ canonical, digits }: NewContactNumber) =>
  canonical.startsWith('+') || digits === '' ? canonical : digits;

/** A creation that lost a race, or is repeated, inserts nothing: its identity is already there. */
const insertContact = statement<ContactModel>(`
  WITH contact AS (
    INSERT INTO contacts (customer_id, id, identity, civility, first_name, last_name, email, email_key, custom_value,
      phone_mobile_1, phone_mobile_2, phone_business_1, phone_business_2, phone_home, phone_other)
    VALUES ($1, $2, $3, $4, $5, $6, $7, lower($7), $8, $9, $10, $11, $12, $13, $14)
    ON CONFLICT (customer_id, identity) DO NOTHING
    RETURNING *
  ), numbers AS (
    INSERT INTO contact_numbers (customer_id, contact_id, slot, sent, canonical, tail)
    SELECT contact.customer_id, contact.id, number.slot::number_slot, number.sent, number.canonical, number.tail
    FROM contact, unnest($15::text[], $16::text[], $17::text[], $18::text[]) AS number (slot, sent, canonical, tail)
  )
  SELECT * FROM contact`);

const findByIdentity = statement<ContactModel>('SELECT * FROM contacts WHERE customer_id = $1 AND identity = $2');

function creationValues({ numbers, ...contact }: NewContact) {
  const inSlot = (slot: NewContactNumber['slot']) => numbers.find((number) => number.slot === slot)?.canonical ?? null;
  const canonical = numbers.map(matchable);
  return [
    digest(contact.firstName, contact.lastName, contact.email?.toLowerCase(), canonical.toSorted()),
    contact.civility,
    contact.firstName,
    contact.lastName,
    contact.email,
    contact.customValue,
    ...(['MOBILE_1', 'MOBILE_2', 'BUSINESS_1', 'BUSINESS_2', 'HOME', 'OTHER'] as const).map(inSlot),
    numbers.map((number) => number.slot),
    numbers.map((number) => number.sent),
    canonical,
    numbers.map((number) => tailOf(number.digits)),
  ];
}
