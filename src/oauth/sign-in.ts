import { Hono } from 'hono';
import { findUser, setUpUser } from '../auth/user.ts';
import { DomainError } from '../errors.ts';
import { rateLimit } from '../rate-limit.ts';
import type { Store } from '../store/open.ts';
import { messagePage, setUpPage, signInPage } from './pages.ts';
import type { People } from './people.ts';

type Env = { Variables: { address: string } };

/** Wrong attempts a minute for one email, and from one address, behind which a whole office may sit. */
const attemptsPerEmail = 10;
const attemptsPerAddress = 50;

/** Signing in and out, and setting the first password; plain forms, without scripts. */
export function createSignInRouter(store: Store, people: People, now: () => Date): Hono<Env> {
  const router = new Hono<Env>({ strict: false });
  const [byEmail, byAddress] = [
    rateLimit('sign-in-email', attemptsPerEmail),
    rateLimit('sign-in-address', attemptsPerAddress),
  ];
  router.get('/sign-in', (c) =>
    c.html(signInPage({ token: people.formToken(c), next: localPath(c.req.query('next')), email: '', error: null })),
  );
  router.post('/sign-in', async (c) => {
    const { form, next, email = '', password = '' } = await fields(c.req.raw);
    const again = (error: string, status: 400 | 401 | 429) =>
      c.html(signInPage({ token: people.formToken(c), next: localPath(next), email, error }), status);
    if (!people.isOwnForm(c, form)) return again('The page was too old. Please try again.', 400);
    const [account, address] = [email.toLowerCase(), c.get('address')];
    const exceeded = await Promise.all([byEmail.exceeded(account), byAddress.exceeded(address)]);
    if (exceeded.some((headers) => headers)) return again('Too many attempts. Please wait a minute.', 429);
    const user = await findUser(store, email, password);
    if (!user) return again('The email or the password is wrong.', 401);
    await Promise.all([byEmail.forgive(account), byAddress.forgive(address)]);
    await people.signIn(c, user);
    return c.redirect(localPath(next), 303);
  });
  router.post('/sign-out', async (c) => {
    const { form } = await fields(c.req.raw);
    if (people.isOwnForm(c, form)) await people.signOut(c);
    return c.redirect('/sign-in', 303);
  });
  router.get('/set-up', (c) =>
    c.html(setUpPage({ token: people.formToken(c), secret: c.req.query('secret') ?? '', error: null })),
  );
  router.post('/set-up', async (c) => {
    const { form, secret = '', password = '' } = await fields(c.req.raw);
    const again = (error: string) => c.html(setUpPage({ token: people.formToken(c), secret, error }), 400);
    if (!people.isOwnForm(c, form)) return again('The page was too old. Please try again.');
    try {
      const user = await setUpUser(store, secret, password, now());
      if (!user) return c.html(messagePage('This link is over', 'Ask your operator for a new one.'), 410);
      await people.signIn(c, user);
      return c.html(messagePage('Your password is set', 'You are signed in. You may close this page.'));
    } catch (error) {
      if (error instanceof DomainError && error.code === 'BAD_USER_INPUT') return again(error.message);
      throw error;
    }
  });
  return router;
}

/** The single-valued fields of a form. */
export const fields = async (request: Request): Promise<Record<string, string>> =>
  Object.fromEntries(new URLSearchParams(await request.text()));

/** Only a path of this server; an address of another one becomes the start page. */
const localPath = (path: string | undefined) => (path && /^\/(?![/\\])/.test(path) ? path : '/');
