import type { Authenticator } from './auth/authenticate.ts';
import type { Principal } from './auth/principal.ts';
import type { TokenWatch, Watched } from './auth/token-watch.ts';
import { DomainError } from './errors.ts';
import type { RateLimit } from './rate-limit.ts';

export interface GateSetup {
  authenticator: Authenticator;
  tokens: TokenWatch;
  /** Counts the requests of a customer. */
  perCustomer: RateLimit;
  /** Counts the bad credentials that come from an address. */
  perAddress: RateLimit;
}

/** Where every request shows its credential, once, before anything else of it is looked at. */
export interface Gate {
  /**
   * Who sent the request, or null without a bearer token. Throws `UNAUTHENTICATED` for a bad token, `BAD_USER_INPUT`
   * for several, `TOO_MANY_REQUESTS` past a limit.
   */
  byToken(request: Request, address: string): Promise<Principal | null>;
  /** Goes on looking whether the bearer token of an admitted request is good. */
  watch(request: Request, principal: Principal): Watched;
  /** Who holds the two secrets of a context token's path, or null. */
  byPath(token: string, tokenSecret: string, address: string): Promise<Principal | null>;
}

const bearer = /^bearer +(\S+)$/i;

const credentialOf = (request: Request) => request.headers.get('authorization')?.trim() ?? '';

const bearerOf = (credential: string) => bearer.exec(credential)?.[1];

export function createGate({ authenticator, tokens, perCustomer, perAddress }: GateSetup): Gate {
  async function admit(principal: Principal | null, address: string): Promise<Principal | null> {
    const exceeded = await (principal ? perCustomer.exceeded(principal.customer.id) : perAddress.exceeded(address));
    if (exceeded) throw new DomainError('TOO_MANY_REQUESTS', 'Too Many Attempts.', { headers: exceeded });
    return principal;
  }
  return {
    byToken: async (request, address) => {
      const credential = credentialOf(request);
      // Several headers of one name arrive as one, joined by commas.
      if (credential.includes(',')) {
        throw new DomainError('BAD_USER_INPUT', 'Only one Authorization header may be sent.', {
          reason: 'SEVERAL_CREDENTIALS',
        });
      }
      const token = bearerOf(credential);
      if (!token) return null;
      const principal = await admit(await authenticator.accessToken(token), address);
      if (!principal) throw new DomainError('UNAUTHENTICATED', 'Unauthenticated.');
      return principal;
    },
    watch: (request, principal) => tokens.watch(bearerOf(credentialOf(request)) ?? '', principal),
    byPath: async (token, tokenSecret, address) => admit(await authenticator.contextToken(token, tokenSecret), address),
  };
}
