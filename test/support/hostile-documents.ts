/** A document that nobody should be answered. */
export interface HostileDocument {
  query: string;
  variables?: object;
}

export const repeat = (times: number, text: (at: number) => string) =>
  Array.from({ length: times }, (_, at) => text(at)).join(' ');

export const nested = (levels: number, open: string, core: string) =>
  `${`${open} { `.repeat(levels)}${core}${' }'.repeat(levels)}`;

/** Fragments that each spread the next one twice: 30 of them stand for a thousand million fields. */
export const fragmentBomb = (fragments: number) =>
  `{ ...F0 } ${repeat(fragments, (at) => `fragment F${at} on Query { ...F${at + 1} ...F${at + 1} }`)}
   fragment F${fragments} on Query { viewer { scopes } }`;

const everyRowOfEveryCall = `nodes { contact { phoneCalls(first: $many) { nodes { segments { id } logs { id } } } } }`;

/** One of each kind, just past its limit or far beyond. */
export const hostile: Record<string, HostileDocument> = {
  'a document that is deep': {
    query: `{ phoneCalls(first: 1) { ${nested(6, 'nodes { contact { phoneCalls(first: 1)', 'totalCount').replaceAll(
      ' } }',
      ' } } } }',
    )} } }`,
  },
  'a document that is deep by way of fragments': {
    query: `{ phoneCalls(first: 1) { nodes { ...A0 } } }
      ${repeat(6, (at) => `fragment A${at} on PhoneCall { contact { phoneCalls(first: 1) { nodes { ...A${at + 1} } } } }`)}
      fragment A6 on PhoneCall { id }`,
  },
  'many aliases of one field': { query: `{ ${repeat(31, (at) => `a${at}: viewer { scopes }`)} }` },
  'many aliases of __typename': { query: `{ ${repeat(101, (at) => `a${at}: __typename`)} }` },
  'aliases within a fragment that is spread many times': {
    query: `{ ${repeat(20, () => '...F')} } fragment F on Query { a: __typename b: __typename }`,
  },
  'many directives': { query: `{ __typename ${repeat(31, () => '@include(if: true)')} }` },
  'directives on many fields': { query: `{ viewer { ${repeat(31, () => 'scopes @skip(if: false)')} } }` },
  'many tokens': { query: `{ ${repeat(2000, () => '__typename')} }` },
  'a hundred thousand nested brackets': { query: `{ contact(id: ${'['.repeat(100_000)}` },
  'a value as long as a body may be': { query: `{ contact(id: [${repeat(200_000, (at) => `${at % 10}`)}]) { id } }` },
  'a fragment bomb': { query: fragmentBomb(30) },
  'fragments that spread each other': {
    query: '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A viewer { scopes } }',
  },
  'introspection in circles': {
    query: `{ __schema { types { ${nested(4, 'fields { type', 'name').replaceAll(' }', ' } }')} } } }`,
  },
  'a list within a list, as long as variables make it': {
    query: `query ($many: Int) { phoneCalls(first: $many) { ${everyRowOfEveryCall} } }`,
    variables: { many: 100 },
  },
  'a list within a list, whose length is only hidden': {
    query: `query ($many: Int = 100) { phoneCalls(last: $many) { ${everyRowOfEveryCall} } }`,
  },
};
