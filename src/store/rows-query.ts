import pg from 'pg';
import { fieldName } from './column.ts';
import { streamOf } from './gather.ts';

/** What node-postgres does with a query of its own kind, of which its types say little. */
const Query = pg.Query as unknown as new (
  text: string,
  values: unknown[],
) => {
  name: string | undefined;
  _result: Rows;
  _results: Rows;
  _accumulateRows: boolean;
  prepare(connection: object): void;
  _getRows(connection: object): void;
  handleDataRow(message: object): void;
  handleCommandComplete(message: object, connection: object): void;
  handleError(error: Error, connection: object): void;
};

/** What the driver says to the server, piece by piece, until it has it answer. */
type Wire = pg.Connection & Record<'parse' | 'bind' | 'execute', (said: object) => void> & { sync(): void };

/** Goes with a statement, in the same message; only whether it failed is answered. */
export interface Command {
  text: string;
  /** Under which a connection keeps it. */
  name: string | undefined;
  values: string[];
}

type Row = Record<string, unknown>;

/** What a statement answers: how its columns are called and read, and a row without values. */
interface Description {
  columns: { name: string; read(text: string): unknown }[];
  blank: Row;
}

interface Known {
  /** By the names of statements. */
  descriptions: Map<string, Description>;
  /** The names of commands that it keeps. */
  commands: Set<string | undefined>;
  /** The same connection, which is not asked for a description. */
  tacit: object;
}

const none: readonly Command[] = [];

const knownOn = new WeakMap<object, Known>();

function knownOf(connection: object): Known {
  let known = knownOn.get(connection);
  if (!known) {
    known = {
      descriptions: new Map(),
      commands: new Set(),
      tacit: Object.create(connection, { describe: { value: () => {} } }),
    };
    knownOn.set(connection, known).set(known.tacit, known);
  }
  return known;
}

/**
 * A statement whose rows are plain objects, with its columns in camel case. A connection is asked once what a named
 * statement answers, where node-postgres asks, and reads the answer, every time.
 */
export class RowsQuery extends Query {
  /** The server does these before the statement, and those after it, and nothing after what fails. */
  before: readonly Command[] = none;
  after: readonly Command[] = none;
  #commandsToCome = 0;
  /** Whether the connection is to keep a command from now on. */
  #isFirst = false;

  constructor(text: string, name: string | undefined, values: unknown[]) {
    super(text, values);
    this.name = name;
    this._result = new Rows();
    this._results = this._result;
    this._accumulateRows = true;
  }

  override prepare(connection: object): void {
    const { name } = this;
    const { descriptions, tacit } = knownOf(connection);
    const description = name && descriptions.get(name);
    if (description) this._result.description = description;
    else if (name) this._result.onDescribed = (found) => descriptions.set(name, found);
    this.#commandsToCome = this.before.length;
    this.#say(this.before, connection as Wire);
    super.prepare(description ? tacit : connection);
  }

  /** What the driver says after a statement, to have it answered. */
  override _getRows(connection: Wire): void {
    connection.execute({});
    this.#say(this.after, connection);
    connection.sync();
  }

