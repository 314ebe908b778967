import type { CustomerRecord } from '../store/customer-record.ts';

/** The scopes that an operator may give to a token; `client` and `crm` together open the lookup operations. */
export const grantableScopes = ['client', 'crm'] as const;

/** The one scope of a context token: it saves call contexts and can do nothing else. */
export const contextScope = 'context';

/** Who is asking: always one workspace and one customer. */
export interface Principal {
  readonly customer: CustomerRecord;
  readonly scopes: readonly string[];
}
