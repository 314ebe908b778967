import { store } from './world.ts';

/** Every row of what belongs to customers, as text, with its id and whose it is. */
export async function everyRow(): Promise<{ id: string | null; customerId: string; text: string }[]> {
  const tables: { name: string; ids: boolean }[] = await store.operator.$queryRawUnsafe(
    `SELECT table_name AS name, bool_or(column_name = 'id') AS ids FROM information_schema.columns
     WHERE table_schema = 'public' GROUP BY 1 HAVING bool_or(column_name = 'customer_id')`,
  );
  const rows = [];
  for (const { name, ids } of tables) {
    const id = ids ? 'held.id::text' : 'NULL';
    rows.push(
      ...(await store.operator.$queryRawUnsafe<{ id: string | null; customerId: string; text: string }[]>(
        `SELECT ${id} AS id, held.customer_id::text AS "customerId", held::text AS text FROM "${name}" AS held`,
      )),
    );
  }
  return rows;
}

/** Every table of the database as one text, with all that it holds. */
export async function everyText(): Promise<string[]> {
  const tables: { name: string }[] = await store.operator.$queryRawUnsafe(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const [row] = await store.operator.$queryRawUnsafe<{ text: string | null }[]>(
      `SELECT string_agg(held::text, ' ') AS text FROM "${name}" AS held`,
    );
    texts.push(`${name}: ${row?.text ?? ''}`);
  }
  return texts;
}
