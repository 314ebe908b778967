import { promisify } from 'node:util';
import { brotliDecompress, unzip } from 'node:zlib';
import { OutgoingError } from './outgoing-error.ts';
import type { OutgoingResponse } from './send.ts';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

const unpackers = new Map([
  ['gzip', promisify(unzip)],
  ['x-gzip', promisify(unzip)],
  ['deflate', promisify(unzip)],
  ['br', promisify(brotliDecompress)],
]);

/** Makes text of an answer. One that is packed, though nobody asked for that, is unpacked within the same bound. */
export async function readAnswer(answer: Answer, maxBytes: number, host: string): Promise<OutgoingResponse> {
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
  const body = await unpacked(answer.body, headers['content-encoding'] ?? '', maxBytes).catch((error) => {
    if (error.code === 'ERR_BUFFER_TOO_LARGE') {
      throw new OutgoingError(
        'TOO_LARGE',
        `The request for ${host} was answered with more than ${maxBytes} bytes.`,
        true,
      );
    }
    throw new OutgoingError('BROKEN', `The request for ${host} was answered in a form that cannot be unpacked.`, true);
  });
  return { status: answer.status, headers, body: decoder(headers['content-type'] ?? '').decode(body) };
}

async function unpacked(body: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  const name = encoding.trim().toLowerCase();
  if (body.length === 0 || name === '' || name === 'identity') return body;
  const unpack = unpackers.get(name);
  if (!unpack) throw new Error(`unknown content encoding ${name}`);
  return unpack(body, { maxOutputLength: maxBytes });
}

/** Reads UTF-8 unless the answer names another character set that is known. */
function decoder(contentType: string): TextDecoder {
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType) ?? [];
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
