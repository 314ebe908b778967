import { app, type TestCustomer } from './world.ts';

/** Asks for a file with a customer's token; the body is the caller's to read. */
export async function download(
  { token }: Pick<TestCustomer, 'token'>,
  path: string,
  { method = 'GET', server = app as { fetch: typeof app.fetch } } = {},
): Promise<Response> {
  return server.fetch(
    new Request(`http://test.local${path}`, { method, headers: { authorization: `Bearer ${token}` } }),
  );
}

/** The records of a file by RFC 4180, read letter by letter. */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let [record, cell, quoted] = [[] as string[], '', false];
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as string;
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (letter === '"' && cell === '') quoted = true;
    else if (letter === ',') {
      record.push(cell);
      cell = '';
    } else if (letter === '\r' && text[at + 1] === '\n') {
      records.push([...record, cell]);
      [record, cell] = [[], ''];
      at++;
    } else if (/["\r\n]/.test(letter)) throw new Error(`A bare ${JSON.stringify(letter)} at ${at}.`);
    else cell += letter;
  }
  if (record.length > 0 || cell !== '') throw new Error('The last record has no end.');
  return records;
}
