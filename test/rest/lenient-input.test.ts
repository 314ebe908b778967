import { expect, test } from 'vitest';
import { paths, refusedFields, report, savedCall, savedContext, statusAndBody } from '../support/rest.ts';
import { newCustomer } from '../support/world.ts';

const sides = (external: string, internal: string) => ({ number_external: external, number_internal: internal });

async function save(fields: object) {
  const customer = await newCustomer();
  return customer.rest('POST', paths.calls, { body: { ...report, ...fields } });
}

const refusal = (name: string, what: string) => ({
  status: 400,
  body: refusedFields({ [name]: `The ${name.replaceAll('_', ' ')} field ${what}.` }),
});

test.each([
  [180, 180],
  [0, 0],
  ['180', 180],
  [' 180 ', 180],
  ['03:00', 180],
  ['3:00', 180],
  ['90:00', 5400],
  ['00:03:00', 180],
  ['0:03:00', 180],
  ['1.00:03:00', 86_580],
  ['00:03:00.5000000', 180],
  ['PT3M', 180],
  ['PT1H2M3S', 3723],
  ['P1DT1S', 86_401],
  ['pt3m', 180],
  ['604800', 604_800],
])('the duration %j is %i seconds', async (duration, seconds) => {
  expect(statusAndBody(await save({ duration }))).toEqual({ status: 201, body: savedCall({ duration: seconds }) });
});

test.each([-1, '-5', '3m', 'PT', 'P', '1:2', '1:2:3:4', 604_801, '8.00:00:00', '١٢', true])(
  'the duration %j is refused',
  async (duration) => {
    expect(statusAndBody(await save({ duration }))).toEqual(refusal('duration', 'must be a valid duration'));
  },
);

test.each([
  ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z'],
  ['2026-03-01t10:00:00z', '2026-03-01T10:00:00Z'],
  ['2026-03-01T10:00:00', '2026-03-01T10:00:00Z'],
  ['2026-03-01 10:00:00', '2026-03-01T10:00:00Z'],
  ['2026-03-01T10:00Z', '2026-03-01T10:00:00Z'],
  ['2026-03-01 10:00', '2026-03-01T10:00:00Z'],
  ['2026-03-01T10:00:00.9999999Z', '2026-03-01T10:00:00Z'],
  ['2026-03-01T12:00:00+02:00', '2026-03-01T10:00:00Z'],
  ['2026-03-01T04:30:00.123-05:30', '2026-03-01T10:00:00Z'],
  ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00Z'],
  ['2100-12-31T23:59:59Z', '2100-12-31T23:59:59Z'],
])('the time %s is %s', async (start_time_utc, start_time) => {
  expect(statusAndBody(await save({ start_time_utc }))).toEqual({ status: 201, body: savedCall({ start_time }) });
});

test.each([
  '31.12.2026 10:00',
  '12/31/2026 10:00',
  '2026-03-01',
  '2026-02-30T10:00:00Z',
  '2026-13-01T10:00:00Z',
  '2026-03-01T25:00:00Z',
  '1969-12-31T23:59:59Z',
  '2101-01-01T00:00:00Z',
  '1772359200',
  'now',
])('the time %s is refused', async (start_time_utc) => {
  const expected = refusal('start_time_utc', 'must match the format YYYY-MM-DDTHH:MM:SSZ');
  expect(statusAndBody(await save({ start_time_utc }))).toEqual(expected);
});

test.each([
  [true, true],
  [false, false],
  [1, true],
  [0, false],
  ['true', true],
  ['True', true],
  ['FALSE', false],
  ['1', true],
  ['0', false],
])('answered: %j is %j', async (answered, read) => {
  const status = read ? 'busy' : 'completed';
  expect(statusAndBody(await save({ status, answered }))).toEqual({
    status: 201,
    body: savedCall({ status, answered: read }),
  });
});

test.each(['yes', 'on', 2, 'vrai'])('answered: %j is refused', async (answered) => {
  expect(statusAndBody(await save({ answered }))).toEqual(refusal('answered', 'must be true or false'));
});

test.each([
  ['INBOUND', 'Completed', 'inbound', 'completed', true],
  ['inBound', 'NO-ANSWER', 'inbound', 'no-answer', false],
  ['Internal', 'mIsSeD', 'internal', 'Missed', false],
])('the enumerations %s and %s are read in any case', async (sent, sentStatus, direction, status, answered) => {
  expect(statusAndBody(await save({ direction: sent, status: sentStatus }))).toEqual({
    status: 201,
    body: savedCall({ direction, status, answered }),
  });
});

