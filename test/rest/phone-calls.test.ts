import { expect, test } from 'vitest';
import { anyTime, call, newContact, paths, refusedFields, report, savedCall, statusAndBody } from '../support/rest.ts';
import { newCustomer, store } from '../support/world.ts';

const documented = {
  direction: 'inbound',
  status: 'completed',
  number_from: '+33612345678',
  number_to: '101',
  number_external: '+33612345678',
  number_internal: '101',
  source: '3CX',
  answered: true,
  duration: 180,
  start_time_utc: '2026-03-01T10:00:00Z',
  end_time_utc: '2026-03-01T10:03:00Z',
  subject: 'Offer',
  body: 'Wants a better offer.',
  recording_url: 'https://pbx.example/recordings/1.wav',
  agent_first_name: 'Marc',
  agent_last_name: 'Petit',
  agent_email: 'marc.petit@example.com',
  queue_extension: '800',
};

test('the documented body is answered whole, without segments or logs', async () => {
  const customer = await newCustomer();
  const { start_time_utc: start_time, end_time_utc: end_time, ...fields } = documented;
  const answer = await customer.rest('POST', paths.calls, { body: documented });
  expect(statusAndBody(answer)).toEqual({ status: 201, body: savedCall({ ...fields, start_time, end_time }) });
  expect(answer.headers.get('idempotency-replayed')).toBeNull();
});

test('what is taken beyond the documentation comes back too', async () => {
  const customer = await newCustomer();
  const more = {
    number_did: '+33142685300',
    entity_id: 'lead-7',
    entity_type: 'Leads',
    transcription: 'Hello?',
    summary: 'A greeting.',
    sentiment: 'positive',
  };
  const answer = await customer.rest('POST', paths.calls, { body: { ...report, ...more } });
  expect(statusAndBody(answer)).toEqual({ status: 201, body: savedCall(more) });
});

const pair = (from: string, to: string) => ({ number_from: from, number_to: to });
const sides = (external: string, internal: string) => ({ number_external: external, number_internal: internal });

test.each([
  ['inbound', pair('0612345678', '101'), { ...pair('+33612345678', '101'), ...sides('+33612345678', '101') }],
  ['inbound', sides('0612345678', '101'), { ...pair('+33612345678', '101'), ...sides('+33612345678', '101') }],
  ['outbound', pair('101', '0612345678'), { ...pair('101', '+33612345678'), ...sides('+33612345678', '101') }],
  ['outbound', sides('0612345678', '101'), { ...pair('101', '+33612345678'), ...sides('+33612345678', '101') }],
  ['internal', pair('101', '102'), { ...pair('101', '102'), ...sides('101', '102') }],
])('an %s call with %j has both pairs', async (direction, numbers, all) => {
  const customer = await newCustomer();
  const answer = await customer.rest('POST', paths.calls, { body: { direction, status: 'completed', ...numbers } });
  expect(statusAndBody(answer)).toEqual({ status: 201, body: savedCall({ direction, ...all }) });
});

test.each([
  ['completed', true],
  ['failed', false],
  ['busy', false],
  ['no-answer', false],
  ['Missed', false],
  ['Notanswered', false],
])('the status %s is answered in this spelling, and tells whether the call was answered', async (status, answered) => {
  const customer = await newCustomer();
  const answer = await customer.rest('POST', paths.calls, { body: { ...report, status: status.toUpperCase() } });
  expect(statusAndBody(answer)).toEqual({ status: 201, body: savedCall({ status, answered }) });
});

test('what the caller tells of the answer and the duration is believed', async () => {
  const customer = await newCustomer();
  const body = {
    ...report,
    status: 'Missed',
    answered: true,
    duration: 7,
    start_time_utc: '2026-03-01T10:00:00Z',
    end_time_utc: '2026-03-01T10:03:00Z',
  };
  const { call: saved } = (await customer.rest('POST', paths.calls, { body })).body;
  expect([saved.answered, saved.duration]).toEqual([true, 7]);
});

test('without a duration, it is the time from start to end', async () => {
  const customer = await newCustomer();
  const [start_time, end_time] = ['2026-03-01T10:00:00Z', '2026-03-01T10:03:20Z'];
  const body = { ...report, start_time_utc: start_time, end_time_utc: end_time };
  const answer = await customer.rest('POST', paths.calls, { body });
  expect(answer.body).toEqual(savedCall({ start_time, end_time, duration: 200 }));
});

test('numbers are shown in E.164 where they parse, and as sent where not', async () => {
  const customer = await newCustomer();
  const numbers = { ...sides('06 12 34 56 78', '101'), number_did: '3631' };
  const { body } = await customer.rest('POST', paths.calls, {
    body: { direction: 'inbound', status: 'busy', ...numbers },
  });
  expect(body).toEqual(savedCall({ status: 'busy', answered: false, number_did: '3631' }));
});

