import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import { newCustomer, store, type TestCustomer } from '../support/world.ts';

interface Call {
  id: string;
  startTime: string | null;
  endTime: string | null;
  createdAt: string;
  updatedAt: string;
}

const fields = {
  START_TIME: 'startTime',
  END_TIME: 'endTime',
  CREATED_AT: 'createdAt',
  UPDATED_AT: 'updatedAt',
} as const;
type Field = keyof typeof fields;
interface Order {
  field: Field;
  direction: 'ASC' | 'DESC';
}

const document = `query ($orderBy: [PhoneCallOrder!], $first: Int, $after: String, $last: Int, $before: String, $offset: Int) {
  phoneCalls(orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before, offset: $offset) {
    totalCount
    edges { cursor node { id startTime endTime createdAt updatedAt } }
    nodes { id }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

async function page(customer: TestCustomer, variables: object) {
  const { body } = await customer.graphql(document, variables);
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  return body.data.phoneCalls as {
    totalCount: number;
    edges: { cursor: string; node: Call }[];
    nodes: { id: string }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  };
}

// A few moments only, so that ties are common.
const moment = fc.integer({ min: 0, max: 3 }).map((at) => new Date(Date.UTC(2026, 0, 1, 12, 0, at)));
const calls = fc.array(
  fc.record({ startTime: fc.option(moment), endTime: fc.option(moment), createdAt: moment, updatedAt: moment }),
  { minLength: 1, maxLength: 12 },
);
const order = fc.array(
  fc.record({
    field: fc.constantFrom<Field>('START_TIME', 'END_TIME', 'CREATED_AT', 'UPDATED_AT'),
    direction: fc.constantFrom<Order['direction']>('ASC', 'DESC'),
  }),
  { maxLength: 4 },
);
const size = fc.integer({ min: 1, max: 5 });

interface Seed {
  startTime: Date | null;
  endTime: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/** Rows as they are stored; logging them would give them no ties of `createdAt`, and no two without a start. */
async function fill(customer: TestCustomer, seeds: Seed[]): Promise<string[]> {
  const rows = seeds.map((times) => ({ id: uuid(), ...times }));
  await store.operator.phoneCall.createMany({
    data: rows.map((row) => ({
      ...row,
      customerId: customer.id,
      direction: 'INBOUND' as const,
      status: 'MISSED' as const,
      answered: false,
      numberFrom: '+33612345678',
      numberTo: '101',
      numberExternal: `+336${row.id.slice(-12)}`,
      numberInternal: '101',
      numbersSent: {},
    })),
  });
  return rows.map(({ id }) => id);
}

/** The order that is promised: field by field, nulls last in either direction, at last the id. */
function compare(orderBy: Order[]) {
  const asked = orderBy.length > 0 ? orderBy : [{ field: 'START_TIME', direction: 'DESC' } as const];
  return (a: Call, b: Call): number => {
    for (const { field, direction } of asked) {
      const [one, other] = [a[fields[field]], b[fields[field]]];
      if (one === other) continue;
      if (one === null || other === null) return one === null ? 1 : -1;
      return one < other === (direction === 'ASC') ? -1 : 1;
    }
    return a.id < b.id === (asked[0]?.direction === 'ASC') ? -1 : 1;
  };
}

async function walk(
  customer: TestCustomer,
  orderBy: Order[],
  pageSize: number,
  backward = false,
  between?: () => unknown,
) {
  const found: Call[] = [];
  for (let cursor: string | null = null, more = true; more; ) {
    const variables = backward ? { last: pageSize, before: cursor } : { first: pageSize, after: cursor };
    const { edges, nodes, pageInfo } = await page(customer, { orderBy, ...variables });
    expect(nodes.map(({ id }) => id)).toEqual(edges.map(({ node }) => node.id));
    expect(pageInfo.startCursor).toBe(edges.at(0)?.cursor ?? null);
    expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null);
    const rows = edges.map(({ node }) => node);
    if (backward) found.unshift(...rows);
    else found.push(...rows);
    cursor = backward ? pageInfo.startCursor : pageInfo.endCursor;
    more = backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage;
    await between?.();
  }
  return found;
}

const runs = { numRuns: 25 };

describe('paging through the call history', () => {
  test('shows every call exactly once, in the order asked for, forwards and backwards', async () => {
    await fc.assert(
      fc.asyncProperty(calls, order, size, async (seeds, orderBy, pageSize) => {
        const customer = await newCustomer();
        const ids = await fill(customer, seeds);
        const forward = await walk(customer, orderBy, pageSize);
        expect(forward.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
        expect(forward).toEqual(forward.toSorted(compare(orderBy)));
        expect(await walk(customer, orderBy, pageSize, true)).toEqual(forward);
      }),
      runs,
    );
  });

  test('stays whole while other calls are being added', async () => {
    await fc.assert(
      fc.asyncProperty(calls, calls, order, size, fc.boolean(), async (seeds, added, orderBy, pageSize, backward) => {
        const customer = await newCustomer();
        const ids = await fill(customer, seeds);
        const late = [...added];
        const found = await walk(customer, orderBy, pageSize, backward, () => fill(customer, late.splice(0, 1)));
        const seen = found.map(({ id }) => id);
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen.filter((id) => ids.includes(id)).toSorted()).toEqual(ids.toSorted());
        expect(found).toEqual(found.toSorted(compare(orderBy)));
      }),
      runs,
    );
  });

  test('skips rows by number, and counts them all the same', async () => {
    await fc.assert(
      fc.asyncProperty(calls, order, fc.integer({ min: -2, max: 15 }), size, async (seeds, orderBy, offset, first) => {
        const customer = await newCustomer();
        const ids = await fill(customer, seeds);
        const all = (await page(customer, { orderBy, first: 100 })).nodes;
        const from = Math.max(offset, 0);
        const { nodes, totalCount, pageInfo } = await page(customer, { orderBy, offset, first });
        expect(nodes).toEqual(all.slice(from, from + first));
        expect(totalCount).toBe(ids.length);
        expect(pageInfo).toMatchObject({ hasNextPage: all.length > from + first, hasPreviousPage: from > 0 });
      }),
      runs,
    );
  });
});

test('a page holds 20 calls unless told otherwise, at least 1 and at most 100', async () => {
  const customer = await newCustomer();
  const seed = { startTime: null, endTime: null, createdAt: new Date(), updatedAt: new Date() };
  await fill(
    customer,
    Array.from({ length: 103 }, () => seed),
  );
  const sizes = [];
  for (const variables of [
    {},
    { first: 0 },
    { first: -5 },
    { first: 101 },
    { first: 2 ** 31 - 1 },
    { last: 0 },
    { last: 500 },
  ]) {
    sizes.push((await page(customer, variables)).nodes.length);
  }
  expect(sizes).toEqual([20, 1, 1, 100, 100, 1, 100]);
});

test('an empty history is one empty page', async () => {
  const customer = await newCustomer();
  expect(await page(customer, {})).toEqual({
    totalCount: 0,
    edges: [],
    nodes: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  });
});

test('a cursor of another order, or of nobody, is refused', async () => {
  const customer = await newCustomer();
  await fill(customer, [{ startTime: null, endTime: null, createdAt: new Date(), updatedAt: new Date() }]);
  const cursor = (await page(customer, {})).pageInfo.endCursor;
  const orderBy = [{ field: 'END_TIME', direction: 'ASC' }];
  const forged = Buffer.from('["startTime DESC,id DESC","2026-01-01",7]').toString('base64url');
  for (const [argument, variables] of [
    ['after', { orderBy, after: cursor }],
    ['before', { orderBy, before: cursor }],
    ['after', { after: 'nonsense' }],
    ['after', { after: forged }],
    ['before', { before: 'x'.repeat(10_000) }],
  ] as const) {
    const { body } = await customer.graphql(document, variables);
    const message = 'The cursor does not belong to this list and order.';
    expect(body).toEqual({
      data: null,
      errors: [
        {
          message,
          path: ['phoneCalls'],
          locations: [{ line: 2, column: 3 }],
          extensions: { code: 'BAD_USER_INPUT', issues: [{ path: [argument], message }] },
        },
      ],
    });
  }
});

test('another customer’s cursor opens nothing of theirs', async () => {
  const [mine, theirs] = [await newCustomer(), await newCustomer()];
  const seeds = Array.from({ length: 3 }, (_, at) => ({
    startTime: new Date(Date.UTC(2026, 0, 1, 12, at)),
    endTime: null,
    createdAt: new Date(),
    updatedAt: new Date(),
  }));
  await fill(mine, seeds);
  const own = await fill(theirs, seeds);
  const { startCursor } = (await page(mine, {})).pageInfo;
  const { nodes } = await page(theirs, { after: startCursor });
  expect(nodes.every(({ id }) => own.includes(id))).toBe(true);
});
