import { limits } from '../limits.ts';
import { type CustomerStore, composed, quick, statement } from '../store/customer-store.ts';
import { type Bounds, cursorOf, type Order, orderBySql, readCursor, stretches, stretchOrderSql } from './keyset.ts';

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
  const offset = Math.min(Math.max(paging.offset ?? 0, 0), limits.offset);
  const bounds = {
    after: paging.after ? readCursor(paging.after, order, 'after') : null,
    before: paging.before ? readCursor(paging.before, order, 'before') : null,
  };
  const select = pageSql(listed, bounds, backward, { limit: size + 1, offset });
  // Of the pages that everybody looks at there are few texts, so connections may keep their plans.
  const unfiltered = listed.conditions.length === 0 && order.length <= 2;
  const usual = unfiltered && size === limits.defaultPageSize && offset === 0;
  const found = select ? await store.rows((usual ? quick : composed)<Row>(select), ...binding.values) : [];
  const more = found.length > size;
  const nodes = backward ? found.slice(0, size).reverse() : found.slice(0, size);
  const edges = nodes.map((node) => new Edge(order, node));
  return {
    edges,
    pageInfo: new PageInfo(edges, {
      hasNextPage: backward ? paging.before != null : more,
      hasPreviousPage: backward ? more : paging.after != null || offset > 0,
    }),
    totalCount: () => countRows(store, counted),
  };
}

// Most look at no cursor, and to write one costs as much as to read a row. Getters of a literal would be kept, with all that
// they see, until a full collection: they are a part of its hidden class.

class Edge<Row> {
  readonly node: Row;
  readonly #order: Order<Row>;

  constructor(order: Order<Row>, node: Row) {
    this.node = node;
    this.#order = order;
  }

  get cursor(): string {
    return cursorOf(this.#order, this.node);
  }
}

class PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly #edges: { cursor: string }[];

  constructor(edges: { cursor: string }[], more: { hasNextPage: boolean; hasPreviousPage: boolean }) {
    this.hasNextPage = more.hasNextPage;
    this.hasPreviousPage = more.hasPreviousPage;
    this.#edges = edges;
  }

  get startCursor(): string | null {
    return this.#edges.at(0)?.cursor ?? null;
  }

  get endCursor(): string | null {
    return this.#edges.at(-1)?.cursor ?? null;
  }
}

/** Reads the page from the stretches in which it may lie; null where it can lie in none. */
function pageSql<Row>(
  { table, conditions, binding, order }: Listed<Row>,
  bounds: Bounds,
  backward: boolean,
  { limit, offset }: { limit: number; offset: number },
): string | null {
  // Rows that are only skipped are not read: an index tells their order.
  const columns = offset > 0 ? [...new Set(order.map(({ column }) => column))].join(', ') : '*';
  const parts = stretches(order, bounds, binding.bind).map(
    (more) =>
      `SELECT ${columns} FROM ${table} WHERE ${['customer_id = $1', ...conditions, ...more].join(' AND ')}
       ORDER BY ${stretchOrderSql(order, backward)}`,
  );
  if (parts.length === 0) return null;
  const page =
    parts.length === 1
      ? `${parts[0]} LIMIT ${limit} OFFSET ${offset}`
      : `SELECT * FROM (${parts.map((part) => `(${part} LIMIT ${limit + offset})`).join(' UNION ALL ')}) AS stretches
         ORDER BY ${orderBySql(order, backward)} LIMIT ${limit} OFFSET ${offset}`;
  if (offset === 0) return page;
  return `SELECT ${table}.* FROM ${table} JOIN (SELECT id FROM (${page}) AS page) AS page USING (id)
    WHERE customer_id = $1 ORDER BY ${orderBySql(order, backward)}`;
}

async function countRows(
  store: CustomerStore,
  { table, conditions, values }: { table: string; conditions: string[]; values: unknown[] },
) {
  const count = conditions.length === 0 ? statement : composed;
  const where = ['customer_id = $1', ...conditions].join(' AND ');
  const total = count<{ total: number }>(`SELECT count(*)::int AS total FROM ${table} WHERE ${where}`);
  const [row] = await store.rows(total, ...values);
  return row?.total ?? 0;
}

const pageSize = (asked: Maybe<number>, largest: number) =>
  Math.min(Math.max(asked ?? limits.defaultPageSize, 1), largest);
