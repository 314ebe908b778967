interface Cell {
  found: number;
  total: number;
  ambiguous: number;
}

/** Counts what was found, by row (a country) and column (a form). */
export function createTable() {
  const rows = new Map<string, Map<string, Cell>>();
  const columns = new Set<string>();
  const cells = () => [...rows.values()].flatMap((row) => [...row.values()]);
  const sum = (field: keyof Cell) => cells().reduce((total, cell) => total + cell[field], 0);
  return {
    count(row: string, column: string, ambiguous: boolean, found: boolean) {
      columns.add(column);
      const cellsOfRow = rows.get(row) ?? new Map<string, Cell>();
      const cell = cellsOfRow.get(column) ?? { found: 0, total: 0, ambiguous: 0 };
      if (ambiguous) cell.ambiguous += 1;
      else cell.total += 1;
      if (!ambiguous && found) cell.found += 1;
      rows.set(row, cellsOfRow.set(column, cell));
    },
    totals: () => ({ found: sum('found'), total: sum('total'), ambiguous: sum('ambiguous') }),
    /** One line a row: found/total of the unambiguous searches, and after a ~ how many were ambiguous. */
    print(): string {
      const head = ['', ...columns];
      const body = [...rows].map(([name, row]) => [name, ...[...columns].map((column) => show(row.get(column)))]);
      const widths = head.map((_, at) => Math.max(...[head, ...body].map((line) => line[at]?.length ?? 0)));
      const lines = [head, ...body].map((line) => line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' '));
      const { found, total, ambiguous } = this.totals();
      return [...lines, `found ${found} of ${total}; ${ambiguous} more were ambiguous`].join('\n');
    },
  };
}

const show = (cell: Cell | undefined) =>
  cell
    ? `${cell.total > 0 ? `${cell.found}/${cell.total}` : ''}${cell.ambiguous > 0 ? `~${cell.ambiguous}` : ''}`
    : '-';
