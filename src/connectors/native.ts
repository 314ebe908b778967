import { v7 as uuid } from 'uuid';
import { digest } from '../digest.ts';
import { limits } from '../limits.ts';
import { contactPage } from '../links.ts';
import { statement } from '../store/customer-store.ts';
import type { ContactModel } from '../store/prisma/models.ts';
import { noConfiguration } from './configuration.ts';
import type {
  Connector,
  ConnectorKind,
  ConnectorSetup,
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
    searchContacts: async (query) => {
      const hits = await store.rows(findContacts, ...searchKeys(query), limits.searchCandidates);
      const [best] = hits;
      return best ? { kind: best.kind, candidates: best.candidates, contacts: hits } : null;
    },
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

/**
 * One round trip for every tier: the tail finds the few numbers that can match at all, each is given its best tier,
 * and only the contacts of the best tier that anybody reached are answered.
 */
const findContacts = statement<ContactModel & { kind: MatchKind; candidates: number }>(`
  WITH hit AS (
    SELECT contact_id,
      CASE WHEN canonical = ANY($3::text[]) THEN 1
           WHEN canonical = ANY($4::text[]) THEN 2
           WHEN canonical = $6::text THEN 4
           WHEN canonical LIKE '%' || $5::text THEN 3 END AS tier,
      CASE left(slot::text, 1) WHEN 'M' THEN 0 WHEN 'B' THEN 1 WHEN 'H' THEN 2 ELSE 3 END AS place
    FROM contact_numbers
    WHERE customer_id = $1 AND tail = ANY($2::text[])
    UNION ALL
    SELECT id, 5, 0 FROM contacts WHERE customer_id = $1 AND email_key = $7::text
  ),
  found AS (
    SELECT contact_id, min(tier) AS tier, min(tier * 10 + place) AS rank FROM hit WHERE tier IS NOT NULL GROUP BY contact_id
  ),
  best AS (
    SELECT contact_id, tier, rank, count(*) OVER ()::int AS candidates
    FROM found WHERE tier = (SELECT min(tier) FROM found)
  )
  SELECT contacts.*, best.candidates,
    (ARRAY['E164', 'NATIONAL', 'SUFFIX', 'EXTENSION', 'EMAIL'])[best.tier] AS kind
  FROM best JOIN contacts ON contacts.customer_id = $1 AND contacts.id = best.contact_id
  ORDER BY best.rank, contacts.last_name IS NULL AND contacts.first_name IS NULL, contacts.updated_at DESC, contacts.id
  LIMIT $8`);

function searchKeys({ phone, email }: ContactQuery) {
  const readings = phone ? [...phone.international, ...phone.national] : [];
  const digits = [...readings, phone?.suffix ?? null, phone?.extension ?? null].filter((text) => text !== null);
  return [
    [...new Set(digits.map((text) => tailOf(text.replace('+', ''))))],
    phone?.international ?? [],
    phone?.national ?? [],
    phone?.suffix ?? null,
    phone?.extension ?? null,
    email?.toLowerCase() ?? null,
  ];
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
