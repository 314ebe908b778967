import { createHmac, randomBytes } from 'node:crypto';
import type { Store } from '../store/open.ts';
import type { UserModel } from '../store/prisma/models.ts';
import { hashSecret, sameHash } from './secret.ts';

/** How long a browser stays signed in, in seconds. */
export const sessionSeconds = 12 * 60 * 60;

/** Signs a browser in; answers the secret for its cookie. */
export async function openSession(store: Store, userId: string, now: Date): Promise<string> {
  const secret = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + sessionSeconds * 1000);
  await store.operator.session.create({ data: { hash: hashSecret(secret), userId, expiresAt } });
  return secret;
}

/** Who is signed in with a cookie, or null. */
export async function findSession(store: Store, secret: string | undefined, now: Date): Promise<UserModel | null> {
  if (!secret) return null;
  const session = await store.operator.session.findUnique({
    where: { hash: hashSecret(secret) },
    include: { user: true },
  });
  return session && session.expiresAt > now ? session.user : null;
}

/** Signs a browser out; a session that is already over changes nothing. */
export async function closeSession(store: Store, secret: string | undefined): Promise<void> {
  if (secret) await store.operator.session.deleteMany({ where: { hash: hashSecret(secret) } });
}

/** What every form of a browser must send back, so that another site cannot send it: bound to the browser's cookie. */
export const formToken = (cookie: string): string =>
  createHmac('sha256', cookie).update('crm-lookup form').digest('base64url');

export const isFormToken = (cookie: string, sent: string): boolean =>
  sameHash(Buffer.from(formToken(cookie)), Buffer.from(sent));
