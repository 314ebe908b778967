import type { Customer } from './customer.ts';
import type { PhoneCall } from './phone-call.ts';
import { listPhoneCalls, type PhoneCallListing } from './phone-call-list.ts';

/** Rows of one statement: enough to spend little time on the way, few enough to be held by many exports at once. */
const batchSize = 200;

/**
 * Every call of a filter, batch after batch, each read only when the one before has been taken; so any number of calls
 * needs the memory of one batch. Calls that are added meanwhile may or may not be among them, and none comes twice as
 * long as the order is not by `UPDATED_AT`. A failure of the database is thrown where it happens.
 */
export async function* exportPhoneCalls(
  customer: Customer,
  { filter, orderBy }: Pick<PhoneCallListing, 'filter' | 'orderBy'>,
): AsyncGenerator<PhoneCall[], void, void> {
  let after: string | null = null;
  do {
    const { edges, pageInfo } = await listPhoneCalls(customer, { filter, orderBy, after, first: batchSize }, batchSize);
    yield edges.map(({ node }) => node);
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after);
}
