import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { closeSession, findSession, formToken, isFormToken, openSession, sessionSeconds } from '../auth/session.ts';
import type { Store } from '../store/open.ts';
import type { UserModel } from '../store/prisma/models.ts';

const sessionCookie = 'crm_session';
const formCookie = 'crm_form';

export interface People {
  /** Who is signed in in this browser, or null. */
  signedIn(c: Context): Promise<UserModel | null>;
  signIn(c: Context, user: UserModel): Promise<void>;
  /** Ends the session, and leaves no cookie behind. */
  signOut(c: Context): Promise<void>;
  /** What a form of this browser must send back. */
  formToken(c: Context): string;
  /** Whether a form was sent by a page that this server gave to this browser. */
  isOwnForm(c: Context, sent: string | undefined): boolean;
}

/** Knows browsers by their cookies, which scripts cannot read and other sites cannot make them send with a form. */
export function createPeople(store: Store, publicUrl: string, now: () => Date): People {
  const options = { path: '/', httpOnly: true, sameSite: 'Lax', secure: publicUrl.startsWith('https:') } as const;
  return {
    signedIn: (c) => findSession(store, getCookie(c, sessionCookie), now()),
    signIn: async (c, user) => {
      await closeSession(store, getCookie(c, sessionCookie));
      setCookie(c, sessionCookie, await openSession(store, user.id, now()), { ...options, maxAge: sessionSeconds });
    },
    signOut: async (c) => {
      await closeSession(store, getCookie(c, sessionCookie));
      for (const name of [sessionCookie, formCookie]) setCookie(c, name, '', { ...options, maxAge: 0 });
    },
    formToken: (c) => {
      const cookie = getCookie(c, formCookie) ?? randomBytes(32).toString('base64url');
      setCookie(c, formCookie, cookie, options);
      return formToken(cookie);
    },
    isOwnForm: (c, sent) => {
      const cookie = getCookie(c, formCookie);
      return cookie !== undefined && sent !== undefined && isFormToken(cookie, sent);
    },
  };
}
