import { stringify } from 'csv-stringify/sync';
import { columns, legacyCall } from './columns.ts';

/** One way to write a table of calls. */
export interface Format {
  /** Ends the address and the name of the file. */
  extension: string;
  mediaType: string;
  description: string;
  /** Stands before the first row. */
  head: string;
  rows(calls: object[]): string;
}

/**
 * RFC 4180 in UTF-8, with a header row. A cell that a spreadsheet would take for a formula begins with an apostrophe;
 * so do numbers in E.164, which otherwise lose their plus and their last digits there.
 */
const csv: Format = {
  extension: 'csv',
  mediaType: 'text/csv; charset=utf-8; header=present',
  description:
    'RFC 4180 in UTF-8, with a header row, a row a call. A cell that a spreadsheet would take for a formula begins with an apostrophe, as do numbers in E.164.',
  head: csvLines([columns]),
  rows: (calls) => csvLines(calls.map((call) => Object.values(legacyCall(call)))),
};

function csvLines(records: unknown[][]): string {
  return stringify(records, {
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
    escape_formulas: true,
    cast: { boolean: String },
  });
}

/** One JSON object a line, exactly the call object of the REST face. */
const ndjson: Format = {
  extension: 'ndjson',
  mediaType: 'application/x-ndjson; charset=utf-8',
  description: 'One call object a line, as the list of calls has them.',
  head: '',
  rows: (calls) => calls.map((call) => `${JSON.stringify(legacyCall(call))}\n`).join(''),
};

export const formats: Format[] = [csv, ndjson];
