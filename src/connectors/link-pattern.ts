import { z } from 'zod';
import { limits } from '../limits.ts';
import type { LinkSubject } from './connector.ts';

/** What a pattern can name, and what stands there for somebody. */
export const linkFields = {
  phone: ({ phone }) => phone,
  phone_digits: ({ phone }) => phone?.replace(/\D/g, '') ?? null,
  email: ({ email }) => email,
  display_name: ({ displayName }) => displayName,
  first_name: ({ firstName }) => firstName,
  last_name: ({ lastName }) => lastName,
  company: ({ company }) => company,
  entity_id: ({ id }) => id,
  entity_type: ({ entityType }) => entityType,
  custom_value: ({ customValue }) => customValue,
  direction: ({ direction }) => direction?.toLowerCase() ?? null,
} satisfies Record<string, (subject: LinkSubject) => string | null>;

export type LinkField = keyof typeof linkFields;

export const linkFieldNames = Object.keys(linkFields) as LinkField[];

/** The text of a field; empty where there is none. */
export const fieldText = (field: LinkField, subject: LinkSubject): string => linkFields[field](subject) ?? '';

/** An address with placeholders. Answers null for somebody of whom too little is known to fill it. */
export type LinkPattern = (subject: LinkSubject) => string | null;

/** Reads an address in which `{phone}` and other fields stand for values of its path, query or fragment. */
export const linkPattern = z.string().transform((text, context): LinkPattern => {
  const read = readPattern(text);
  if (typeof read === 'function') return read;
  context.addIssue(read);
  return z.NEVER;
});

const placeholders = /\{([a-z_]*)\}/g;

/** Answers the pattern, or what is wrong with it. */
function readPattern(text: string): LinkPattern | string {
  if (text.length > limits.url) return `An address has at most ${limits.url} characters.`;
  const names = [...text.matchAll(placeholders)].map(([, name = '']) => name);
  const unknown = names.find((name) => !Object.hasOwn(linkFields, name));
  if (unknown !== undefined) return `There is no {${unknown}}. There are: ${linkFieldNames.join(', ')}.`;
  const [stray] = text.replace(placeholders, '').match(/[{}]/) ?? [];
  if (stray) return `A single ${stray} cannot stand in an address; write ${encodeURIComponent(stray)} for it.`;
  if (/%[\da-f]?\{/i.test(text)) return 'A placeholder cannot end what a % sign begins.';
  if (/^[^:/\\?#]*(:[\\/]*[^\\/?#]*)?/.exec(text)?.[0].includes('{')) return fixedHost;
  return compile(text, names as LinkField[]);
}

const fixedHost = 'Scheme, host and port are fixed: a placeholder stands in the path, the query or the fragment.';

/** Lets the standard's own parser tell the parts apart, with a word in place of each placeholder. */
function compile(text: string, fields: LinkField[]): LinkPattern | string {
  let word = 'q';
  while (text.toLowerCase().includes(word)) word += 'q';
  let count = 0;
  const marked = text.replace(placeholders, () => `${word}${count++}${word}`);
  const marker = new RegExp(`${word}(\\d+)${word}`);
  const url = URL.canParse(marked) ? new URL(marked) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return 'An address begins with http:// or https:// and a host.';
  if (url.username || url.password) return 'An address holds no user and no password.';
  if (marker.test(url.host)) return fixedHost;
  if ([...url.searchParams.keys()].some((name) => marker.test(name))) {
    return 'In a query, a placeholder stands in the value of a parameter that has a name, as in ?phone={phone}.';
  }
  if (url.href.split(marker).length !== 2 * count + 1)
    return 'A placeholder stands where the address is cut off by dots.';
  const parts = (part: string) =>
    part.split(marker).map((piece, i) => (i % 2 ? (fields[Number(piece)] as LinkField) : { piece }));
  return filling(fields, {
    origin: url.origin,
    path: url.pathname.split('/').map(parts),
    query: parts(url.search),
    fragment: url.hash.split('/').map(parts),
  });
}

type Part = LinkField | { piece: string };

interface Address {
  origin: string;
  path: Part[][];
  query: Part[];
  fragment: Part[][];
}

const filling =
  (fields: LinkField[], { origin, path, query, fragment }: Address): LinkPattern =>
  (subject) => {
    if (fields.length > 0 && fields.every((field) => fieldText(field, subject) === '')) return null;
    const fill = (parts: Part[]) =>
      parts.map((part) => (typeof part === 'string' ? component(fieldText(part, subject)) : part.piece)).join('');
    const lost = [...path, ...fragment].some((parts) => parts.length > 1 && noSegment.test(fill(parts)));
    if (lost) return null;
    return `${origin}${path.map(fill).join('/')}${fill(query)}${fragment.map(fill).join('/')}`;
  };

/** What a browser takes away from a path, or an empty place in it: the address would lead elsewhere. */
const noSegment = /^#?(\.|%2e){0,2}$/i;

/** Encodes everything that could end a value. The characters after `encodeURIComponent` are those that it spares. */
const component = (value: string): string =>
  encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
