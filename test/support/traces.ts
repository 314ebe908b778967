import { store } from './world.ts';

interface Column {
  table: string;
  column: string;
  type: string;
  ofCustomer: boolean;
}

/** Every column of every table of the database. */
const everyColumn = () =>
  store.operator.$queryRawUnsafe<Column[]>(`
  SELECT columns.table_name AS "table", columns.column_name AS "column", data_type AS "type", EXISTS (
    SELECT FROM information_schema.columns AS key
    WHERE key.table_schema = 'public' AND key.table_name = columns.table_name AND key.column_name = 'customer_id'
  ) AS "ofCustomer"
  FROM information_schema.columns
  JOIN information_schema.tables USING (table_schema, table_name)
  WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
  ORDER BY columns.table_name, columns.ordinal_position`);

/** Every column of a customer's tables that can hold a text, as `table.column`. */
export const textColumns = async () =>
  (await everyColumn())
    .filter(({ type, ofCustomer }) => ofCustomer && /^(text|character|json|ARRAY)/.test(type))
    .map(({ table, column }) => `${table}.${column}`);

/** Where any of the words stands, as `table.column`: in the customer's rows, and in the rows that are nobody's. */
export async function tracesOf(customerId: string, words: string[]): Promise<string[]> {
  const columns = await everyColumn();
  const pattern = words.map((word) => word.replace(/[^\w]/g, '.')).join('|');
  const asked = columns.map(
    ({ table, column, ofCustomer }) => `
      SELECT '${table}.${column}' AS place WHERE EXISTS (
        SELECT FROM "${table}" WHERE "${column}"::text ~* $1 ${ofCustomer ? 'AND customer_id::text = $2' : ''})`,
  );
  const found = await store.operator.$queryRawUnsafe<{ place: string }[]>(
    `${asked.join(' UNION ALL ')} UNION ALL SELECT $2 WHERE false`,
    pattern,
    customerId,
  );
  return found.map(({ place }) => place);
}

/** Every row of a customer, whole, but for those in which one of the words stands. */
export async function rowsWithout(customerId: string, words: string[] = []): Promise<string[]> {
  const tables = [...new Set((await everyColumn()).filter(({ ofCustomer }) => ofCustomer).map(({ table }) => table))];
  const pattern = [...words, '^$'].join('|');
  const asked = tables.map(
    (table) => `
      SELECT '${table} ' || kept::text AS row FROM "${table}" AS kept
      WHERE customer_id::text = $1 AND kept::text !~* $2`,
  );
  const found = await store.operator.$queryRawUnsafe<{ row: string }[]>(asked.join(' UNION ALL '), customerId, pattern);
  return found.map(({ row }) => row).toSorted();
}
