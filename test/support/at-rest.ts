import { store } from './world.ts';

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
