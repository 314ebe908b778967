import fc from 'fast-check';
import { graphqlOperations, restOperations } from './bad-operations.ts';
import { bodies, contentTypes, credentials, documents, filters, parameters, paths } from './bad-texts.ts';
import { badName, badValue } from './bad-values.ts';

/** A request that is wrong in some way; a right credential is added where it names none. */
export interface BadRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  /** What was told in a body that can be parsed, to be compared with what was stored. */
  told?: { operation: string; fields: Record<string, unknown> };
}

/** Makes the request with the given number; numbers keep the requests apart, so that none repeats another. */
export type Draft = (number: number) => BadRequest;

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const lookup = '/api/crm/lookup/';

const changesOf = (names: readonly string[]) =>
  fc.array(fc.tuple(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, badName), badValue), {
    minLength: 1,
    maxLength: 3,
  });

/** A right body in which a few fields hold something bad. */
const changedBody = fc.constantFrom(...Object.values(restOperations)).chain(({ operation, path, base, fields }) =>
  fc.tuple(changesOf(fields), fc.boolean()).map(
    ([changes, asForm]): Draft =>
      (number) => {
        const told = Object.fromEntries([...Object.entries(base(number)), ...changes]);
        return {
          method: 'POST',
          path: `${lookup}${path}`,
          headers: asForm ? form : json,
          body: asForm ? encodeForm(told) : JSON.stringify(told),
          told: { operation, fields: asForm ? asFormTells(told) : told },
        };
      },
  ),
);

const brokenBody = fc
  .record({
    path: fc.constantFrom('contacts', 'phone-calls', 'phone-calls/context', 'chats', 'phone-calls/', '/graphql'),
    type: fc.constantFrom(...contentTypes),
    body: fc.oneof(
      fc.constantFrom<string | Uint8Array<ArrayBuffer>>(...bodies),
      fc.uint8Array({ maxLength: 64 }).map((bytes) => new Uint8Array(bytes)),
    ),
    key: fc.option(fc.constantFrom('a', 'é'.repeat(300), "' OR 1=1", ' ')),
  })
  .map(
    ({ path, type, body, key }): Draft =>
      () => ({
        method: 'POST',
        path: `${lookup}${path}`,
        headers: { 'content-type': type, ...(key && { 'idempotency-key': key }) },
        body,
      }),
  );

const named = (names: string[]) =>
  fc.tuple(fc.constantFrom(...names), badValue).map(([name, value]) => part(name, value));
const query = fc
  .tuple(
    fc.constantFrom('contacts/search', 'phone-calls'),
    fc.array(
      fc.oneof(
        fc.constantFrom(...parameters),
        named(filters.map((name) => `filter[${name}]`)),
        named(['phone', 'email', 'display_name', 'sort', 'include', 'page', 'per_page']),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(
    ([path, parts]): Draft =>
      () => ({ method: 'GET', path: `${lookup}${path}?${parts.join('&')}`, headers: {} }),
  );

const place = fc
  .record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'),
    path: fc.constantFrom(...paths),
    authorization: fc.option(fc.constantFrom(...credentials)),
  })
  .map(
    ({ method, path, authorization }): Draft =>
      () => ({
        method,
        path,
        headers: { ...json, ...(authorization !== null && { authorization }) },
        body: method === 'GET' ? undefined : '{}',
      }),
  );

const graphqlVariables = fc
  .constantFrom(...Object.values(graphqlOperations))
  .chain(({ operation, document, base, fields, input }) =>
    fc.tuple(changesOf(fields), fc.integer({ max: 9, min: 0 }), badValue).map(
      ([changes, dice, whole]): Draft =>
        (number) => {
          const told = Object.fromEntries([...Object.entries(base(number)), ...changes]);
          const variables = dice === 0 ? whole : input ? { input: dice === 1 ? whole : told } : told;
          return {
            method: 'POST',
            path: '/graphql',
            headers: json,
            body: JSON.stringify({ query: document, variables }),
            ...(input && dice > 1 && { told: { operation, fields: told } }),
          };
        },
    ),
  );

const graphqlDocument = fc
  .record({ query: fc.oneof(fc.constantFrom<unknown>(...documents), badValue), extra: badValue, get: fc.boolean() })
  .map(
    ({ query, extra, get }): Draft =>
      () =>
        get
          ? {
              method: 'GET',
              path: `/graphql?${part('query', query)}&${part('variables', extra)}`,
              headers: {},
            }
          : {
              method: 'POST',
              path: '/graphql',
              headers: json,
              body: JSON.stringify({ query, operationName: extra, extensions: extra }),
            },
  );

/** Everything that may arrive. */
export const badRequest: fc.Arbitrary<Draft> = fc.oneof(
  { weight: 8, arbitrary: changedBody },
  { weight: 7, arbitrary: graphqlVariables },
  { weight: 4, arbitrary: query },
  { weight: 3, arbitrary: brokenBody },
  { weight: 2, arbitrary: graphqlDocument },
  { weight: 1, arbitrary: place },
);

const encodeForm = (fields: Record<string, unknown>) =>
  Object.entries(fields)
    .map(([name, value]) => part(name, value))
    .join('&');

/** What a form can say of the fields: everything is text, and a list or an object that holds nothing is not there. */
const asFormTells = (fields: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([name, value]) => /[^&]/.test(part(name, value)))
      .map(([name, value]) => [name, textual(value)]),
  );

function textual(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  if (Array.isArray(value)) return value.map(textual);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, textual(inner)]));
}

/** A field as a form sends it. */
function part(name: string, value: unknown): string {
  if (typeof value !== 'object' || value === null) return `${encode(name)}=${encode(String(value ?? ''))}`;
  return Object.entries(value)
    .map(([key, inner]) => part(`${name}[${key}]`, inner))
    .join('&');
}

/** Text that is not well-formed becomes bytes that are not UTF-8. */
const encode = (text: string) =>
  text.isWellFormed() ? encodeURIComponent(text) : `${encodeURIComponent(text.toWellFormed())}%ED%A0%80`;
