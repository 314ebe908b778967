import type { Principal } from './auth/principal.ts';
import type { Customer } from './domain/customer.ts';

/** What every resolver knows of the request it serves. */
export interface Context {
  readonly requestId: string;
  /** Null while nobody has shown a credential; then only introspection is answered. */
  readonly principal: Principal | null;
  /** The principal's customer. Reading it without a principal throws. */
  readonly customer: Customer;
}
