import { expect, test } from 'vitest';
import { anyId, call, logCalls, paths, refusedFields, savedContext, statusAndBody } from '../support/rest.ts';
import { newCustomer, store, type TestCustomer } from '../support/world.ts';

const documented = {
  direction: 'inbound',
  number_from: '+33612345678',
  number_to: '+33142685300',
  source: 'call flow',
  start_time_utc: '2026-03-01T08:00:00Z',
  start_time_reference: 'call',
  context_data: [
    { key: 'reason', value: 'offer' },
    { key: 'priority', value: 2 },
  ],
};

async function save(customer: TestCustomer, body: object | string): Promise<string> {
  const answer = await customer.rest('POST', paths.context, { body });
  expect(statusAndBody(answer)).toEqual({ status: 201, body: savedContext });
  return answer.body.call_context_id;
}

/** The only call of a customer, as the list shows it. */
async function onlyCall(customer: TestCustomer) {
  const { body } = await customer.rest('GET', `${paths.calls}?include=segments`);
  expect(body.total).toBe(1);
  return body.data[0];
}

/** What a call says that was logged with the documented context. */
const begun = { start_time: '2026-03-01T08:00:00Z', segments: [] };

test('the documented context is saved, and its call shows it', async () => {
  const customer = await newCustomer();
  const call_context_id = await save(customer, documented);
  const [id] = await logCalls(customer, {});
  expect(await onlyCall(customer)).toEqual(
    call({
      ...begun,
      id,
      number_did: '+33142685300',
      call_context_id,
      context_data: { reason: 'offer', priority: 2 },
    }),
  );
});

test('a context that arrives after its call was logged is attached to it', async () => {
  const customer = await newCustomer();
  const [id] = await logCalls(customer, {});
  const call_context_id = await save(customer, documented);
  expect(await onlyCall(customer)).toEqual(
    call({
      ...begun,
      id,
      number_did: '+33142685300',
      call_context_id,
      context_data: { reason: 'offer', priority: 2 },
    }),
  );
});

test('an outbound context needs the number called alone', async () => {
  const customer = await newCustomer();
  const call_context_id = await save(customer, {
    direction: 'outbound',
    number_to: '0612345678',
    start_time_utc: '2026-03-01T08:00:30Z',
    context_data: { campaign: 'spring' },
  });
  await logCalls(customer, { direction: 'outbound', number_from: '101', number_to: '+33612345678' });
  expect(await onlyCall(customer)).toEqual(
    call({
      ...begun,
      direction: 'outbound',
      number_from: '101',
      number_to: '+33612345678',
      call_context_id,
      context_data: { campaign: 'spring' },
    }),
  );
});

test('a report within two minutes updates the context: same id, data merged by key, the later wins', async () => {
  const customer = await newCustomer();
  const first = await save(customer, documented);
  const second = await save(customer, {
    direction: 'inbound',
    number_from: '06 12 34 56 78',
    start_time_utc: '2026-03-01T08:02:00Z',
    context_data: { reason: 'complaint', language: 'fr' },
  });
  expect(second).toBe(first);
  await logCalls(customer, {});
  expect((await onlyCall(customer)).context_data).toEqual({ reason: 'complaint', priority: 2, language: 'fr' });
});

test.each([
  ['direction', { direction: 'outbound', number_from: '+33142685300', number_to: '+33612345678' }],
  ['external number', { number_from: '+33698765432' }],
  ['reference', { start_time_reference: 'segment' }],
  ['kind of leg', { segment_dn_type: 'ivr' }],
  ['time', { start_time_utc: '2026-03-01T08:02:01Z' }],
])('another %s makes another context', async (_, other) => {
  const customer = await newCustomer();
  expect(await save(customer, { ...documented, ...other })).not.toBe(await save(customer, documented));
});

test('the same context of two customers is two contexts, and a call takes its own customer’s alone', async () => {
  const [one, two] = [await newCustomer(), await newCustomer()];
  expect(await save(one, documented)).not.toBe(await save(two, { ...documented, context_data: { secret: 'two' } }));
  await logCalls(one, {});
  expect((await onlyCall(one)).context_data).toEqual({ reason: 'offer', priority: 2 });
});

