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
      const way = backward === (direction === 'ASC') ? 'DESC' : 'ASC';
      return `${column} ${way}${nullable ? ` NULLS ${backward ? 'FIRST' : 'LAST'}` : ''}`;
    })
    .join(', ');

/** Where a row stands in an order, as text that means nothing to anybody else. */
export const cursorOf = <Row>(order: Order<Row>, row: Row): string =>
  Buffer.from(JSON.stringify([nameOf(order), ...order.map(({ name }) => row[name])])).toString('base64url');

/** The values that a cursor holds. Throws `BAD_USER_INPUT` when it is not one of this order. */
export function readCursor<Row>(cursor: string, order: Order<Row>, argument: string): (string | null)[] {
  const values = parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  const valid =
    Array.isArray(values) &&
    values.length === order.length + 1 &&
    values[0] === nameOf(order) &&
    order.every(({ name, nullable }, index) => validValue(name, nullable, values[index + 1]));
  if (!valid) throw badInput([argument], 'The cursor does not belong to this list and order.');
  return values.slice(1);
}

/** The condition that a row stands after, or before, the given values. */
export function keyset<Row>(
  order: Order<Row>,
  values: (string | null)[],
  side: 'after' | 'before',
  bind: (value: unknown) => string,
): string {
  const alternatives = order.map((field, index) => {
    const equal = order
      .slice(0, index)
      .map(({ column }, at) => `${column} IS NOT DISTINCT FROM ${bindTyped(order[at], values[at])}`);
    return `(${[...equal, beyond(field, values[index] ?? null)].join(' AND ')})`;
  });
  return `(${alternatives.join(' OR ')})`;

  function beyond(field: OrderField<Row>, value: string | null): string {
    const { column, direction, nullable } = field;
    if (value === null) return side === 'after' ? 'false' : `${column} IS NOT NULL`;
    const operator = (direction === 'ASC') === (side === 'after') ? '>' : '<';
    const compared = `${column} ${operator} ${bindTyped(field, value)}`;
    return nullable && side === 'after' ? `(${compared} OR ${column} IS NULL)` : compared;
  }

  function bindTyped(field: OrderField<Row> | undefined, value: string | null | undefined): string {
    return `${bind(value ?? null)}::${field?.name === 'id' ? 'uuid' : 'timestamptz'}`;
  }
}

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
