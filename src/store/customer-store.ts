import { createHash } from 'node:crypto';
import type { Connections, Way } from './connections.ts';
import { asUnavailable, isUnavailable, throwUnavailable } from './failure.ts';
import type { Lines } from './lines.ts';
import type { PrismaClient } from './prisma/client.ts';
import { type AskRows, askClient, type Command, RowsQuery } from './rows-query.ts';
import type { Seals } from './seal.ts';

/** A statement whose `$1` is always the customer; the door fills it in, the caller's values begin at `$2`. */
export interface Statement<Row> {
  readonly text: string;
  /** Under which a connection keeps the plan of it. */
  readonly name?: string;
  /** How it is asked, if not on a connection that it has to itself meanwhile. */
  readonly way?: Way;
  /** Only carries the type of a row. */
  readonly row?: Row;
}

const statements = new Map<string, Statement<unknown>>();

/**
 * Writes down a statement once; a connection plans it once, so there must be few of them. Throws at once when it does
 * not ask for the customer, as it could then see everyone.
 */
export function statement<Row>(text: string): Statement<Row> {
  const known = statements.get(text) as Statement<Row> | undefined;
  if (known) return known;
  const named = { ...composed<Row>(text), name: createHash('sha1').update(text).digest('base64url') };
  statements.set(text, named);
  return named;
}

/** A statement that finds a few rows by an index, whatever it is asked: others wait behind it. Throws as `statement` does. */
export const quick = <Row>(text: string): Statement<Row> => ({ ...statement<Row>(text), way: 'quick' });

/**
 * A statement whose text depends on what was asked, such as a filter. It has no name, as a connection would remember
 * every text for ever, and is planned for its own values. Throws as `statement` does.
 */
export function composed<Row>(text: string): Statement<Row> {
  if (!/customer_id|\bcustomer\b/.test(text) || !/\$1\b/.test(text)) {
    throw new Error(`A statement must bind the customer to $1: ${text}`);
  }
  return { text };
}

/** Takes a lock of a customer (`$2`), and holds it until its transaction ends. */
export const takeLock = statement<never>(
  'SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, $2::bigint)) AS customer_id',
);

/** The rows of one customer; nothing else can be reached through it. */
export interface CustomerStore {
  readonly customerId: string;
  /** Prisma's models with the customer added to every filter and every new row. */
  readonly prisma: CustomerPrisma;
  /** Encrypts a text for this customer and this place alone; see `Seals`. */
  seal(text: string, place: string): Buffer<ArrayBuffer>;
  unseal(sealed: Uint8Array, place: string): string;
  /** Runs one statement; its columns come back in camel case. */
  rows<Row>(query: Statement<Row>, ...values: unknown[]): Promise<Row[]>;
  /**
   * Runs the work in one transaction; commits when it resolves, undoes everything when it throws. Transactions of this
   * customer that name a lock in common run after each other, in whichever process; those of this process wait in line
   * for the last one before they take a connection, as they would wait for each other on it. Locks are taken in the
   * order in which they stand. At the head of its line, `begin` says when there is room for one more.
   */
  transaction<Result>(
    locks: bigint[],
    work: (transaction: TransactionRows) => Promise<Result>,
    begin?: (transaction: () => Promise<Result>) => Promise<Result>,
  ): Promise<Result>;
}

export type CustomerRows = Pick<CustomerStore, 'customerId' | 'rows'>;

export interface TransactionRows extends CustomerRows {
  /** Runs the last statement of the transaction and commits, in one round trip; nothing may be asked after it. */
  readonly lastRows: CustomerRows['rows'];
}

export interface CustomerStoreOptions extends Pick<Connections, 'pool' | 'ask' | 'namedStatements'> {
  prisma: PrismaClient;
  /** Where transactions of one subject wait for each other. */
  lines: Lines;
  seals: Seals;
}

/** A composed statement that looks at many rows: it may take longer, and others never wait behind it. */
export const report = <Row>(text: string): Statement<Row> => ({ ...composed<Row>(text), way: 'report' });

