import qs from 'qs';
import { readBytes } from '../http/body.ts';
import { limits } from '../limits.ts';
import { isDeeper } from '../storable.ts';
import { malformedJson, payloadTooLarge, unsupportedMediaType, validationFailed } from './refusal.ts';

/** What arrived, before anybody has looked at what it means. */
export type RawInput = Record<string, unknown>;

/** The query of an address, as it is written there. */
export const queryOf = (url: string): string => /^[^?#]*\?([^#]*)/.exec(url)?.[1] ?? '';

/** Reads a query, nested by its brackets; a raw plus before digits, which arrives as a space, is repaired. */
export function readQuery(query: string): RawInput {
  if (query.length > limits.queryBytes)
    throw validationFailed({ query: [`The query field must not be greater than ${limits.queryBytes} characters.`] });
  return parseForm(query, { name: 'query', parameters: limits.queryParameters }, repairPlus);
}

const repairPlus = (text: string) => (/^ \s*\d/.test(text) ? `+${text.trimStart()}` : text);

/**
 * The body of a request, JSON or form. Throws a refusal: 413 past the limit, 415 for any other type, 400 for what
 * cannot be parsed.
 */
export async function readBody(request: Request, maximumBytes: number): Promise<RawInput> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  const bytes = await readBytes(request, maximumBytes, payloadTooLarge);
  if (bytes.length === 0) return {};
  if (type === 'application/json') return parseJson(decode(bytes));
  if (type === 'application/x-www-form-urlencoded') return parseForm(decode(bytes), formBody);
  throw unsupportedMediaType();
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformedJson('The request body must be valid UTF-8.');
  }
}

function parseJson(text: string): RawInput {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformedJson('The request body must be valid JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformedJson('The request body must be a JSON object.');
  }
  if (isDeeper(value, limits.jsonDepth)) throw malformedJson('The request body is nested too deeply.');
  return value as RawInput;
}

/** A list of context data takes two parameters an entry. */
const formBody = { name: 'body', parameters: limits.queryParameters + limits.contextEntries * 2 };

/** Refuses what the parser would leave out, or flatten, without a word. */
function parseForm(text: string, { name, parameters }: typeof formBody, repair = (value: string) => value): RawInput {
  if (text.split('&', parameters + 1).length > parameters)
    throw validationFailed({ [name]: [`The ${name} field must not have more than ${parameters} items.`] });
  if (!brackets.test(text)) return parseFlat(text, repair);
  const decoder = (part: string, _default: unknown, _charset: string, kind: 'key' | 'value') => {
    const decoded = decodePart(part);
    return kind === 'value' ? repair(decoded) : decoded;
  };
  try {
    return qs.parse(text, {
      decoder: decoder as never,
      duplicates: 'last',
      depth: 5,
      strictDepth: true,
      parameterLimit: parameters,
      arrayLimit: limits.contextEntries,
      plainObjects: true,
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw validationFailed({ [name]: [`The ${name} field is nested too deeply.`] });
  }
}

const brackets = /[[\]]|%5[bd]/i;

/** Where nothing is nested, as nearly always, this is all that the parser does, in a tenth of its time. */
function parseFlat(text: string, repair: (value: string) => string): RawInput {
  const fields: RawInput = Object.create(null);
  for (const part of text.split('&')) {
    const equals = part.indexOf('=');
    const name = decodePart(equals < 0 ? part : part.slice(0, equals));
    if (name === '' || name === '__proto__') continue;
    fields[name] = repair(equals < 0 ? '' : decodePart(part.slice(equals + 1)));
  }
  return fields;
}

/** Percent-encoding that is not UTF-8 becomes a lone surrogate, which the rules for text refuse field by field. */
function decodePart(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return '\ud800';
  }
}
