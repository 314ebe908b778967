import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll, isBrokenCircuitError } from 'cockatiel';
import { LRUCache } from 'lru-cache';
import type { Connector, ContactHits, ContactQuery } from '../connectors/connector.ts';
import type { IntegrationModel } from '../store/prisma/models.ts';
import { type CreatedContacts, openCreatedContacts } from './created-contacts.ts';
import { OutOfTime, within } from './within.ts';

const second = 1000;

/** How long an answer is taken for true: somebody known rarely changes, somebody unknown may be entered at any moment. */
const foundMs = 300 * second;
const nobodyMs = 15 * second;

/** Contacts that are remembered of all CRMs together; an answer without one counts as one. */
const mostContacts = 20_000;

/** After so many failures one after another a CRM is left alone for a while; then one lookup tries it. */
const failuresInRow = 5;
const leftAloneMs = 30 * second;

/** A request goes on after its lookup has gone: what comes then serves the next. In times of the lookup's deadline. */
const patience = 2.5;

const mostCrms = 5000;

/** Why a lookup went on without an integration's answer. */
export type SkipReason = 'TIMEOUT' | 'UNAVAILABLE' | 'CIRCUIT_OPEN';

export type CrmAnswer = { hits: ContactHits | null } | { skipped: SkipReason };

/** A CRM that is not ours, for a lookup: it may be slow or broken, and is asked no more often than needed. */
export interface OutsideCrm {
  /** True while it kept failing and is not asked. */
  leftAlone(): boolean;
  /** Never rejects, and waits no longer than so many milliseconds. */
  searchContacts(query: ContactQuery, waitMs: number): Promise<CrmAnswer>;
  /** Contacts that were created in it a moment ago. */
  created: CreatedContacts;
}

export interface OutsideSetup {
  /** How long a lookup may take altogether. */
  lookupDeadlineMs: number;
  now(): Date;
}

type Answers = LRUCache<string, { hits: ContactHits | null }>;

/** Answers a function that finds what is known of an integration's CRM; it is forgotten when the integration changes. */
export function openOutsideCrms(setup: OutsideSetup) {
  const answers: Answers = new LRUCache({
    maxSize: mostContacts,
    sizeCalculation: ({ hits }) => 1 + (hits?.contacts.length ?? 0),
    ttl: foundMs,
    ttlResolution: 0,
    perf: { now: () => setup.now().getTime() },
  });
  const crms = new LRUCache<string, OutsideCrm>({ max: mostCrms });
  return (integration: IntegrationModel, connection: Connector): OutsideCrm => {
    const { customerId, id, updatedAt } = integration;
    const key = [customerId, id, updatedAt.getTime()].join(' ');
    const known = crms.get(key);
    if (known) return known;
    const crm = openOutsideCrm(connection, answers, key, setup);
    crms.set(key, crm);
    return crm;
  };
}

function openOutsideCrm(connection: Connector, answers: Answers, name: string, setup: OutsideSetup): OutsideCrm {
  const { lookupDeadlineMs, now } = setup;
  const halfOpenAfter = leftAloneMs;
  const breaker = circuitBreaker(handleAll, { halfOpenAfter, breaker: new ConsecutiveBreaker(failuresInRow) });
  const underWay = new Map<string, Promise<ContactHits | null>>();
  const created = openCreatedContacts(now);

  function request(query: ContactQuery, { found, asked }: Keys): Promise<ContactHits | null> {
    const search = async (signal: AbortSignal) => (await connection.searchContacts?.(query, { signal })) ?? null;
    const answer = within(lookupDeadlineMs * patience, search)
      .then((hits) => {
        answers.set(hits ? found : asked, { hits }, { ttl: hits ? foundMs : nobodyMs });
        return hits;
      })
      .finally(() => underWay.delete(asked));
    underWay.set(asked, answer);
    return answer;
  }

  async function ask(query: ContactQuery, waitMs: number): Promise<CrmAnswer> {
    const keys = keysOf(name, query);
    const known = answers.get(keys.found) ?? answers.get(keys.asked);
    if (known) return known;
    // Only one lookup tries a CRM that was left alone; the others do not wait for how that ends.
    if (breaker.state === CircuitState.HalfOpen) return { skipped: 'CIRCUIT_OPEN' };
    const judged = () => breaker.execute(() => within(lookupDeadlineMs, () => request(query, keys)));
    try {
      return { hits: await within(waitMs, () => underWay.get(keys.asked) ?? judged()) };
    } catch (error) {
      return { skipped: reasonOf(error) };
    }
  }

  return {
    created,
    leftAlone: () => breaker.state !== CircuitState.Closed,
    searchContacts: async (query, waitMs) => {
      const answer = await ask(query, waitMs);
      const hits = created.join(query, 'hits' in answer ? answer.hits : null);
      return hits ? { hits } : answer;
    },
  };
}

interface Keys {
  found: string;
  asked: string;
}

/** Somebody found is found under every spelling of a number; nobody only under the one that the CRM was asked for. */
function keysOf(name: string, { phone, email }: ContactQuery): Keys {
  const { sent, ...readings } = phone ?? { sent: null };
  const subject = [name, readings, email?.toLowerCase()];
  return { found: JSON.stringify(subject), asked: JSON.stringify([...subject, sent]) };
}

function reasonOf(error: unknown): SkipReason {
  if (error instanceof OutOfTime) return 'TIMEOUT';
  return error instanceof Error && isBrokenCircuitError(error) ? 'CIRCUIT_OPEN' : 'UNAVAILABLE';
}
