import { LRUCache } from 'lru-cache';
import type { ConnectorContact, ContactHits, ContactQuery, MatchKind, NewContact } from '../connectors/connector.ts';
import { limits } from '../limits.ts';

/** How long a contact that was created through us is found whatever its CRM's own search says, in milliseconds. */
const rememberMs = 5 * 60 * 1000;

const mostRemembered = 200;

/** From the surest to the least sure. */
const trust: MatchKind[] = ['E164', 'NATIONAL', 'SUFFIX', 'EXTENSION', 'EMAIL'];

type Created = Pick<NewContact, 'numbers' | 'email'> & { contact: ConnectorContact };

/** Contacts that were just created in one CRM: its search may need a while to find them, and caches know nothing of them. */
export interface CreatedContacts {
  remember(contact: ConnectorContact, wanted: NewContact): void;
  /** Adds them to what the CRM answered. */
  join(query: ContactQuery, hits: ContactHits | null): ContactHits | null;
}

export function openCreatedContacts(now: () => Date): CreatedContacts {
  const remembered = new LRUCache<string, Created>({
    max: mostRemembered,
    ttl: rememberMs,
    ttlResolution: 0,
    perf: { now: () => now().getTime() },
  });
  return {
    remember: (contact, { numbers, email }) => void remembered.set(contact.id, { contact, numbers, email }),
    join: (query, hits) => (remembered.size === 0 ? hits : joined(matching([...remembered.values()], query), hits)),
  };
}

function matching(remembered: Created[], query: ContactQuery): ContactHits | null {
  const kind = trust.find((tier) => remembered.some((created) => matches(tier, created, query)));
  if (!kind) return null;
  const contacts = remembered.filter((created) => matches(kind, created, query)).map(({ contact }) => contact);
  return { kind, contacts, candidates: contacts.length };
}

function matches(kind: MatchKind, { numbers, email }: Created, query: ContactQuery): boolean {
  const { phone } = query;
  if (kind === 'EMAIL') return !!email && email.toLowerCase() === query.email?.toLowerCase();
  if (!phone) return false;
  return numbers.some(({ canonical, digits }) => {
    if (kind === 'E164') return phone.international === canonical;
    if (kind === 'NATIONAL') return phone.national === canonical;
    if (kind === 'SUFFIX') return phone.suffix !== null && digits.endsWith(phone.suffix);
    return phone.extension !== null && digits === phone.extension;
  });
}

/** The surer kind stands alone; of two equal ones all are candidates, the new ones first as the most recently updated. */
function joined(mine: ContactHits | null, theirs: ContactHits | null): ContactHits | null {
  if (!mine || !theirs) return mine ?? theirs;
  if (mine.kind !== theirs.kind) return trust.indexOf(mine.kind) < trust.indexOf(theirs.kind) ? mine : theirs;
  const known = new Set(theirs.contacts.map(({ id }) => id));
  const added = mine.contacts.filter(({ id }) => !known.has(id));
  return {
    kind: mine.kind,
    contacts: [...added, ...theirs.contacts].slice(0, limits.searchCandidates),
    candidates: theirs.candidates + added.length,
  };
}