test.each(['extension', 'trunk', 'call_queue', 'voicemail', 'ivr', 'external_number', 'call_flow'])(
  'a context of a leg of type %s becomes a segment of its call',
  async (segment_dn_type) => {
    const customer = await newCustomer();
    await save(customer, {
      direction: 'Inbound',
      number_from: '0612345678',
      number_to: '800',
      start_time_utc: '2026-03-01T08:01:00Z',
      start_time_reference: 'Segment',
      segment_dn_type: segment_dn_type.toUpperCase(),
    });
    await logCalls(customer, { end_time_utc: '2026-03-01T08:03:00Z' });
    const { segments, call_context_id } = await onlyCall(customer);
    expect({ segments, call_context_id }).toEqual({
      call_context_id: null,
      segments: [
        {
          id: anyId,
          order: 1,
          dn_type: segment_dn_type,
          dn: '800',
          display_name: null,
          answered: true,
          start_time: '2026-03-01T08:01:00Z',
          answer_time: null,
          end_time: '2026-03-01T08:03:00Z',
        },
      ],
    });
  },
);

const inbound = 'direction=inbound&number_from=0612345678&start_time_utc=2026-03-01T08:00:00Z';

test.each([
  ['a list', { context_data: [{ key: ' a ', value: ' 1 ' }] }, { a: '1' }],
  ['an object', { context_data: { a: 1, b: [true, { c: null }] } }, { a: 1, b: [true, { c: null }] }],
  [
    'in our own words',
    { context_data: { status: 'MISSED', direction: 'NORTH' } },
    { status: 'MISSED', direction: 'NORTH' },
  ],
  ['JSON as text', { context_data: '{"a":"1"}' }, { a: '1' }],
  ['a form of keys and values', `${inbound}&context_data[0][key]=a&context_data[0][value]=1`, { a: '1' }],
  ['a form of names', `${inbound}&context_data[a]=1&context_data%5Bb%5D=x+y`, { a: '1', b: 'x y' }],
  ['nothing', { context_data: '' }, {}],
  ['an unfilled variable', { context_data: '[ContextData]' }, {}],
])('context data may be %s', async (_, sent, kept) => {
  const customer = await newCustomer();
  await save(customer, typeof sent === 'string' ? sent : { ...documented, ...sent });
  await logCalls(customer, {});
  expect((await onlyCall(customer)).context_data ?? {}).toEqual(kept);
});

test.each(['', '[Number]', 'anonymous'])('a caller who is sent as "%s" has hidden the number', async (number_from) => {
  const customer = await newCustomer();
  const id = await save(customer, { ...documented, number_from });
  await logCalls(customer, { number_from: 'private' });
  expect((await onlyCall(customer)).call_context_id).toBe(id);
});

test.each<[string, object, Record<string, string>]>([
  ['without a direction', {}, { direction: 'The direction field is required.' }],
  [
    'without the number of an inbound call',
    { direction: 'inbound' },
    { number_from: 'The number from field is required when direction is inbound.' },
  ],
  [
    'without the number of an outbound call',
    { direction: 'outbound', number_from: '101', number_to: undefined },
    { number_to: 'The number to field is required when direction is outbound.' },
  ],
  [
    'of an internal call',
    { direction: 'internal', number_from: '101', number_to: '102' },
    { direction: 'The selected direction is invalid.' },
  ],
  [
    'with many broken fields, all reported at once',
    {
      ...documented,
      source: 'a'.repeat(256),
      start_time_utc: 'soon',
      start_time_reference: 'leg',
      segment_dn_type: 'fax',
      context_data: [{ value: 'x' }, { key: 'a\0', value: 1 }, { key: 'b', value: '\ud800' }],
    },
    {
      source: 'The source field must not be greater than 255 characters.',
      start_time_utc: 'The start time utc field must match the format YYYY-MM-DDTHH:MM:SSZ.',
      start_time_reference: 'The selected start time reference is invalid.',
      segment_dn_type: 'The selected segment dn type is invalid.',
      'context_data.0.key': 'The context data.0.key field is required.',
      'context_data.1.key': 'The context data.1.key field must be valid text.',
      'context_data.2.value': 'The context data.2.value field must be valid text.',
    },
  ],
  [
    'whose data is neither list nor object',
    { ...documented, context_data: 'offer' },
    { context_data: 'The context data field must be a list of keys and values.' },
  ],
])('a context %s is refused, and nothing is stored', async (_, body, errors) => {
  const customer = await newCustomer();
  const answer = await customer.rest('POST', paths.context, { body });
  expect(statusAndBody(answer)).toEqual({ status: 400, body: refusedFields(errors) });
  expect(await store.operator.callContext.count({ where: { customerId: customer.id } })).toBe(0);
});
