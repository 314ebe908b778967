import type { AskOptions, Receipt } from '../connectors/connector.ts';
import { ConnectorFailure } from '../connectors/failure.ts';
import type { Customer, Integration } from './customer.ts';
import { type Outcome, pushOf, type Report, recordOutcomes } from './delivery.ts';
import { afterFailure, type Failed, postponement } from './delivery-retry.ts';
import type { Halt } from './parts.ts';
import { within } from './within.ts';

export interface Claim {
  customerId: string;
  id: string;
  integrationId: string;
  phoneCallId: string | null;
  chatId: string | null;
  attempts: number;
  uncertain: number;
}

export interface PartLimits {
  attemptMs: number;
  /** No attempt begins after this moment; what is left is put back. */
  beginBefore: Date;
  halt?: Halt | undefined;
  now(): Date;
}

/** So many failures one after another say that it is the CRM that fails; the rest of the part then waits untried. */
const failuresInRow = 3;

/** How many deliveries one CRM gets at once at most. */
const mostAtOnce = 4;

/**
 * Tries what is due for one integration, a few at a time, and puts down how each ended as soon as it has ended. While a
 * CRM keeps failing, or asks to be left alone, the others wait without using up an attempt.
 */
export async function deliverPart(customer: Customer, claims: Claim[], limits: PartLimits): Promise<void> {
  const { now, beginBefore, halt } = limits;
  const integration = customer.integrations.find(({ id }) => id === claims[0]?.integrationId);
  const reports = await readReports(customer, claims);
  const put = gathered<Outcome>((outcomes) => recordOutcomes(customer.store, outcomes, now()));
  const waiting = [...claims];
  let failures = 0;
  let postponedTo: Date | null = null;

  async function work(): Promise<void> {
    for (let claim = waiting.shift(); claim; claim = waiting.shift()) {
      if (halt?.stopping.aborted || now() >= beginBefore) postponedTo ??= now();
      if (postponedTo) {
        await put(putBack(claim, postponedTo));
        continue;
      }
      const outcome = await attempt(claim, reports.get(claim.id), integration, limits);
      // One that we gave up says nothing of the CRM.
      const failed = outcome.failure && outcome.failure !== 'refused' && !halt?.givingUp.aborted;
      failures = failed ? failures + 1 : 0;
      const alone = outcome.leaveAloneMs;
      if (alone !== null || failures >= failuresInRow) postponedTo ??= postponement(now(), alone);
      await put(outcome);
    }
  }
  await Promise.all(Array.from({ length: atOnce(integration, claims.length) }, work));
}

/** One request of those that a CRM bears is kept for lookups. Our own journal needs no bound. */
function atOnce(integration: Integration | undefined, claims: number): number {
  if (!integration?.outside) return claims;
  return Math.min(Math.max((integration.connection.maxConcurrentRequests ?? mostAtOnce) - 1, 1), mostAtOnce, claims);
}

async function readReports({ store }: Customer, claims: Claim[]): Promise<Map<string, Report>> {
  const ids = (name: 'phoneCallId' | 'chatId') => claims.map((claim) => claim[name]).filter((id) => id !== null);
  const [calls, chats] = await Promise.all([
    store.prisma.phoneCall.findMany({ where: { id: { in: ids('phoneCallId') } } }),
    store.prisma.chat.findMany({ where: { id: { in: ids('chatId') } } }),
  ]);
  const reports = new Map<string, Report>([
    ...calls.map((call) => [call.id, { call }] as const),
    ...chats.map((chat) => [chat.id, { chat }] as const),
  ]);
  return new Map(claims.map(({ id, phoneCallId, chatId }) => [id, reports.get(phoneCallId ?? chatId ?? '') as Report]));
}

type Attempt = Outcome & Failed;

async function attempt(
  claim: Claim,
  report: Report | undefined,
  integration: Integration | undefined,
  { attemptMs, halt, now }: PartLimits,
): Promise<Attempt> {
  const { id, attempts } = claim;
  try {
    if (!report) throw new ConnectorFailure('refused', 'What was to be logged is no longer there.');
    const receipt = await within(attemptMs, async (signal) => push(integration, report, { signal }), halt?.givingUp);
    const certain = { failure: null, leaveAloneMs: null, uncertain: false, tried: 1 as const };
    return { id, attempts, ...certain, ...receipt, state: 'DELIVERED', dueAt: now() };
  } catch (error) {
    return { id, attempts, tried: 1, remoteId: null, remoteUrl: null, ...afterFailure(error, claim, now()) };
  }
}

/** A switch that was turned off holds for what was to be pushed before, too. */
function push(integration: Integration | undefined, report: Report, options: AskOptions): Promise<Receipt> {
  const log = integration && pushOf(integration, report);
  if (!log) throw new ConnectorFailure('refused', 'The integration cannot log this any more.');
  return log(options);
}

const putBack = ({ id, attempts }: Claim, dueAt: Date): Outcome => ({
  id,
  attempts,
  tried: 0,
  uncertain: false,
  state: 'PENDING',
  dueAt,
  message: null,
  remoteId: null,
  remoteUrl: null,
});

/** Writes items one batch after the other; what comes while one is being written goes into the next. */
function gathered<Item>(write: (items: Item[]) => Promise<unknown>): (item: Item) => Promise<void> {
  let waiting: Item[] = [];
  let writing = Promise.resolve();
  return (item) => {
    waiting.push(item);
    if (waiting.length === 1) {
      writing = writing.then(async () => {
        const items = waiting;
        waiting = [];
        await write(items);
      });
    }
    return writing;
  };
}