  #say(commands: readonly Command[], connection: Wire): void {
    const kept = knownOf(connection).commands;
    for (const { text, name, values } of commands) {
      if (!kept.has(name)) {
        connection.parse({ text, name });
        if (name) {
          kept.add(name);
          this.#isFirst = true;
        }
      }
      connection.bind({ statement: name, values });
      connection.execute({});
    }
  }

  /** Commands come before it and answer as statements do. */
  override handleDataRow(message: object): void {
    if (this.#commandsToCome === 0) super.handleDataRow(message);
  }

  override handleCommandComplete(message: object, connection: object): void {
    if (this.#commandsToCome === 0) super.handleCommandComplete(message, connection);
    else this.#commandsToCome--;
  }

  /** After a first command, or a value that could not be sent, nobody knows what the connection keeps: it is given up. */
  override handleError(error: Error, connection: Wire): void {
    super.handleError(error, connection);
    if (this.#isFirst || !(error instanceof pg.DatabaseError)) connection.stream.destroy();
  }
}

/** Takes what a connection answers, as node-postgres tells it. */
class Rows {
  readonly rows: Row[] = [];
  description: Description = { columns: [], blank: {} };
  onDescribed: ((description: Description) => void) | undefined;

  addFields(fields: { name: string; dataTypeID: number }[]): void {
    const columns = fields.map(({ name, dataTypeID }) => ({
      name: fieldName(name),
      read: dataTypeID === pg.types.builtins.TIMESTAMPTZ ? readTime : pg.types.getTypeParser(dataTypeID, 'text'),
    }));
    this.description = { columns, blank: Object.fromEntries(columns.map(({ name }) => [name, null])) };
    this.onDescribed?.(this.description);
  }

  /** Plainly, as this runs for every value of every row; a copy has room for all of them from its beginning. */
  parseRow(values: (string | null)[]): Row {
    const { columns, blank } = this.description;
    const row = { ...blank };
    for (let index = 0; index < columns.length; index++) {
      const { name, read } = columns[index] as (typeof columns)[number];
      const value = values[index] as string | null;
      if (value !== null) row[name] = read(value);
    }
    return row;
  }

  addRow(row: Row): void {
    this.rows.push(row);
  }

  addCommandComplete(): void {}
}

const readAnyTime = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ, 'text');

/**
 * A time as PostgreSQL writes it. In its usual form, of a year with four digits and beside a whole hour of UTC, it is read
 * digit by digit, in less than half of the time that the language takes for its own form.
 */
export function readTime(text: string): unknown {
  const end = text.length - '+00'.length;
  const sign = text[end];
  const usual = (sign === '+' || sign === '-') && text[4] === '-' && text[10] === ' ' && text >= '0100';
  if (!usual) return readAnyTime(text);
  const year = pair(text, 0) * 100 + pair(text, 2);
  const milliseconds = fraction(text, 20, end) * 100 + fraction(text, 21, end) * 10 + fraction(text, 22, end);
  const hours = pair(text, 11) - (sign === '-' ? -pair(text, end + 1) : pair(text, end + 1));
  return new Date(
    Date.UTC(year, pair(text, 5) - 1, pair(text, 8), hours, pair(text, 14), pair(text, 17), milliseconds),
  );
}

const digit = (text: string, at: number) => text.charCodeAt(at) - 48;
const pair = (text: string, at: number) => digit(text, at) * 10 + digit(text, at + 1);
const fraction = (text: string, at: number, end: number) => (at < end ? digit(text, at) : 0);

/** Answers the rows of a statement; rejects as node-postgres does. */
export type AskRows = (query: RowsQuery) => Promise<Row[]>;

type Answered = (error: Error | null, result: Rows) => void;
type Ask = (query: RowsQuery, answered: Answered) => void;

const limits = new WeakMap<pg.ClientBase, () => number>();

/**
 * Ends a connection, with all that was asked behind it, when a statement is not answered within so many milliseconds, which
 * are told anew for each. It fails then with a timeout.
 */
export const limitAnswers = (client: pg.ClientBase, limitMs: () => number): void => void limits.set(client, limitMs);

/** Asks on this connection. */
export const askClient =
  (client: pg.ClientBase): AskRows =>
  (query) =>
    new Promise((resolve, reject) => {
      const answered: Answered = (error, result) => (error ? reject(error) : resolve(result.rows));
      const limitMs = limits.get(client)?.();
      const told = limitMs === undefined ? answered : answeredWithin(client, limitMs, answered);
      // The driver's own method, whatever others have put before it. Its callback is given with the query, and not set on
      // it as the driver's own timeout is: of answers to such a query V8 was seen to keep most until a full collection.
      (pg.Client.prototype.query as unknown as Ask).call(client, query, told);
    });

function answeredWithin(client: pg.ClientBase, limitMs: number, answered: Answered): Answered {
  const late = setTimeout(() => streamOf(client).destroy(new Error('Query read timeout')), limitMs);
  return (error, result) => {
    clearTimeout(late);
    answered(error, result);
  };
}
