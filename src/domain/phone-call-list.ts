import type { Customer } from './customer.ts';
import type { Order } from './keyset.ts';
import { bindings, type Page, type Paging, readPage } from './page.ts';
import type { PhoneCall } from './phone-call.ts';
import { filterConditions, type PhoneCallFilter } from './phone-call-filter.ts';

type Maybe<T> = T | null | undefined;

export type PhoneCallOrderField = 'START_TIME' | 'END_TIME' | 'CREATED_AT' | 'UPDATED_AT';

export interface PhoneCallOrder {
  field: PhoneCallOrderField;
  direction: 'ASC' | 'DESC';
}

export interface PhoneCallListing extends Paging {
  filter?: Maybe<PhoneCallFilter>;
  orderBy?: Maybe<PhoneCallOrder[]>;
}

const orderFields = {
  START_TIME: { column: 'start_time', name: 'startTime', nullable: true },
  END_TIME: { column: 'end_time', name: 'endTime', nullable: true },
  CREATED_AT: { column: 'created_at', name: 'createdAt', nullable: false },
  UPDATED_AT: { column: 'updated_at', name: 'updatedAt', nullable: false },
} as const;

/**
 * A page of the call history, newest first unless told otherwise; `largest` lets those who read the whole list have
 * larger pages. Throws `BAD_USER_INPUT` for a foreign cursor.
 */
export async function listPhoneCalls(
  customer: Customer,
  listing: PhoneCallListing,
  largest?: number,
): Promise<Page<PhoneCall>> {
  const binding = bindings();
  const conditions = filterConditions(listing.filter ?? {}, customer, binding.bind);
  const order = readOrder(listing.orderBy);
  return readPage(customer.store, { table: 'phone_calls', conditions, binding, order }, listing, largest);
}

/** Every order ends with the id, in the direction of its first field. */
function readOrder(orderBy: Maybe<PhoneCallOrder[]>): Order<PhoneCall> {
  const asked = orderBy?.length ? orderBy : [{ field: 'START_TIME', direction: 'DESC' } as const];
  const fields = asked.map(({ field, direction }) => ({ ...orderFields[field], direction }));
  const direction = asked[0]?.direction ?? 'DESC';
  return [...fields, { column: 'id', name: 'id', direction, nullable: false }];
}
