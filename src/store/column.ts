const columns = new Map<string, string>();

/** The column of a field: `phoneMobile1` is `phone_mobile_1`. */
export function columnName(field: string): string {
  let column = columns.get(field);
  if (column === undefined) {
    column = field.replace(/[A-Z0-9]+/g, (upper) => `_${upper.toLowerCase()}`);
    columns.set(field, column);
  }
  return column;
}

/** The field of a column, as `columnName` has it the other way round. */
export const fieldName = (column: string): string =>
  column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
