import type { ContactHits, ContactQuery } from '../connectors/connector.ts';
import type { Customer, Integration } from './customer.ts';
import type { SkipReason } from './outside-crm.ts';

/** An integration that should have been asked before the answer, and told nothing. */
export interface SkippedIntegration {
  integration: string;
  reason: SkipReason;
}

export interface Lookup {
  /** Null when nobody matched. */
  hits: ContactHits | null;
  /** Which connector answered; null if none did. */
  integration: string | null;
  skipped: SkippedIntegration[];
}

/** The part of the deadline that CRMs may use up; the rest is for our own contacts and for putting the answer together. */
const crmShare = 0.9;

/**
 * Asks integrations in their order until one knows somebody. Every CRM may take half of the time that is left, and all
 * of it if none comes after it; so a slow one leaves the next its chance, and a quick one leaves it nearly everything.
 * A CRM that fails, hangs or is left alone is skipped; only a failure of our own database rejects.
 */
export async function lookUp(customer: Customer, query: ContactQuery): Promise<Lookup> {
  const asked = customer.integrations.filter(answers);
  const ends = performance.now() + customer.lookupDeadlineMs * crmShare;
  const skipped: SkippedIntegration[] = [];
  for (const [index, { connector: integration, connection, outside }] of asked.entries()) {
    if (!outside) {
      const hits = await connection.searchContacts(query);
      if (hits) return { hits, integration, skipped };
      continue;
    }
    const answer = await outside.searchContacts(query, waitMs(ends, asked.slice(index + 1)));
    if ('skipped' in answer) skipped.push({ integration, reason: answer.skipped });
    else if (answer.hits) return { hits: answer.hits, integration, skipped };
  }
  return { hits: null, integration: null, skipped };
}

/** At the end of its time a CRM is still asked, though not waited for: what it answers serves the next lookup. */
function waitMs(ends: number, later: Integration[]): number {
  const left = Math.max(ends - performance.now(), 0);
  return later.some(({ outside }) => outside && !outside.leftAlone()) ? left / 2 : left;
}

type Answering = Integration & { connection: Required<Pick<Integration['connection'], 'searchContacts'>> };

const answers = (integration: Integration): integration is Answering =>
  integration.lookup && !!integration.connection.searchContacts;
