import { limits } from '../limits.ts';
import { statement } from '../store/customer-store.ts';
import type { Customer } from './customer.ts';
import { cursorOf, keyset, type Order, orderBySql, readCursor } from './keyset.ts';
import type { PhoneCall } from './phone-call.ts';
import { filterConditions, type PhoneCallFilter } from './phone-call-filter.ts';

type Maybe<T> = T | null | undefined;

export type PhoneCallOrderField = 'START_TIME' | 'END_TIME' | 'CREATED_AT' | 'UPDATED_AT';

export interface PhoneCallOrder {
  field: PhoneCallOrderField;
  direction: 'ASC' | 'DESC';
}

export interface PhoneCallListing {
  filter?: Maybe<PhoneCallFilter>;
  orderBy?: Maybe<PhoneCallOrder[]>;
  first?: Maybe<number>;
  after?: Maybe<string>;
  last?: Maybe<number>;
  before?: Maybe<string>;
  offset?: Maybe<number>;
}

export interface PhoneCallPage {
  edges: { cursor: string; node: PhoneCall }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  /** Counts all calls of the filter, with a query of its own. */
  totalCount(): Promise<number>;
}

const orderFields = {
  START_TIME: { column: 'start_time', name: 'startTime' },
  END_TIME: { column: 'end_time', name: 'endTime' },
  CREATED_AT: { column: 'created_at', name: 'createdAt' },
  UPDATED_AT: { column: 'updated_at', name: 'updatedAt' },
} as const;

/**
 * A page of the call history, newest first unless told otherwise. Cursors hold the order fields and the id, so that
 * every call appears exactly once while others are being added. Throws `BAD_USER_INPUT` for a foreign cursor.
 */
export async function listPhoneCalls(customer: Customer, listing: PhoneCallListing): Promise<PhoneCallPage> {
  const backward = listing.last != null && listing.first == null;
  const size = pageSize(backward ? listing.last : listing.first);
  const order = readOrder(listing.orderBy);
  const binding = bindings();
  const conditions = filterConditions(listing.filter ?? {}, customer.defaultCountry, binding.bind);
  const counted = { conditions: [...conditions], values: [...binding.values] };
  if (listing.after) conditions.push(keyset(order, readCursor(listing.after, order, 'after'), 'after', binding.bind));
  if (listing.before)
    conditions.push(keyset(order, readCursor(listing.before, order, 'before'), 'before', binding.bind));
  const offset = Math.min(Math.max(listing.offset ?? 0, 0), limits.offset);
  const select = statement<PhoneCall>(
    `SELECT * FROM phone_calls WHERE ${['customer_id = $1', ...conditions].join(' AND ')}
     ORDER BY ${orderBySql(order, backward)} LIMIT ${size + 1}${offset > 0 ? ` OFFSET ${offset}` : ''}`,
  );
  const found = await customer.store.rows(select, ...binding.values);
  const more = found.length > size;
  const nodes = backward ? found.slice(0, size).reverse() : found.slice(0, size);
  const edges = nodes.map((node) => ({ cursor: cursorOf(order, node), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: backward ? listing.before != null : more,
      hasPreviousPage: backward ? more : listing.after != null || offset > 0,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: () => countPhoneCalls(customer, counted),
  };
}

async function countPhoneCalls(
  customer: Customer,
  { conditions, values }: { conditions: string[]; values: unknown[] },
) {
  const count = statement<{ total: number }>(
    `SELECT count(*)::int AS total FROM phone_calls WHERE ${['customer_id = $1', ...conditions].join(' AND ')}`,
  );
  const [row] = await customer.store.rows(count, ...values);
  return row?.total ?? 0;
}

const pageSize = (asked: Maybe<number>) => Math.min(Math.max(asked ?? limits.defaultPageSize, 1), limits.pageSize);

/** Every order ends with the id, in the direction of its first field. */
function readOrder(orderBy: Maybe<PhoneCallOrder[]>): Order<PhoneCall> {
  const asked = orderBy?.length ? orderBy : [{ field: 'START_TIME', direction: 'DESC' } as const];
  const fields = asked.map(({ field, direction }) => ({ ...orderFields[field], direction, nullable: true }));
  const direction = asked[0]?.direction ?? 'DESC';
  return [...fields, { column: 'id', name: 'id', direction, nullable: false }];
}

/** Collects the values of a statement; the customer is `$1`, so they begin at `$2`. */
function bindings() {
  const values: unknown[] = [];
  return { values, bind: (value: unknown) => `$${values.push(value) + 1}` };
}
