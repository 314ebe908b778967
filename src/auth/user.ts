import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { badInput, DomainError } from '../errors.ts';
import type { Store } from '../store/open.ts';
import type { UserModel } from '../store/prisma/models.ts';
import { hashPassword, longestPassword, samePassword, shortestPassword } from './password.ts';
import { hashSecret } from './secret.ts';

const setUpMs = 7 * 24 * 60 * 60 * 1000;

/**
 * Makes a person of a workspace. Without a password the answer holds a one-time secret, good for a week, with which
 * the person sets one. Throws `NOT_FOUND` for an unknown workspace, `BAD_USER_INPUT` for a taken email.
 */
export async function createUser(
  store: Store,
  input: { workspaceId: string; email: string; password: string | null },
  now: Date,
): Promise<{ id: string; setUpSecret: string | null }> {
  const workspace = await store.operator.workspace.findUnique({ where: { id: input.workspaceId } });
  if (!workspace) throw new DomainError('NOT_FOUND', `There is no workspace ${input.workspaceId}.`);
  const email = input.email.toLowerCase();
  if (await store.operator.user.findUnique({ where: { email } })) throw badInput(['email'], `${email} is taken.`);
  if (input.password !== null) checkPassword(input.password);
  const setUpSecret = input.password === null ? randomBytes(32).toString('base64url') : null;
  const { id } = await store.operator.user.create({
    data: {
      id: uuid(),
      workspaceId: workspace.id,
      email,
      passwordHash: input.password === null ? null : await hashPassword(input.password),
      setUpHash: setUpSecret === null ? null : hashSecret(setUpSecret),
      setUpExpiresAt: setUpSecret ? new Date(now.getTime() + setUpMs) : null,
    },
  });
  return { id, setUpSecret };
}

/** Sets the first password with the one-time secret, which ends with it; null if the secret is not good (any more). */
export async function setUpUser(store: Store, secret: string, password: string, now: Date): Promise<UserModel | null> {
  checkPassword(password);
  const user = await store.operator.user.findFirst({
    where: { setUpHash: hashSecret(secret), setUpExpiresAt: { gt: now } },
  });
  if (!user) return null;
  const passwordHash = await hashPassword(password);
  const { count } = await store.operator.user.updateMany({
    where: { id: user.id, setUpHash: user.setUpHash },
    data: { passwordHash, setUpHash: null, setUpExpiresAt: null },
  });
  return count === 1 ? user : null;
}

/** The person behind an email and password, or null. Takes the same time whether or not the person exists. */
export async function findUser(store: Store, email: string, password: string): Promise<UserModel | null> {
  const user = await store.operator.user.findUnique({ where: { email: email.trim().toLowerCase() } });
  return (await samePassword(password, user?.passwordHash ?? null)) ? user : null;
}

function checkPassword(password: string): void {
  if (password.length < shortestPassword || password.length > longestPassword) {
    throw badInput(['password'], `A password has ${shortestPassword} to ${longestPassword} characters.`);
  }
}