test('a call is of the contact that it names, else of the only one with the number, else of nobody', async () => {
  const customer = await newCustomer();
  const named = await newContact(customer, { last_name: 'Martin' });
  const only = await newContact(customer, { phone: '0612345678' });
  const save = async (more: object) => {
    const { body } = await customer.rest('POST', paths.calls, { body: { ...report, ...more } });
    return [body.call.contact_id, body.call.entity_id];
  };
  expect(await save({ start_time_utc: '2026-03-01T10:00:00Z' })).toEqual([only, null]);
  expect(await save({ start_time_utc: '2026-03-01T11:00:00Z', entity_id: named })).toEqual([named, named]);
  expect(await save({ number_from: '0699999999' })).toEqual([null, null]);
  await newContact(customer, { last_name: 'Second', phone: '0612345678' });
  expect(await save({ start_time_utc: '2026-03-01T12:00:00Z' })).toEqual([null, null]);
});

test('a placeholder’s id means nobody, another customer’s contact is not one of ours', async () => {
  const [customer, other] = [await newCustomer(), await newCustomer()];
  const search = await customer.rest('GET', `${paths.search}?phone=0612345678`);
  const placeholder = search.body.contacts[0].id;
  const foreign = await newContact(other, { phone: '0612345678' });
  const first = await customer.rest('POST', paths.calls, { body: { ...report, entity_id: placeholder } });
  expect(first.body).toEqual(savedCall());
  const body = { ...report, number_to: '102', entity_id: foreign };
  const second = await customer.rest('POST', paths.calls, { body });
  expect(second.body).toEqual(savedCall({ number_to: '102', number_internal: '102', entity_id: foreign }));
});

test('the same report of two customers is two calls, each seen by its own customer alone', async () => {
  const [one, two] = [await newCustomer(), await newCustomer()];
  const first = await one.rest('POST', paths.calls, { body: documented });
  const second = await two.rest('POST', paths.calls, { body: documented });
  expect(second.headers.get('idempotency-replayed')).toBeNull();
  expect(second.body.call.id).not.toBe(first.body.call.id);
  for (const [customer, { body }] of [[one, first] as const, [two, second] as const]) {
    const list = await customer.rest('GET', paths.calls);
    expect(list.body.data).toEqual([call({ ...body.call, created_at: anyTime, updated_at: anyTime })]);
  }
});

const noPair = { number_from: 'The number from field is required when number external is not present.' };

test.each<[string, object, Record<string, string>]>([
  [
    'without anything',
    {},
    { direction: 'The direction field is required.', status: 'The status field is required.', ...noPair },
  ],
  ['without any number', { direction: 'inbound', status: 'completed' }, noPair],
  [
    'without the number to',
    { ...report, number_to: undefined },
    { number_to: 'The number to field is required when number from is present.' },
  ],
  [
    'without the number from',
    { ...report, number_from: undefined },
    { number_from: 'The number from field is required when number to is present.' },
  ],
  [
    'without the internal number',
    { ...report, number_external: '0612345678' },
    { number_internal: 'The number internal field is required when number external is present.' },
  ],
  [
    'without the external number',
    { direction: 'inbound', status: 'completed', number_internal: '101' },
    { number_external: 'The number external field is required when number internal is present.' },
  ],
  [
    'with a strange direction',
    { ...report, direction: 'sideways' },
    { direction: 'The selected direction is invalid.' },
  ],
  ['with a strange status', { ...report, status: 'gone' }, { status: 'The selected status is invalid.' }],
  [
    'that ends before it starts',
    { ...report, start_time_utc: '2026-03-01T10:00:00Z', end_time_utc: '2026-03-01T09:59:59Z' },
    { end_time_utc: 'The end time utc field must be a date after or equal to start time utc.' },
  ],
  [
    'with many broken fields, all reported at once',
    {
      ...report,
      source: '\ud800',
      answered: 'perhaps',
      duration: 'long',
      start_time_utc: '01.03.2026 10:00',
      end_time_utc: 'soon',
      subject: 'a'.repeat(256),
      body: 'a'.repeat(65_537),
      recording_url: 'ftp://pbx.example/1.wav',
      summary: 'a\0b',
      agent_email: 'marc',
    },
    {
      source: 'The source field must be valid text.',
      answered: 'The answered field must be true or false.',
      duration: 'The duration field must be a valid duration.',
      start_time_utc: 'The start time utc field must match the format YYYY-MM-DDTHH:MM:SSZ.',
      end_time_utc: 'The end time utc field must match the format YYYY-MM-DDTHH:MM:SSZ.',
      subject: 'The subject field must not be greater than 255 characters.',
      body: 'The body field must not be greater than 65536 characters.',
      recording_url: 'The recording url field must be a valid URL.',
      summary: 'The summary field must be valid text.',
      agent_email: 'The agent email field must be a valid email address.',
    },
  ],
])('a call %s is refused, and nothing is stored', async (_, body, errors) => {
  const customer = await newCustomer();
  const answer = await customer.rest('POST', paths.calls, { body });
  expect(statusAndBody(answer)).toEqual({ status: 400, body: refusedFields(errors) });
  expect(await store.operator.phoneCall.count({ where: { customerId: customer.id } })).toBe(0);
});

test.each(['javascript:alert(1)', 'file:///etc/passwd', 'pbx.example/1.wav', '//pbx.example/1.wav'])(
  'the recording address %s is refused',
  async (recording_url) => {
    const customer = await newCustomer();
    const answer = await customer.rest('POST', paths.calls, { body: { ...report, recording_url } });
    expect(statusAndBody(answer)).toEqual({
      status: 400,
      body: refusedFields({ recording_url: 'The recording url field must be a valid URL.' }),
    });
  },
);
