import { describe, expect, test } from 'vitest';
import { newCustomer } from '../support/world.ts';

const whole = `id direction status answered numberFrom numberTo numberExternal numberInternal numberDid source
  durationSeconds startTime endTime subject body recordingUrl transcription summary sentiment
  agentFirstName agentLastName agentEmail queueExtension contact { id } entityType entityId
  context { id } segments { order } logs { integration state attempts message remoteId remoteUrl } createdAt updatedAt`;

const log = `mutation ($input: LogPhoneCallInput!) {
  logPhoneCall(input: $input) { replayed call { ${whole} } }
}`;

const byId = `query ($id: ID!) { phoneCall(id: $id) { ${whole} } }`;

const report = {
  direction: 'INBOUND',
  status: 'COMPLETED',
  numberFrom: '06 12 34 56 78',
  numberTo: '101',
  numberDid: '01 70 99 00 00',
  source: '3cx',
  startTime: '2026-01-15T09:30:00.700Z',
  endTime: '2026-01-15T10:33:20+01:00',
  subject: 'Order 1042',
  body: 'Wants it on Friday.',
  recordingUrl: 'https://pbx.example/1.wav',
  transcription: 'Bonjour 👋',
  summary: 'A delivery date.',
  sentiment: 'calm',
  agentFirstName: 'Léa',
  agentLastName: 'Bernard',
  agentEmail: 'lea.bernard@example.com',
  queueExtension: '800',
  entityType: 'Contacts',
  entityId: 'crm-7',
};

const stored = {
  ...report,
  id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  answered: true,
  numberFrom: '+33612345678',
  numberExternal: '+33612345678',
  numberInternal: '101',
  numberDid: '+33170990000',
  durationSeconds: 200,
  startTime: '2026-01-15T09:30:00.000Z',
  endTime: '2026-01-15T09:33:20.000Z',
  contact: null,
  context: null,
  segments: [],
  logs: [
    {
      ...{ integration: 'native', state: 'delivered', attempts: 1, remoteId: null, remoteUrl: null },
      message: 'Stored; nobody is known by this number.',
    },
  ],
  createdAt: expect.stringMatching(/Z$/),
  updatedAt: expect.stringMatching(/Z$/),
};

describe('logPhoneCall', () => {
  test('stores everything that was told, once', async () => {
    const customer = await newCustomer();
    const { body } = await customer.graphql(log, { input: report });
    expect(body).toEqual({ data: { logPhoneCall: { replayed: false, call: stored } } });
    const again = await customer.graphql(log, { input: { ...report, subject: 'Another' } });
    expect(again.body.data.logPhoneCall).toEqual({
      replayed: true,
      call: { ...body.data.logPhoneCall.call, updatedAt: expect.any(String) },
    });
  });

  test.each([
    ['INBOUND', { numberExternal: '0612345678', numberInternal: '101' }, '+33612345678', '101'],
    ['OUTBOUND', { numberExternal: '0612345678', numberInternal: '101' }, '101', '+33612345678'],
    ['OUTBOUND', { numberFrom: '101', numberTo: '0612345678' }, '101', '+33612345678'],
  ])('derives one pair of numbers of an %s call from the other', async (direction, numbers, numberFrom, numberTo) => {
    const customer = await newCustomer();
    const { body } = await customer.graphql(log, { input: { direction, status: 'BUSY', ...numbers } });
    expect(body.data.logPhoneCall.call).toMatchObject({
      numberFrom,
      numberTo,
      numberExternal: '+33612345678',
      numberInternal: '101',
      answered: false,
    });
  });

  test.each([
    [{ numberTo: undefined }, 'numberTo', '`numberFrom` and `numberTo` go together.'],
    [{ numberFrom: ' ' }, 'numberFrom', 'Must not be blank.'],
    [
      { numberFrom: undefined, numberTo: undefined },
      'numberFrom',
      'A pair of numbers is needed: from and to, or external and internal.',
    ],
    [{ numberExternal: '0612345678' }, 'numberInternal', '`numberExternal` and `numberInternal` go together.'],
    [{ endTime: '2026-01-15T09:29:00Z' }, 'endTime', 'The end must not be before the start.'],
    [{ recordingUrl: 'javascript:alert(1)' }, 'recordingUrl', 'Must be an http or https URL.'],
    [{ durationSeconds: 604_801 }, 'durationSeconds', 'Must not be more than 604800 seconds.'],
    [{ startTime: '1969-12-31T23:59:59Z' }, 'startTime', 'Must lie in the years 1970 to 2100.'],
    [{ agentEmail: 'lea' }, 'agentEmail', 'Must be a valid email address.'],
    [{ idempotencyKey: '' }, 'idempotencyKey', 'Must not be blank.'],
    [{ subject: '\ud800' }, 'subject', 'Must be well-formed Unicode without NUL.'],
  ])('refuses %j, saying where and why', async (change, field, message) => {
    const customer = await newCustomer();
    const { status, body } = await customer.graphql(log, { input: { ...report, ...change } });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        data: null,
        errors: [
          {
            message,
            path: ['logPhoneCall'],
            locations: [{ line: 2, column: 3 }],
            extensions: { code: 'BAD_USER_INPUT', issues: [{ path: ['input', field], message }] },
          },
        ],
      },
    });
  });

  test('tells everything that is wrong at once', async () => {
    const customer = await newCustomer();
    const { body } = await customer.graphql(log, { input: { ...report, agentEmail: 'lea', durationSeconds: -1 } });
    expect(body.errors?.[0]?.extensions.issues).toEqual(
      expect.arrayContaining([
        { path: ['input', 'agentEmail'], message: 'Must be a valid email address.' },
        { path: ['input', 'durationSeconds'], message: 'Must not be negative.' },
      ]),
    );
  });

  test.each([
    [{ direction: 'inbound' }, /CallDirection/],
    [{ startTime: 'yesterday' }, /date/i],
    [{ colour: 'red' }, /colour/],
  ])('reads strictly: %j is a mistake', async (change, message) => {
    const customer = await newCustomer();
    const { body } = await customer.graphql(log, { input: { ...report, ...change } });
    expect(body.data ?? null).toBeNull();
    expect(body.errors).toEqual([expect.objectContaining({ message: expect.stringMatching(message) })]);
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('keeps what is already known, and fills what was empty', async () => {
    const customer = await newCustomer();
    const { recordingUrl: _, summary: __, ...early } = report;
    await customer.graphql(log, { input: early });
    const { body } = await customer.graphql(log, { input: { ...report, subject: 'Another' } });
    expect(body.data.logPhoneCall).toEqual({ replayed: true, call: stored });
  });
});

describe('phoneCall', () => {
  test('answers a call by its id as it was logged', async () => {
    const customer = await newCustomer();
    const { call } = (await customer.graphql(log, { input: report })).body.data.logPhoneCall;
    expect((await customer.graphql(byId, { id: call.id })).body).toEqual({ data: { phoneCall: call } });
  });

  test('is null for another customer’s id and for an unknown one', async () => {
    const [mine, theirs] = [await newCustomer(), await newCustomer()];
    const { call } = (await mine.graphql(log, { input: report })).body.data.logPhoneCall;
    for (const id of [call.id, '0197f0c4-0000-7000-8000-000000000000', 'x', '']) {
      expect((await theirs.graphql(byId, { id })).body).toEqual({ data: { phoneCall: null } });
    }
  });
});
