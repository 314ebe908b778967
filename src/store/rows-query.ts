import pg from 'pg';

/** What node-postgres does with a query of its own kind, of which its types say little. */
const Query = pg.Query as unknown as new (
  text: string,
  values: unknown[],
) => {
  name: string | undefined;
  query_timeout: number | undefined;
  callback: (error: Error | null, result: Rows) => void;
  _result: Rows;
  _results: Rows;
  _accumulateRows: boolean;
  prepare(connection: object): void;
};

interface Column {
  name: string;
  read(text: string): unknown;
}

interface Field {
  name: string;
  dataTypeID: number;
}

/** What a statement answers on a connection, by its name. */
type Described = Map<string, Column[]>;

const describedOn = new WeakMap<object, { described: Described; tacit: object }>();

/** What is known of a connection, and the same connection when it is not to ask for a description. */
function knownOf(connection: object) {
  let known = describedOn.get(connection);
  if (!known) {
    known = { described: new Map(), tacit: Object.create(connection, { describe: { value: () => {} } }) };
    describedOn.set(connection, known);
  }
  return known;
}

/**
 * A statement whose rows are plain objects, with its columns in camel case. A connection is asked once what a named
 * statement answers, where node-postgres asks, and reads the answer, every time.
 */
export class RowsQuery extends Query {
  constructor(text: string, name: string | undefined, values: unknown[]) {
    super(text, values);
    this.name = name;
    this._result = new Rows();
    this._results = this._result;
    this._accumulateRows = true;
  }

  override prepare(connection: object): void {
    const { name } = this;
    const { described, tacit } = knownOf(connection);
    const columns = name && described.get(name);
    if (columns) this._result.columns = columns;
    else if (name) this._result.onDescribed = (found) => described.set(name, found);
    super.prepare(columns ? tacit : connection);
  }
}

/** Takes what a connection answers, as node-postgres tells it. */
class Rows {
  readonly rows: Record<string, unknown>[] = [];
  columns: Column[] = [];
  onDescribed: ((columns: Column[]) => void) | undefined;

  addFields(fields: Field[]): void {
    this.columns = fields.map(({ name, dataTypeID }) => ({
      name: camelCase(name),
      read: pg.types.getTypeParser(dataTypeID, 'text'),
    }));
    this.onDescribed?.(this.columns);
  }

  /** Plainly, as this runs for every value of every row. */
  parseRow(values: (string | null)[]): Record<string, unknown> {
    const { columns } = this;
    const row: Record<string, unknown> = {};
    for (let index = 0; index < columns.length; index++) {
      const { name, read } = columns[index] as Column;
      const value = values[index] as string | null;
      row[name] = value === null ? null : read(value);
    }
    return row;
  }

  addRow(row: Record<string, unknown>): void {
    this.rows.push(row);
  }

  addCommandComplete(): void {}
}

const camelCase = (column: string) => column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Answers the rows of a statement; rejects as node-postgres does. */
export type AskRows = (query: RowsQuery) => Promise<Record<string, unknown>[]>;

export const askClient =
  (client: pg.ClientBase): AskRows =>
  (query) =>
    new Promise((resolve, reject) => {
      query.callback = (error, result) => (error ? reject(error) : resolve(result.rows));
      client.query(query as unknown as pg.Submittable);
    });
