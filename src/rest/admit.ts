import { missingScope, unauthenticated } from './refusal.ts';

/** What every operation asks of a bearer token. */
const neededScopes = ['client', 'crm'];

/** Who may use the legacy face and what stands beside it: whoever shows a good token with every scope. Throws the refusal. */
export async function admitByToken<Caller extends { scopes: readonly string[] }>(
  gate: { byToken(request: Request, address: string): Promise<Caller | null> },
  request: Request,
  address: string,
): Promise<Caller> {
  const caller = await gate.byToken(request, address);
  if (!caller) throw unauthenticated(false);
  // The schema asks again, but only once it knows the arguments; a stranger must learn nothing of what is wrong with them.
  if (!neededScopes.every((scope) => caller.scopes.includes(scope))) throw missingScope();
  return caller;
}
