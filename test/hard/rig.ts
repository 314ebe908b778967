import { appendFileSync } from 'node:fs';

/** Whether only the smoke of it is wanted: every row still runs and is held to its gate, with less of everything. */
export const smoke = process.env.HARD_SCALE === 'smoke';

/** How much of something a row takes: in full, or in the smoke of it. */
export const sized = (full: number, inSmoke: number): number => (smoke ? inSmoke : full);

export const onPostgres = Boolean(process.env.TEST_DATABASE_URL);

/** What a row found, as it stands in the table that is printed at the end. Call it before the gate is held against it. */
export function tell(row: string, figures: Record<string, number | string>): void {
  const file = process.env.HARD_FIGURES;
  if (file) appendFileSync(file, `${JSON.stringify({ row, figures })}\n`);
}
