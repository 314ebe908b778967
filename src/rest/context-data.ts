import { limits } from '../limits.ts';
import { holdsOnlyStorable, isDeeper, isStorable } from '../storable.ts';
import { type Fields, scalar } from './fields.ts';

interface Entry {
  key: string;
  value: unknown;
}

const field = 'context_data';

/** What is known of a call: a list of `{key, value}`, an object, or either of them as JSON text. */
export function readContextData(fields: Fields): Entry[] | undefined {
  const raw = unwrap(fields.any(field));
  if (raw === undefined) return undefined;
  const entries = entriesOf(raw);
  if (!entries) return refuse(fields, 'The context data field must be a list of keys and values.');
  if (entries.length > limits.contextEntries) {
    return refuse(fields, `The context data field must not have more than ${limits.contextEntries} items.`);
  }
  return entries.flatMap(({ key, value }, index) => (isUntold(value) ? [] : [readEntry(fields, key, value, index)]));
}

/** Text that is empty or was never filled in says nothing, and must not replace what is known. */
const isUntold = (value: unknown) => typeof value === 'string' && scalar(value) === undefined;

function readEntry(fields: Fields, rawKey: unknown, rawValue: unknown, index: number): Entry {
  const key = scalar(rawKey);
  const value = cleaned(rawValue);
  const keyName = `${field}.${index}.key`;
  if (!key) fields.refuse(keyName, `The context data.${index}.key field is required.`);
  else if (!isStorable(key)) fields.refuse(keyName, `The context data.${index}.key field must be valid text.`);
  else if (key.length > limits.shortText) {
    fields.refuse(
      keyName,
      `The context data.${index}.key field must not be greater than ${limits.shortText} characters.`,
    );
  }
  const text = JSON.stringify(value) ?? '';
  if (!holdsOnlyStorable(value))
    fields.refuse(`${field}.${index}.value`, `The context data.${index}.value field must be valid text.`);
  else if (text.length > limits.contextValue) {
    fields.refuse(
      `${field}.${index}.value`,
      `The context data.${index}.value field must not be greater than ${limits.contextValue} characters.`,
    );
  }
  return { key: key ?? '', value };
}

function refuse(fields: Fields, sentence: string): undefined {
  fields.refuse(field, sentence);
  return undefined;
}

/** A form can only send text, so text that is a JSON list or object, no deeper than a body may be, is taken for one. */
function unwrap(raw: unknown): unknown {
  const text = typeof raw === 'string' ? scalar(raw) : undefined;
  if (typeof raw !== 'string') return raw ?? undefined;
  if (!text || !/^[[{]/.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    return isDeeper(value, limits.jsonDepth) ? text : value;
  } catch {
    return text;
  }
}

function entriesOf(raw: unknown): { key: unknown; value: unknown }[] | null {
  if (typeof raw !== 'object' || raw === null) return null;
  if (!Array.isArray(raw) && !isNumbered(raw)) return Object.entries(raw).map(([key, value]) => ({ key, value }));
  const items: unknown[] = Object.values(raw);
  return items.every((item) => isObject(item)) ? items.map(({ key, value }) => ({ key, value })) : null;
}

/** A long list in a form arrives as an object of numbered entries. */
const isNumbered = (raw: object) =>
  Object.entries(raw).length > 0 &&
  Object.entries(raw).every(([key, value]) => /^\d+$/.test(key) && isObject(value) && 'key' in value);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Text at any depth loses its surrounding space; what is empty or was never filled in becomes null. */
function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleaned(inner)]));
  if (typeof value === 'string') return scalar(value) ?? null;
  return value ?? null;
}
