import type { Connector, Receipt } from '../connectors/connector.ts';
import { DomainError } from '../errors.ts';
import { type CustomerRecord, customerRecord } from '../store/customer-record.ts';
import type { Store } from '../store/open.ts';
import type { Customer } from './customer.ts';
import { type Outcome, recordOutcomes } from './delivery.ts';

const second = 1000;

/** How long one attempt may take; the row is held for a little longer, then somebody else may try. */
const attemptMs = 30 * second;
const leaseMs = attemptMs + 30 * second;

/** After so many attempts, about four hours, a delivery is dead until an operator revives it. */
const maxAttempts = 12;
const firstDelayMs = 5 * second;
const longestDelayMs = 3600 * second;

const batchSize = 100;

export interface QueueSetup {
  store: Store;
  openCustomer(record: CustomerRecord): Customer;
  now(): Date;
}

interface Claim {
  customerId: string;
  id: string;
  integrationId: string;
  phoneCallId: string | null;
  chatId: string | null;
  attempts: number;
}

/** Deliveries that are being tried. */
export interface Underway {
  claimed: number;
  /** Resolves when each of them has ended in one way or the other. */
  done: Promise<void>;
}

/**
 * Begins to work off deliveries that are due, at most a batch, leaving out the integrations that are `busy`; they are
 * busy until their part has ended, so that a CRM that hangs holds up nobody but itself. Several processes may do so at
 * once: each row is held by one of them, and freed by time if that one dies. A CRM may therefore be told twice by a
 * process that died in between, but never not at all.
 */
export async function startDue(setup: QueueSetup, busy: Set<string>): Promise<Underway> {
  const { store, openCustomer, now } = setup;
  const claims = await claimDue(store, now(), [...busy]);
  const byIntegration = Map.groupBy(claims, ({ integrationId }) => integrationId);
  for (const id of byIntegration.keys()) busy.add(id);
  const ids = [...new Set(claims.map(({ customerId }) => customerId))];
  const records = await store.operator.customer.findMany({ where: { id: { in: ids } }, ...customerRecord });
  const parts = [...byIntegration].map(async ([integrationId, part]) => {
    try {
      const record = records.find(({ id }) => id === part[0]?.customerId);
      if (!record) return;
      const customer = openCustomer(record);
      await recordOutcomes(customer.store, await attemptAll(customer, part, now), now());
    } finally {
      busy.delete(integrationId);
    }
  });
  return { claimed: claims.length, done: Promise.all(parts).then(() => {}) };
}

/** Works off one batch of what is due, and waits for it; answers how many were tried. */
export async function deliverDue(setup: QueueSetup): Promise<number> {
  const { claimed, done } = await startDue(setup, new Set());
  await done;
  return claimed;
}

/** Holds due rows by moving them into the future; the attempt counts from here, so that a crash counts as one. */
const claimDue = (store: Store, now: Date, busy: string[]) => store.operator.$queryRaw<Claim[]>`
  UPDATE deliveries AS held
  SET due_at = ${new Date(now.getTime() + leaseMs)}, attempts = held.attempts + 1
  FROM (
    SELECT customer_id, id FROM deliveries WHERE state = 'PENDING' AND due_at <= ${now} AND integration_id <> ALL(${busy}::uuid[])
    ORDER BY due_at LIMIT ${batchSize} FOR UPDATE SKIP LOCKED
  ) AS due
  WHERE held.customer_id = due.customer_id AND held.id = due.id
  RETURNING held.customer_id AS "customerId", held.id, held.integration_id AS "integrationId",
    held.phone_call_id AS "phoneCallId", held.chat_id AS "chatId", held.attempts`;

async function attemptAll(customer: Customer, claims: Claim[], now: () => Date): Promise<Outcome[]> {
  const ids = (name: 'phoneCallId' | 'chatId') => claims.map((claim) => claim[name]).filter((id) => id !== null);
  const [calls, chats] = await Promise.all([
    customer.store.prisma.phoneCall.findMany({ where: { id: { in: ids('phoneCallId') } } }),
    customer.store.prisma.chat.findMany({ where: { id: { in: ids('chatId') } } }),
  ]);
  const attempt = (claim: Claim) => {
    const connection = customer.integrations.find(({ id }) => id === claim.integrationId)?.connection ?? {};
    const call = calls.find(({ id }) => id === claim.phoneCallId);
    const chat = chats.find(({ id }) => id === claim.chatId);
    return push(connection, call ? { call } : { chat: chat as (typeof chats)[number] });
  };
  return Promise.all(
    claims.map((claim) =>
      withinTime(attempt(claim)).then(
        (receipt) => ({ ...arrived(receipt), ...identity(claim), dueAt: now() }),
        (error) => ({ ...failed(error, claim, now()), ...identity(claim) }),
      ),
    ),
  );
}

type Finished =
  | { call: Parameters<NonNullable<Connector['logPhoneCall']>>[0] }
  | { chat: Parameters<NonNullable<Connector['logChat']>>[0] };

async function push(connection: Connector, finished: Finished): Promise<Receipt> {
  const receipt = 'call' in finished ? connection.logPhoneCall?.(finished.call) : connection.logChat?.(finished.chat);
  if (!receipt) throw new DomainError('CONNECTOR_REJECTED', 'The integration cannot log this any more.');
  return receipt;
}

async function withinTime<Result>(work: Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`No answer within ${attemptMs / second} seconds.`)), attemptMs);
  return Promise.race([work, promise]).finally(() => clearTimeout(timer));
}

const identity = ({ id, attempts }: Claim) => ({ id, attempts });

const arrived = (receipt: Receipt) => ({ ...receipt, state: 'DELIVERED' as const });

/** A CRM that refuses will refuse again; anything else is tried later, each time later still. */
function failed(error: unknown, { attempts }: Claim, now: Date) {
  const refused = error instanceof DomainError && error.code === 'CONNECTOR_REJECTED';
  return {
    state: refused || attempts >= maxAttempts ? ('DEAD' as const) : ('PENDING' as const),
    dueAt: new Date(now.getTime() + delayMs(attempts)),
    message: error instanceof Error ? error.message.slice(0, 1000) : String(error),
    remoteId: null,
    remoteUrl: null,
  };
}

/** Doubles from one attempt to the next, up to an hour; a random half keeps many from coming back at one moment. */
export function delayMs(attempts: number): number {
  const full = Math.min(firstDelayMs * 2 ** (attempts - 1), longestDelayMs);
  return full / 2 + (Math.random() * full) / 2;
}
