import { setTimeout as sleep } from 'node:timers/promises';
import type { Authenticator } from './authenticate.ts';
import type { Principal } from './principal.ts';

/** A credential that is in use for longer than one request. */
export interface Watched {
  /** As it was when it was last looked up. */
  readonly principal: Principal;
  /** Aborted when the credential is not good any more. */
  readonly ended: AbortSignal;
  close(): void;
}

export interface TokenWatch {
  watch(token: string, principal: Principal): Watched;
}

/** A revocation ends what is watched within a second. Milliseconds. */
const everyMs = 700;

/** Looks all watched tokens up together, again and again; while the database is away, they stay as they were. */
export function createTokenWatch(authenticator: Pick<Authenticator, 'goodTokens'>): TokenWatch {
  const watches = new Set<{ token: string; principal: Principal; ending: AbortController }>();
  let looking = false;

  async function look(): Promise<void> {
    looking = true;
    while (watches.size > 0) {
      await sleep(everyMs, undefined, { ref: false });
      const tokens = [...new Set([...watches].map(({ token }) => token))];
      const good = await authenticator.goodTokens(tokens).catch(() => null);
      for (const watch of good ? watches : []) {
        const principal = good?.get(watch.token);
        if (principal) watch.principal = principal;
        else if (tokens.includes(watch.token)) watch.ending.abort();
      }
    }
    looking = false;
  }

  return {
    watch: (token, principal) => {
      const watch = { token, principal, ending: new AbortController() };
      watches.add(watch);
      if (!looking) void look();
      return {
        get principal() {
          return watch.principal;
        },
        ended: watch.ending.signal,
        close: () => void watches.delete(watch),
      };
    },
  };
}
