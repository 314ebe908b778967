import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { badInput, DomainError } from '../errors.ts';
import { isUuid } from '../id.ts';
import { limits } from '../limits.ts';
import type { CustomerStore } from '../store/customer-store.ts';
import type { WebhookModel } from '../store/prisma/models.ts';
import type { Customer } from './customer.ts';
import type { WebhookEvent } from './webhook-payload.ts';

export type Webhook = WebhookModel;

/** A webhook with what signs its deliveries, which is shown this once. */
export interface WebhookWithSecret {
  webhook: Webhook;
  secret: string;
}

const hour = 60 * 60 * 1000;

/** How long the secret before the last one signs as well. */
const graceMs = 24 * hour;

type Owner = Pick<Customer, 'store' | 'now'>;

export interface WebhookChanges {
  url?: string | null | undefined;
  events?: readonly WebhookEvent[] | null | undefined;
  enabled?: boolean | null | undefined;
}

export const listWebhooks = ({ store }: Pick<Customer, 'store'>): Promise<Webhook[]> =>
  store.prisma.webhook.findMany({ orderBy: { id: 'asc' } });

/** A webhook by its id. Throws `NOT_FOUND`, also for one of another customer. */
export async function findWebhook({ store }: Pick<Customer, 'store'>, id: string): Promise<Webhook> {
  const found = isUuid(id) ? await store.prisma.webhook.findFirst({ where: { id } }) : null;
  if (!found) throw new DomainError('NOT_FOUND', `There is no webhook ${id}.`);
  return found;
}

/** Tells an address what happens from now on. Throws `NOT_ENABLED` where no secret can be kept. */
export async function createWebhook(
  { store, now }: Owner,
  input: { url: string; events: readonly WebhookEvent[]; enabled: boolean },
): Promise<WebhookWithSecret> {
  if ((await store.prisma.webhook.count()) >= limits.webhooks) {
    throw badInput([], `A customer may have ${limits.webhooks} webhooks.`);
  }
  const id = uuid();
  const secret = newSecret();
  const sealed = store.seal(secret, placeOf(id));
  const row = { ...input, events: [...new Set(input.events)], id, secret: sealed, createdAt: now(), updatedAt: now() };
  const webhook = await store.prisma.webhook.create({ data: row as never });
  return { webhook: webhook as Webhook, secret };
}

/** Changes what is named and nothing else; it holds within a second. Throws `NOT_FOUND`. */
export async function updateWebhook(customer: Owner, id: string, { url, events, enabled }: WebhookChanges) {
  const { failingSince } = await findWebhook(customer, id);
  const data = {
    ...(url != null && { url }),
    ...(events != null && { events: [...new Set(events)] }),
    ...(enabled != null && { enabled, failingSince: enabled ? null : failingSince }),
    updatedAt: customer.now(),
  };
  await customer.store.prisma.webhook.updateMany({ where: { id }, data });
  return findWebhook(customer, id);
}

/** Forgets a webhook and everything that was sent to it. Throws `NOT_FOUND`. */
export async function removeWebhook(customer: Owner, id: string): Promise<{ id: string }> {
  await findWebhook(customer, id);
  await customer.store.prisma.webhook.deleteMany({ where: { id } });
  return { id };
}

/** Gives a webhook another secret; the one before signs beside it for a day. Throws `NOT_FOUND`. */
export async function rotateWebhookSecret(customer: Owner, id: string): Promise<WebhookWithSecret> {
  const known = await findWebhook(customer, id);
  const secret = newSecret();
  const data = {
    secret: customer.store.seal(secret, placeOf(id)),
    previousSecret: known.secret,
    previousUntil: new Date(customer.now().getTime() + graceMs),
    updatedAt: customer.now(),
  };
  await customer.store.prisma.webhook.updateMany({ where: { id }, data });
  return { webhook: await findWebhook(customer, id), secret };
}

/** The secrets that sign at a moment, the newest first. Throws `NOT_ENABLED` where their key is gone. */
export function secretsOf(store: CustomerStore, webhook: Webhook, now: Date): string[] {
  const { id, secret, previousSecret, previousUntil } = webhook;
  const inGrace = previousSecret && previousUntil && previousUntil > now ? [previousSecret] : [];
  return [secret, ...inGrace].map((sealed) => store.unseal(sealed, placeOf(id)));
}

/** Seals a webhook's secrets anew with the first key. Answers false where no key opens them any more. */
export async function resealWebhook(store: CustomerStore, id: string): Promise<boolean> {
  const known = await store.prisma.webhook.findFirst({ where: { id } });
  if (!known) return true;
  const { secret, previousSecret } = known;
  const anew = (sealed: Uint8Array) => store.seal(store.unseal(sealed, placeOf(id)), placeOf(id));
  try {
    const data = { secret: anew(secret), previousSecret: previousSecret && anew(previousSecret) };
    const { count } = await store.prisma.webhook.updateMany({ where: { id, secret }, data });
    // Somebody rotated it in between, and may have used an older key.
    return count > 0 || resealWebhook(store, id);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'NOT_ENABLED') return false;
    throw error;
  }
}

/** As the Standard Webhooks specification says it: 24 to 64 random bytes in base64 behind a prefix. */
const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;

/** Where a secret is sealed: for this webhook alone. */
const placeOf = (id: string) => `webhook ${id}`;
