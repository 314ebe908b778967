import type { CustomerRecord } from '../store/customer-record.ts';

/**
 * The scopes that an operator may give to a token: `client` and `crm` together open the lookup operations, `admin`
 * those of operators.
 */
export const grantableScopes = ['client', 'crm', 'admin'] as const;

/** What every lookup operation needs. */
export const lookupScopes: readonly string[] = ['client', 'crm'];

/** The one scope of a context token: it saves call contexts and can do nothing else. */
export const contextScope = 'context';

/** Who is asking: always one workspace and one customer. */
export interface Principal {
  readonly customer: CustomerRecord;
  readonly scopes: readonly string[];
}
