import { expect, test } from 'vitest';
import { newCustomer } from '../support/world.ts';

const upsert = `mutation ($input: UpsertCallContextInput!) {
  upsertCallContext(input: $input) {
    created
    callContext {
      id direction numberFrom numberTo source startTime startTimeReference segmentDnType
      contextData { key value } call { id } createdAt updatedAt
    }
  }
}`;

const report = {
  direction: 'INBOUND',
  numberFrom: '06 12 34 56 78',
  numberTo: '01 70 99 00 00',
  source: 'flow',
  startTime: '2026-01-15T09:30:00Z',
  contextData: [
    { key: 'order', value: 1042 },
    { key: 'tags', value: ['a', { b: null }] },
  ],
};

const stored = {
  id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  direction: 'INBOUND',
  numberFrom: '+33612345678',
  numberTo: '+33170990000',
  source: 'flow',
  startTime: '2026-01-15T09:30:00.000Z',
  startTimeReference: 'CALL',
  segmentDnType: null,
  contextData: [
    { key: 'order', value: 1042 },
    { key: 'tags', value: ['a', { b: null }] },
  ],
  call: null,
  createdAt: expect.stringMatching(/Z$/),
  updatedAt: expect.stringMatching(/Z$/),
};

/** Entries have no order of their own; here they stand by key. */
function sorted(body: { data?: any }) {
  body.data.upsertCallContext.callContext.contextData.sort((a: Entry, b: Entry) => (a.key < b.key ? -1 : 1));
  return body;
}

interface Entry {
  key: string;
}

test('what is known while a call runs is saved, and a second report updates it', async () => {
  const customer = await newCustomer();
  const { body } = await customer.graphql(upsert, { input: report });
  expect(sorted(body)).toEqual({ data: { upsertCallContext: { created: true, callContext: stored } } });
  const more = [
    { key: 'order', value: 1043 },
    { key: 'menu', value: 'delivery' },
  ];
  const second = await customer.graphql(upsert, {
    input: { ...report, startTime: '2026-01-15T09:31:30Z', contextData: more },
  });
  const { id, createdAt } = body.data.upsertCallContext.callContext;
  const callContext = {
    ...stored,
    id,
    createdAt,
    contextData: [
      { key: 'menu', value: 'delivery' },
      { key: 'order', value: 1043 },
      { key: 'tags', value: ['a', { b: null }] },
    ],
  };
  expect(sorted(second.body)).toEqual({ data: { upsertCallContext: { created: false, callContext } } });
});

test('a call that is logged afterwards takes its contexts over', async () => {
  const customer = await newCustomer();
  const { callContext } = (await customer.graphql(upsert, { input: report })).body.data.upsertCallContext;
  const leg = {
    ...report,
    startTime: '2026-01-15T09:30:20Z',
    startTimeReference: 'SEGMENT',
    segmentDnType: 'CALL_QUEUE',
    contextData: [{ key: 'queue', value: 'sales' }],
  };
  await customer.graphql(upsert, { input: leg });
  const { body } = await customer.graphql(
    `mutation ($input: LogPhoneCallInput!) {
      logPhoneCall(input: $input) {
        call {
          id numberDid contextData context { id call { id } }
          segments { order dnType dn displayName answered startTime answerTime endTime }
        }
      }
    }`,
    {
      input: {
        direction: 'INBOUND',
        status: 'COMPLETED',
        numberExternal: '+33612345678',
        numberInternal: '101',
        startTime: '2026-01-15T09:30:00Z',
        endTime: '2026-01-15T09:33:00Z',
      },
    },
  );
  const { call } = body.data.logPhoneCall;
  expect(call).toEqual({
    id: expect.any(String),
    numberDid: '+33170990000',
    contextData: { order: 1042, tags: ['a', { b: null }], queue: 'sales' },
    context: { id: callContext.id, call: { id: call.id } },
    segments: [
      {
        order: 1,
        dnType: 'CALL_QUEUE',
        dn: '+33170990000',
        displayName: null,
        answered: true,
        startTime: '2026-01-15T09:30:20.000Z',
        answerTime: null,
        endTime: '2026-01-15T09:33:00.000Z',
      },
    ],
  });
});

test.each([
  [{ direction: 'INTERNAL' }, 'direction', 'An internal call has no context.'],
  [{ numberFrom: undefined }, 'numberFrom', '`numberFrom` is needed when the direction is inbound.'],
  [{ direction: 'OUTBOUND', numberTo: undefined }, 'numberTo', '`numberTo` is needed when the direction is outbound.'],
  [{ startTime: '2101-01-01T00:00:00Z' }, 'startTime', 'Must lie in the years 1970 to 2100.'],
  [
    { contextData: Array.from({ length: 201 }, (_, at) => ({ key: `k${at}` })) },
    'contextData',
    'Must not hold more than 200 values.',
  ],
])('a context is refused saying where and why (case %#)', async (change, field, message) => {
  const customer = await newCustomer();
  const { body } = await customer.graphql(upsert, { input: { ...report, ...change } });
  expect(body).toEqual({
    data: null,
    errors: [
      {
        message,
        path: ['upsertCallContext'],
        locations: [{ line: 2, column: 3 }],
        extensions: { code: 'BAD_USER_INPUT', issues: [{ path: ['input', field], message }] },
      },
    ],
  });
});

test('a wrong entry is named by its place in the list', async () => {
  const customer = await newCustomer();
  const contextData = [{ key: 'a', value: 1 }, { key: 'b', value: 'x\u0000' }, { key: ' ' }];
  const { body } = await customer.graphql(upsert, { input: { ...report, contextData } });
  expect(body.errors?.[0]?.extensions).toEqual({
    code: 'BAD_USER_INPUT',
    issues: [
      {
        path: ['input', 'contextData', 1, 'value'],
        message: 'Must be JSON of at most 65536 characters and 32 levels, in well-formed Unicode without NUL.',
      },
      { path: ['input', 'contextData', 2, 'key'], message: 'Must not be blank.' },
    ],
  });
});

test('the same report of two customers is two contexts', async () => {
  const [mine, theirs] = [await newCustomer(), await newCustomer()];
  const first = await mine.graphql(upsert, { input: report });
  const second = await theirs.graphql(upsert, { input: { ...report, contextData: [{ key: 'x', value: 1 }] } });
  expect(second.body.data.upsertCallContext.created).toBe(true);
  expect(second.body.data.upsertCallContext.callContext.contextData).toEqual([{ key: 'x', value: 1 }]);
  expect(second.body.data.upsertCallContext.callContext.id).not.toBe(first.body.data.upsertCallContext.callContext.id);
});