/** Opens the one door to a customer's rows. Throws without a customer. */
export function openCustomerStore(customerId: string, options: CustomerStoreOptions): CustomerStore {
  if (!/^[0-9a-f-]{36}$/.test(customerId)) throw new Error('A customer store needs a customer.');
  const { pool, namedStatements } = options;
  const run = <Row>(ask: AskRows, { text, name }: Statement<Row>, values: unknown[]): Promise<Row[]> =>
    ask(new RowsQuery(text, namedStatements ? name : undefined, [customerId, ...values])).catch(
      throwUnavailable,
    ) as Promise<Row[]>;
  let bound: CustomerPrisma | undefined;
  return {
    customerId,
    // Most requests never use it, and binding it costs more than they do.
    get prisma() {
      bound ??= bindPrisma(options.prisma, customerId);
      return bound;
    },
    seal: (text, place) => options.seals.seal(text, `${customerId} ${place}`),
    unseal: (sealed, place) => options.seals.unseal(sealed, `${customerId} ${place}`),
    rows: (query, ...values) => run(options.ask[query.way ?? 'usual'], query, values),
    transaction: (locks, work, begin = (transaction) => transaction()) =>
      options
        .lines(`${customerId} ${locks.at(-1)}`, () =>
          begin(() =>
            inTransaction(pool, bracketOf(customerId, locks, namedStatements), ({ ask, askLast }) =>
              work({
                customerId,
                rows: (query, ...values) => run(ask, query, values),
                lastRows: (query, ...values) => run(askLast, query, values),
              }),
            ),
          ),
        )
        .catch(throwUnavailable),
  };
}

/** What a transaction begins and ends with. */
interface Bracket {
  begin: Command[];
  commit: Command;
}

function bracketOf(customerId: string, locks: bigint[], named: boolean): Bracket {
  const command = (name: string, text: string, ...values: string[]): Command => ({
    text,
    values,
    name: named ? name : undefined,
  });
  const lock = (lock: bigint) => command('lock', takeLock.text, customerId, `${lock}`);
  return { begin: [command('begin', 'BEGIN'), ...locks.map(lock)], commit: command('commit', 'COMMIT') };
}

interface Asks {
  ask: AskRows;
  /** Asks, and commits, in one round trip; if it fails, nothing is committed. */
  askLast: AskRows;
}

async function inTransaction<Result>(
  pool: Connections['pool'],
  { begin, commit }: Bracket,
  work: (asks: Asks) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  const send = askClient(client);
  const end = (text: 'COMMIT' | 'ROLLBACK') => send(new RowsQuery(text, undefined, []));
  let before: readonly Command[] = begin;
  let ended = false;
  const ask: AskRows = (query) => {
    query.before = before;
    before = [];
    return send(query);
  };
  const askLast: AskRows = (query) => {
    ended = true;
    query.after = [commit];
    return ask(query);
  };
  let broken: unknown;
  try {
    const result = await work({ ask, askLast });
    if (!ended) await end('COMMIT');
    return result;
  } catch (error) {
    const told = asUnavailable(error);
    // To close a connection that may never answer again undoes everything as well.
    if (isUnavailable(told)) broken = told.cause;
    else
      await end('ROLLBACK').catch((failed) => {
        broken = failed;
      });
    throw told;
  } finally {
    client.release(broken as Error | undefined);
  }
}

const filtered = new Set([
  'findFirst',
  'findFirstOrThrow',
  'findMany',
  'count',
  'aggregate',
  'groupBy',
  'updateMany',
  'deleteMany',
]);
const created = new Set(['create', 'createMany', 'createManyAndReturn']);

/**
 * Prisma drops a filter whose value is `undefined`, which would show everybody's rows; so the customer is added
 * here, for the operations that take it plainly, and the others are refused.
 */
function bindPrisma(prisma: PrismaClient, customerId: string) {
  return prisma.$extends({
    query: {
      $allModels: {
        async $allOperations({ model, operation, args, query }) {
          if (model === 'Workspace' || model === 'Customer') throw new Error(`${model} is not a customer's.`);
          const bound = bindArguments(operation, args as { where?: object; data?: object | object[] }, customerId);
          return query(bound as never).catch(throwUnavailable);
        },
      },
    },
  });
}

function bindArguments(operation: string, args: { where?: object; data?: object | object[] }, customerId: string) {
  if (filtered.has(operation)) return { ...args, where: { AND: [args?.where ?? {}, { customerId }] } };
  if (created.has(operation)) {
    const data = Array.isArray(args.data)
      ? args.data.map((row) => ({ ...row, customerId }))
      : { ...args.data, customerId };
    return { ...args, data };
  }
  throw new Error(`${operation} cannot be bound to a customer; use findFirst, findMany, updateMany or deleteMany.`);
}

type CustomerPrisma = ReturnType<typeof bindPrisma>;
