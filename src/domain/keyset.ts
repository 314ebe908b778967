import { badInput } from '../errors.ts';

export interface OrderField<Row> {
  column: string;
  name: keyof Row & string;
  direction: 'ASC' | 'DESC';
  nullable: boolean;
}

/** The fields by which rows are put in order; the last one is unique. Nulls come last in either direction. */
export type Order<Row> = OrderField<Row>[];

export const orderBySql = <Row>(order: Order<Row>, backward: boolean): string =>
  order
    .map(({ column, direction, nullable }) => {
      const way = wayOf(direction, backward);
      return `${column} ${way}${nullable ? ` NULLS ${backward ? 'FIRST' : 'LAST'}` : ''}`;
    })
    .join(', ');

/** The same order within one stretch, as the index has it: where nothing is missing, or all, nulls may stand anywhere. */
export const stretchOrderSql = <Row>(order: Order<Row>, backward: boolean): string => {
  const [first, ...others] = order as [OrderField<Row>, ...Order<Row>];
  const way = wayOf(first.direction, backward);
  const nulls = first.nullable ? ` NULLS ${way === 'DESC' ? 'LAST' : 'FIRST'}` : '';
  return [`${first.column} ${way}${nulls}`, orderBySql(others, backward)].join(', ');
};

const wayOf = (direction: 'ASC' | 'DESC', backward: boolean) => (backward === (direction === 'ASC') ? 'DESC' : 'ASC');

/** Where a row stands in an order, as text that means nothing to anybody else. */
export const cursorOf = <Row>(order: Order<Row>, row: Row): string =>
  Buffer.from(JSON.stringify([nameOf(order), ...order.map(({ name }) => row[name])])).toString('base64url');

/** The values that a cursor holds. Throws `BAD_USER_INPUT` when it is not one of this order. */
export function readCursor<Row>(cursor: string, order: Order<Row>, argument: string): CursorValues {
  const values = parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  const valid =
    Array.isArray(values) &&
    values.length === order.length + 1 &&
    values[0] === nameOf(order) &&
    order.every(({ name, nullable }, index) => validValue(name, nullable, values[index + 1]));
  if (!valid) throw badInput([argument], 'The cursor does not belong to this list and order.');
  return values.slice(1);
}

type CursorValues = (string | null)[];

/** Between which rows a page lies, by the values of their cursors. */
export interface Bounds {
  after: CursorValues | null;
  before: CursorValues | null;
}

type Bind = (value: unknown) => string;

/**
 * The conditions of the stretches in which a page may lie: of the rows that have the first field, and of those that
 * have not, which come last. An index leads to any depth of either, but not of both at once. One stretch is enough
 * where nothing can be missing, or where the index holds the whole list in its order: from its beginning, downwards.
 */
export function stretches<Row>(order: Order<Row>, { after, before }: Bounds, bind: Bind): string[][] {
  const [first, ...others] = order as [OrderField<Row>, ...Order<Row>];
  const bounds = [
    ...(after ? [{ side: 'after', values: after } as const] : []),
    ...(before ? [{ side: 'before', values: before } as const] : []),
  ];
  if (bounds.length === 0 && first.direction === 'DESC') return [[]];
  const told = () =>
    bounds.filter(({ values }) => values[0] !== null).map(({ side, values }) => reach(order, values, side, bind));
  const untold = () =>
    bounds
      .filter(({ values }) => values[0] === null)
      .map(({ side, values }) => beyond(others, values.slice(1), side, bind));
  if (!first.nullable) return [told()];
  return [
    ...(after?.[0] === null ? [] : [[`${first.column} IS NOT NULL`, ...told()]]),
    ...(typeof before?.[0] === 'string' ? [] : [[`${first.column} IS NULL`, ...untold()]]),
  ];
}

type Side = 'after' | 'before';

/** That a row with the first field stands beyond the values, told so that an index can begin there. */
function reach<Row>(order: Order<Row>, values: CursorValues, side: Side, bind: Bind): string {
  const [first, last, ...more] = order as [OrderField<Row>, OrderField<Row>, ...Order<Row>];
  const operator = operatorOf(first, side);
  const begin = typed(first, values[0], bind);
  if (more.length > 0) return `${first.column} ${operator}= ${begin} AND ${beyond(order, values, side, bind)}`;
  return `(${first.column}, ${last.column}) ${operator} (${begin}, ${typed(last, values[1], bind)})`;
}

/** That a row stands beyond the values: in the first field, or, equal in it, in the second, and so on. */
function beyond<Row>(order: Order<Row>, values: CursorValues, side: Side, bind: Bind): string {
  const alternatives = order.map((field, index) => {
    const equal = order
      .slice(0, index)
      .map((before, at) => `${before.column} IS NOT DISTINCT FROM ${typed(before, values[at], bind)}`);
    return `(${[...equal, beyondIn(field, values[index] ?? null, side, bind)].join(' AND ')})`;
  });
  return `(${alternatives.join(' OR ')})`;
}

function beyondIn<Row>(field: OrderField<Row>, value: string | null, side: Side, bind: Bind): string {
  const { column, nullable } = field;
  if (value === null) return side === 'after' ? 'false' : `${column} IS NOT NULL`;
  const compared = `${column} ${operatorOf(field, side)} ${typed(field, value, bind)}`;
  return nullable && side === 'after' ? `(${compared} OR ${column} IS NULL)` : compared;
}

const operatorOf = <Row>({ direction }: OrderField<Row>, side: Side) =>
  (direction === 'ASC') === (side === 'after') ? '>' : '<';

const typed = <Row>({ name }: OrderField<Row>, value: string | null | undefined, bind: Bind) =>
  `${bind(value ?? null)}::${name === 'id' ? 'uuid' : 'timestamptz'}`;

const nameOf = <Row>(order: Order<Row>) => order.map(({ name, direction }) => `${name} ${direction}`).join();

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function validValue(name: string, nullable: boolean, value: unknown): boolean {
  if (value === null) return nullable;
  if (typeof value !== 'string') return false;
  return name === 'id' ? /^[0-9a-f-]{36}$/.test(value) : !Number.isNaN(Date.parse(value));
}
