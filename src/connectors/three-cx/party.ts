import { isPlaceholderId, isUuid } from '../../id.ts';
import { readPhoneNumber } from '../../phone-number.ts';
import type { ConnectorSetup, ContactQuery } from '../connector.ts';
import { phoneQuery } from '../contact-query.ts';
import { ConnectorFailure } from '../failure.ts';
import type { FoundContact } from './contact.ts';
import type { Lookups } from './lookup.ts';

/** With whom a call or chat was, as far as the CRM is concerned. */
export interface Party {
  found: FoundContact | null;
  /** What the call shows, where the CRM knows nobody. */
  name: string | null;
  entityId: string | null;
  entityType: string | null;
}

export interface Reported {
  number: string | null;
  email: string | null;
  name: string | null;
  contactId: string | null;
  entityId: string | null;
  entityType: string | null;
}

/**
 * Who it was: of those whom the CRM knows by the number or email, the one that the report names, else the best. Where it
 * knows nobody, the entity that the report names is believed, unless it is a contact of our own.
 */
export async function partyOf(
  reported: Reported,
  lookups: Lookups,
  { store, country }: ConnectorSetup,
  signal?: AbortSignal,
): Promise<Party> {
  const { entityId } = reported;
  const query = queryOf(reported, country);
  const matched = lookups.recent(query) ?? (await findOrPass(lookups, query, signal));
  const found = matched?.found.find(({ contact }) => contact.id === entityId) ?? matched?.found[0] ?? null;
  if (found) {
    return { found, name: null, entityId: found.outputs.EntityId ?? null, entityType: found.contact.entityType };
  }
  const ids = [reported.contactId, entityId].filter((id) => id !== null && isUuid(id)) as string[];
  const own = ids.length > 0 ? await store.prisma.contact.findMany({ where: { id: { in: ids } } }) : [];
  const isForeign = entityId && !isPlaceholderId(entityId) && !own.some(({ id }) => id === entityId);
  const [named] = own;
  return {
    found: null,
    name: reported.name ?? (named ? [named.firstName, named.lastName].filter(Boolean).join(' ') : null),
    entityId: isForeign ? entityId : null,
    entityType: isForeign ? reported.entityType : null,
  };
}

function queryOf({ number, email }: Reported, country: string): ContactQuery {
  const read = number ? readPhoneNumber(number, country) : null;
  return { phone: read && phoneQuery(read), email };
}

/** A CRM that may not be searched can still be told; one that is out of reach is told later. */
async function findOrPass(lookups: Lookups, query: ContactQuery, signal?: AbortSignal) {
  try {
    return await lookups.find(query, signal);
  } catch (error) {
    if (error instanceof ConnectorFailure && error.outcome === 'refused') return null;
    throw error;
  }
}
