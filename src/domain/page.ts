import { limits } from '../limits.ts';
import { type CustomerStore, statement } from '../store/customer-store.ts';
import { cursorOf, keyset, type Order, orderBySql, readCursor } from './keyset.ts';

type Maybe<T> = T | null | undefined;

/** Which page of a list, as Relay asks for it; `offset` is for numbered pages. */
export interface Paging {
  first?: Maybe<number>;
  after?: Maybe<string>;
  last?: Maybe<number>;
  before?: Maybe<string>;
  offset?: Maybe<number>;
}

export interface Page<Row> {
  edges: { cursor: string; node: Row }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  /** Counts all rows of the list, with a query of its own. */
  totalCount(): Promise<number>;
}

/** What a list holds: the rows of a table of the customer for which every condition holds. */
export interface Listed<Row> {
  table: string;
  conditions: string[];
  binding: Bindings;
  order: Order<Row>;
}

/** The values of a statement; the customer is `$1`, so they begin at `$2`. */
export interface Bindings {
  values: unknown[];
  bind(value: unknown): string;
}

export function bindings(): Bindings {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value) + 1}` };
}

/**
 * One page of a list. Cursors hold the order fields and the id, so that every row appears exactly once while others
 * are being added. Throws `BAD_USER_INPUT` for a foreign cursor.
 */
export async function readPage<Row>(
  store: CustomerStore,
  listed: Listed<Row>,
  paging: Paging,
  largest: number = limits.pageSize,
): Promise<Page<Row>> {
  const { table, order, binding } = listed;
  const backward = paging.last != null && paging.first == null;
  const size = pageSize(backward ? paging.last : paging.first, largest);
  const counted = { table, conditions: [...listed.conditions], values: [...binding.values] };
  const conditions = [...listed.conditions];
  if (paging.after) conditions.push(keyset(order, readCursor(paging.after, order, 'after'), 'after', binding.bind));
  if (paging.before) conditions.push(keyset(order, readCursor(paging.before, order, 'before'), 'before', binding.bind));
  const offset = Math.min(Math.max(paging.offset ?? 0, 0), limits.offset);
  const select = statement<Row>(
    `SELECT * FROM ${table} WHERE ${['customer_id = $1', ...conditions].join(' AND ')}
     ORDER BY ${orderBySql(order, backward)} LIMIT ${size + 1}${offset > 0 ? ` OFFSET ${offset}` : ''}`,
  );
  const found = await store.rows(select, ...binding.values);
  const more = found.length > size;
  const nodes = backward ? found.slice(0, size).reverse() : found.slice(0, size);
  const edges = nodes.map((node) => ({ cursor: cursorOf(order, node), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: backward ? paging.before != null : more,
      hasPreviousPage: backward ? more : paging.after != null || offset > 0,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: () => countRows(store, counted),
  };
}

async function countRows(
  store: CustomerStore,
  { table, conditions, values }: { table: string; conditions: string[]; values: unknown[] },
) {
  const count = statement<{ total: number }>(
    `SELECT count(*)::int AS total FROM ${table} WHERE ${['customer_id = $1', ...conditions].join(' AND ')}`,
  );
  const [row] = await store.rows(count, ...values);
  return row?.total ?? 0;
}

const pageSize = (asked: Maybe<number>, largest: number) =>
  Math.min(Math.max(asked ?? limits.defaultPageSize, 1), largest);
