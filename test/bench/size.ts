/** How much a database holds, spread evenly over its customers; one more customer has only the calls of the figures. */
export interface Size {
  customers: number;
  contacts: number;
  calls: number;
  figuresCalls: number;
}

/** The mobile number of contact `n` of a customer, which nobody else of that customer has. */
export const phoneOf = (n: number) => `+336${10_000_000 + Math.floor(n)}`;

/** Thirty days, in which the customer of the figures has all its calls. */
export const month = { from: '2026-06-01T00:00:00Z', to: '2026-06-30T23:59:59Z' };
