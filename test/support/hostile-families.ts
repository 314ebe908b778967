import { fragmentBomb, type HostileDocument, hostile, nested, repeat } from './hostile-documents.ts';

interface Family {
  sizes: number[];
  make(size: number): HostileDocument;
}

const list = (size: number, item: (at: number) => unknown) => Array.from({ length: size }, (_, at) => item(at));

const calls = (filter: string) => `query ($filter: PhoneCallFilter) { phoneCalls(filter: ${filter}) { totalCount } }`;
const filtered = (filter: object): HostileDocument => ({ query: calls('$filter'), variables: { filter } });

const logCall = 'mutation ($input: LogPhoneCallInput!) { logPhoneCall(input: $input) { replayed } }';
const saveContext = 'mutation ($input: UpsertCallContextInput!) { upsertCallContext(input: $input) { created } }';
const report = { direction: 'INBOUND', status: 'MISSED', numberFrom: '0612345678', numberTo: '101' };

/** Kinds of attacks, each in several sizes; every one is to be refused, and quickly. */
const families: Record<string, Family> = {
  'depth by contacts of calls of contacts': {
    sizes: [4, 20, 200],
    make: (size) => ({
      query: `{ phoneCalls { ${nested(size, 'nodes { contact { phoneCalls', 'totalCount').replaceAll(' }', ' } } }')} } }`,
    }),
  },
  'depth by inline fragments': {
    sizes: [50, 300],
    make: (size) => ({ query: `{ ${nested(size, '... on Query', 'viewer { nothing }')} }` }),
  },
  'brackets within brackets': {
    sizes: [3000, 100_000, 600_000],
    make: (size) => ({ query: `{ contact(id: ${'['.repeat(size)}` }),
  },
  'braces within braces': { sizes: [3000, 300_000], make: (size) => ({ query: '{a'.repeat(size) }) },
  'aliases of one field': {
    sizes: [31, 300],
    make: (size) => ({ query: `{ ${repeat(size, (at) => `a${at}: viewer { scopes }`)} }` }),
  },
  'aliases of costly fields': {
    sizes: [31, 60],
    make: (size) => ({ query: `{ ${repeat(size, (at) => `a${at}: phoneCalls(first: 100) { totalCount }`)} }` }),
  },
  'one field with many arguments that do not go together': {
    sizes: [20, 200],
    make: (size) => ({ query: `{ ${repeat(size, (at) => `contact(id: "${at}") { id }`)} }` }),
  },
  'directives on one field': {
    sizes: [31, 600],
    make: (size) => ({ query: `{ __typename ${repeat(size, () => '@include(if: true)')} }` }),
  },
  'directives that there are not': {
    sizes: [31, 900],
    make: (size) => ({ query: `{ __typename ${repeat(size, (at) => `@nothing${at}`)} }` }),
  },
  tokens: { sizes: [2001, 20_000, 200_000], make: (size) => ({ query: `{ ${repeat(size, () => 'a')} }` }) },
  'one token without end': { sizes: [100_000, 1_200_000], make: (size) => ({ query: `{ ${'a'.repeat(size)} }` }) },
  'a string without end': {
    sizes: [100_000, 1_200_000],
    make: (size) => ({ query: `{ contact(id: "${'a'.repeat(size)}` }),
  },
  'names that almost exist': {
    sizes: [50, 900],
    make: (size) => ({ query: `{ ${repeat(size, (at) => `phoneCall${'s'.repeat((at % 40) + 1)}x`)} }` }),
  },
  'numbers without end': {
    sizes: [1000, 1_000_000],
    make: (size) => ({ query: `{ phoneCalls(first: ${'9'.repeat(size)}) { totalCount } }` }),
  },
  'fragments that spread themselves': {
    sizes: [1, 2, 30, 200],
    make: (size) => ({
      query: `{ ...F0 } ${repeat(size, (at) => `fragment F${at} on Query { ...F${(at + 1) % size} }`)}`,
    }),
  },
  'fragments that spread all others': {
    sizes: [10, 25],
    make: (size) => ({
      query: `{ ...F0 } ${repeat(size, (at) => `fragment F${at} on Query { ${repeat(size, (to) => `...F${to}`)} }`)}`,
    }),
  },
  'fragments that double at each step': { sizes: [15, 30, 150], make: (size) => ({ query: fragmentBomb(size) }) },
  'fragments that nobody spreads': {
    sizes: [10, 250],
    make: (size) => ({
      query: `{ viewer { scopes } } ${repeat(size, (at) => `fragment F${at} on Query { viewer { scopes } }`)}`,
    }),
  },
  'operations, of which none is named': {
    sizes: [2, 400],
    make: (size) => ({ query: repeat(size, (at) => `query Q${at} { viewer { scopes } }`) }),
  },
  'variables that nobody uses': {
    sizes: [10, 400],
    make: (size) => ({ query: `query (${repeat(size, (at) => `$v${at}: ID`)}) { viewer { scopes } }` }),
  },
  'introspection in circles': {
    sizes: [4, 40],
    make: (size) => ({
      query: `{ __schema { types { ${nested(size, 'fields { type', 'name').replaceAll(' }', ' } }')} } } }`,
    }),
  },
  'introspection by what types may be': {
    sizes: [2, 5],
    make: (size) => ({
      query: `{ __schema { types { ${nested(size, 'possibleTypes { interfaces', 'name').replaceAll(' }', ' } }')} } } }`,
    }),
  },
  'introspection by arguments': {
    sizes: [4, 12],
    make: (size) => ({
      query: `{ __type(name: "Query") { ${nested(size, 'fields { args { type', 'name').replaceAll(' }', ' } } }')} } }`,
    }),
  },
  'a list of values in a variable': {
    sizes: [101, 100_000],
    make: (size) => filtered({ source: list(size, (at) => `s${at}`) }),
  },
  'a list of enum values in a variable': {
    sizes: [101, 100_000],
    make: (size) => filtered({ status: list(size, () => 'MISSED') }),
  },
  'a list of wrong values in a variable': {
    sizes: [1000, 100_000],
    make: (size) => filtered({ status: list(size, (at) => `no status ${at}`) }),
  },
  'a list of filters in a variable': {
    sizes: [101, 501, 50_000],
    make: (size) => filtered({ or: list(size, () => ({ answered: true })) }),
  },
  'filters within lists of filters': {
    sizes: [9, 30],
    make: (size) =>
      filtered({
        and: list(size, () => ({ or: list(size, () => ({ and: list(size, () => ({ answered: true })) })) })),
      }),
  },
  'filters within filters': {
    sizes: [6, 60, 3000],
    make: (size) => filtered(JSON.parse(`${'{"not":'.repeat(size)}{"answered":true}${'}'.repeat(size)}`)),
  },
  'an order of many parts': {
    sizes: [101, 30_000],
    make: (size) => ({
      query: 'query ($orderBy: [PhoneCallOrder!]) { phoneCalls(orderBy: $orderBy) { totalCount } }',
      variables: { orderBy: list(size, () => ({ field: 'START_TIME', direction: 'ASC' })) },
    }),
  },
  'a group of many dimensions': {
    sizes: [6000, 100_000],
    make: (size) => ({
      query: 'query ($groupBy: [StatsDimension!]) { callStats(groupBy: $groupBy) { total { calls } } }',
      variables: { groupBy: list(size, () => 'AGENT') },
    }),
  },
  'entries of a context': {
    sizes: [201, 20_000],
    make: (size) => ({
      query: saveContext,
      variables: {
        input: {
          direction: 'INBOUND',
          numberFrom: '0612345678',
          contextData: list(size, (at) => ({ key: `k${at}`, value: at })),
        },
      },
    }),
  },
  'one text that is too long': {
    sizes: [256, 1_200_000],
    make: (size) => ({
      query: logCall,
      variables: { input: { ...report, subject: 'é'.repeat(size / 2) + 'e'.repeat(size / 2) } },
    }),
  },
  'fields of an input that there are not': {
    sizes: [100, 20_000],
    make: (size) => ({
      query: logCall,
      variables: {
        input: { ...report, ...Object.fromEntries(list(size, (at) => [`x${at}`, at]) as [string, number][]) },
      },
    }),
  },
};

/** Every hostile document by its name. */
export const hostileDocuments: [string, HostileDocument][] = [
  ...Object.entries(hostile),
  ...Object.entries(families).flatMap(([name, { sizes, make }]) =>
    sizes.map((size): [string, HostileDocument] => [`${name}, ${size}`, make(size)]),
  ),
];

/** Bodies that are no single document, by their names. */
export const hostileBodies: [string, string][] = [
  ...[2, 1000, 30_000].map((size): [string, string] => [
    `a batch of ${size}`,
    JSON.stringify(list(size, () => ({ query: '{ viewer { scopes } }' }))),
  ]),
  ...[100, 5000, 500_000].map((size): [string, string] => [
    `variables ${size} deep`,
    `{"query":"query ($f: PhoneCallFilter) { phoneCalls(filter: $f) { totalCount } }","variables":{"f":${'['.repeat(size)}${']'.repeat(size)}}}`,
  ]),
  ['a batch within a batch', JSON.stringify([[{ query: '{ viewer { scopes } }' }]])],
  ['half a document', '{"query":"{ viewer { scopes } }"'],
  [
    'extensions without end',
    JSON.stringify({ query: '{ nothing }', extensions: list(100_000, () => ({ persistedQuery: {} })) }),
  ],
];
