import { setTimeout as sleep } from 'node:timers/promises';
import type { Connector, ConnectorContact, NewContact } from '../connectors/connector.ts';
import { ConnectorFailure } from '../connectors/failure.ts';
import { digest } from '../digest.ts';
import { type CustomerRows, statement } from '../store/customer-store.ts';
import type { Customer } from './customer.ts';
import type { OutsideCrm } from './outside-crm.ts';
import { OutOfTime, within } from './within.ts';

const second = 1000;

/** A creation that nobody ended in this time belongs to a process that died. */
const heldMs = 30 * second;

/** How long a repeat is answered the contact that was created, without asking the CRM. */
const rememberMs = 600 * second;

const pollMs = 100;

/** Where a contact is to be created. */
export interface CreationPlace {
  integrationId: string;
  createContact: NonNullable<Connector['createContact']>;
  crm: OutsideCrm;
}

/**
 * Creates a contact in a CRM that is not ours. Of several who ask for the same one at a time, in whichever process, one
 * creates it and the others wait; for ten minutes a repeat is answered the same. Throws a `ConnectorFailure`; where the
 * CRM may have created it all the same, its connector looks first when it is asked again.
 */
export async function createOutside(customer: Customer, place: CreationPlace, wanted: NewContact) {
  const { store, now, creationLimitMs } = customer;
  const key = [place.integrationId, identityOf(wanted)];
  const after = (ms: number) => new Date(now().getTime() + ms);
  const kept = await hold(store, key, () => [after(heldMs), now()], creationLimitMs);
  if (kept) return { contact: { ...asWanted(wanted), ...kept }, created: false };
  try {
    const made = await within(creationLimitMs, (signal) => place.createContact(wanted, { signal }));
    const { id, entityUrl, entityType } = made.contact;
    await store.rows(keepCreation, ...key, JSON.stringify({ id, entityUrl, entityType }), after(rememberMs));
    place.crm.created.remember(made.contact, wanted);
    return made;
  } catch (error) {
    await store.rows(releaseCreation, ...key);
    if (!(error instanceof OutOfTime)) throw error;
    throw new ConnectorFailure('unknown', `${error.message} The CRM may have created the contact all the same.`);
  }
}

/** Where the CRM keeps what it created. */
type Remote = Pick<ConnectorContact, 'id' | 'entityUrl' | 'entityType'>;

/** Answers null to whoever is to create the contact, else what was created. Waits for another who is creating it. */
async function hold(rows: CustomerRows, key: unknown[], moments: () => Date[], patienceMs: number) {
  const ends = performance.now() + patienceMs;
  for (;;) {
    const [held] = await rows.rows(holdCreation, ...key, ...moments());
    if (held) return null;
    const [creation] = await rows.rows(findCreation, ...key);
    if (creation?.remote) return creation.remote;
    if (performance.now() > ends) {
      throw new ConnectorFailure('unavailable', 'The same contact is being created at this moment.');
    }
    await sleep(pollMs);
  }
}

/** The same names, numbers and email are the same contact. */
const identityOf = ({ firstName, lastName, email, numbers }: NewContact) =>
  digest(firstName, lastName, email?.toLowerCase(), numbers.map(({ canonical }) => canonical).toSorted());

/** What was asked for, as a contact. */
function asWanted({ numbers, ...person }: NewContact) {
  const inSlot = (slot: string) => numbers.find((number) => number.slot === slot)?.canonical ?? null;
  return {
    ...person,
    company: null,
    website: null,
    phoneMobile1: inSlot('MOBILE_1'),
    phoneMobile2: inSlot('MOBILE_2'),
    phoneBusiness1: inSlot('BUSINESS_1'),
    phoneBusiness2: inSlot('BUSINESS_2'),
    phoneHome: inSlot('HOME'),
    phoneOther: inSlot('OTHER'),
    createdAt: null,
    updatedAt: null,
  };
}

/** One that was held too long, or created too long ago, is anybody's again. */
const holdCreation = statement<{ identity: Buffer }>(`
  INSERT INTO contact_creations AS kept (customer_id, integration_id, identity, held_until)
  VALUES ($1, $2, $3, $4)
  ON CONFLICT (customer_id, integration_id, identity) DO UPDATE SET held_until = $4, remote = NULL
  WHERE kept.held_until <= $5
  RETURNING identity`);

const findCreation = statement<{ remote: Remote | null }>(
  'SELECT remote FROM contact_creations WHERE customer_id = $1 AND integration_id = $2 AND identity = $3',
);

const keepCreation = statement<never>(`
  UPDATE contact_creations SET remote = $4, held_until = $5
  WHERE customer_id = $1 AND integration_id = $2 AND identity = $3`);

const releaseCreation = statement<never>(
  'DELETE FROM contact_creations WHERE customer_id = $1 AND integration_id = $2 AND identity = $3',
);