test.each(['', '   ', null, '[Transcription]', '[Contact::CustomValue]', ' [Number] '])(
  'the value %j counts as absent, wherever it may be',
  async (nothing) => {
    const absent = Object.fromEntries(
      [
        ...['source', 'answered', 'duration', 'start_time_utc', 'end_time_utc', 'subject', 'body', 'recording_url'],
        ...['agent_email', 'queue_extension', 'number_did', 'entity_id', 'entity_type', 'transcription', 'summary'],
      ].map((name) => [name, nothing]),
    );
    expect(statusAndBody(await save(absent))).toEqual({ status: 201, body: savedCall() });
    expect(statusAndBody(await save({ direction: nothing }))).toEqual(refusal('direction', 'is required'));
  },
);

test('text is trimmed, numbers are taken for text, and unknown keys are ignored', async () => {
  const sent = {
    subject: '  Offer\n',
    queue_extension: 800,
    number_from: 33612345678,
    number_to: 101,
    foo: { bar: 1 },
  };
  expect(statusAndBody(await save(sent))).toEqual({
    status: 201,
    body: savedCall({ subject: 'Offer', queue_extension: '800' }),
  });
});

test('text is kept as it is: emoji, brackets within, line breaks, markup', async () => {
  const body = 'Grüße 👩‍👩‍👧 [see notes]\n<br/> \' " \\ %_ \u202e';
  expect(statusAndBody(await save({ body }))).toEqual({ status: 201, body: savedCall({ body }) });
});

test('long text may be 64 KB long', async () => {
  const long = { body: 'é'.repeat(65_536), transcription: 't'.repeat(65_536) };
  expect(statusAndBody(await save(long))).toEqual({ status: 201, body: savedCall(long) });
});

test.each(['anonymous', 'Unknown', 'private', 'withheld', 'sip:anonymous@anonymous.invalid'])(
  'the hidden caller %s is a real call',
  async (number_from) => {
    const hidden = { number_from: 'anonymous', number_external: 'anonymous' };
    expect(statusAndBody(await save({ number_from }))).toEqual({ status: 201, body: savedCall(hidden) });
  },
);

test.each(['', ' ', null, '[Number]'])('an external number that is sent as %j is a hidden caller', async (nothing) => {
  const hidden = { number_from: 'anonymous', number_external: 'anonymous' };
  expect(statusAndBody(await save({ number_from: nothing }))).toEqual({ status: 201, body: savedCall(hidden) });
  const external = { number_from: undefined, number_to: undefined, ...sides(nothing as string, '101') };
  expect(statusAndBody(await save(external))).toEqual({ status: 201, body: savedCall(hidden) });
  const outbound = { direction: 'outbound', number_from: '101', number_to: nothing };
  expect(statusAndBody(await save(outbound))).toEqual({
    status: 201,
    body: savedCall({
      direction: 'outbound',
      number_from: '101',
      number_to: 'anonymous',
      ...sides('anonymous', '101'),
    }),
  });
});

test('an internal number that is sent empty is not a hidden caller', async () => {
  expect(statusAndBody(await save({ number_to: '' }))).toEqual(
    refusal('number_to', 'is required when number from is present'),
  );
});

test('a form means what the same JSON means', async () => {
  const customer = await newCustomer();
  const fields = { ...report, answered: 'False', duration: '00:03:00', subject: ' A & B = 100% ', body: '[Body]' };
  const answer = await customer.rest('POST', paths.calls, { body: new URLSearchParams(fields).toString() });
  expect(statusAndBody(answer)).toEqual({
    status: 201,
    body: savedCall({ answered: false, duration: 180, subject: 'A & B = 100%' }),
  });
});

test('a number in a form may have lost its plus', async () => {
  const customer = await newCustomer();
  const body = 'direction=inbound&status=completed&number_from=+33612345678&number_to=101';
  const answer = await customer.rest('POST', paths.calls, { body });
  expect(statusAndBody(answer)).toEqual({ status: 201, body: savedCall() });
});

test.each([
  ['POST', `${paths.calls}/`, report, 201],
  ['GET', `${paths.calls}/`, undefined, 200],
  ['GET', `${paths.search}/?phone=0612345678`, undefined, 200],
  ['POST', `${paths.contacts}/`, { last_name: 'Durand' }, 201],
  ['POST', `${paths.chats}/`, { email: 'anne@example.com' }, 201],
])('%s %s is the same route with its trailing slash', async (method, path, body, status) => {
  const customer = await newCustomer();
  expect((await customer.rest(method, path, { body })).status).toBe(status);
});

test('the context routes may end with a slash too', async () => {
  const customer = await newCustomer();
  const { token, tokenSecret } = await customer.contextToken();
  const body = { direction: 'inbound', number_from: '0612345678' };
  for (const path of [`${paths.context}/`, `/api/crm/phone-calls-context/${token}/${tokenSecret}/`]) {
    expect(statusAndBody(await customer.rest('POST', path, { body }))).toEqual({ status: 201, body: savedContext });
  }
});
