import { columnName } from '../store/column.ts';

/** The names of a row as columns, for statements that take a whole row as JSON. */
export const asColumns = (row: object): string => JSON.stringify(withColumnNames(row));

export function withColumnNames(row: object): object {
  const named: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) named[columnName(name)] = value;
  return named;
}

/** Writes a whole row that is given as JSON in `$2`. */
export const insertRow = (table: string) => `
  INSERT INTO ${table}
  SELECT * FROM jsonb_populate_record(null::${table}, $2::jsonb || jsonb_build_object('customer_id', $1::uuid))
  RETURNING *`;

/** A moment after the one that stands there, whatever the clocks say, so that no change of a row looks like an earlier one. */
export const later = (known: string, now: string) => `greatest(${now}, ${known} + interval '1 millisecond')`;

/** Writes the named fields of rows that are given as a JSON array in `$2`, in one go. */
export function insertRows(table: string, fields: readonly string[]): string {
  const columns = fields.map((field) => `"${columnName(field)}"`).join(', ');
  return `
    INSERT INTO ${table} (customer_id, ${columns})
    SELECT $1::uuid, ${columns} FROM jsonb_populate_recordset(null::${table}, $2::jsonb)`;
}

/**
 * Fills the named columns of row `$2` where they are empty from the row given as JSON in `$3`, which also says when;
 * answers the row only if something was filled.
 */
export function fillRow(table: string, fields: readonly string[]): string {
  const columns = fields.map(columnName);
  return `
    UPDATE ${table} AS kept
    SET ${columns.map((column) => `${column} = coalesce(kept.${column}, sent.${column})`).join(', ')},
      updated_at = ${later('kept.updated_at', 'sent.updated_at')}
    FROM jsonb_populate_record(null::${table}, $3::jsonb) AS sent
    WHERE kept.customer_id = $1 AND kept.id = $2
      AND (${columns.map((column) => `kept.${column} IS NULL AND sent.${column} IS NOT NULL`).join(' OR ')})
    RETURNING kept.*`;
}
