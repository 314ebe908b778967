import { expect, test } from 'vitest';
import { paths, refusedQuery, report, statusAndBody } from '../support/rest.ts';
import { app, newCustomer, rest } from '../support/world.ts';

test('a refusal names every broken field at once, in the body that Laravel gives', async () => {
  const customer = await newCustomer();
  const answer = await customer.rest('POST', paths.contacts, { body: { email: 'anne', call_direction: 'sideways' } });
  expect(statusAndBody(answer)).toEqual({
    status: 400,
    body: {
      response: 'bad request: please check body parameters.',
      hint: [
        'The last name field is required.',
        'The email field must be a valid email address.',
        'The selected call direction is invalid.',
      ],
      message: 'The last name field is required. (and 2 more errors)',
      error: 'validation_failed',
      errors: {
        last_name: ['The last name field is required.'],
        email: ['The email field must be a valid email address.'],
        call_direction: ['The selected call direction is invalid.'],
      },
    },
  });
});

test('a refusal of one field is the documented example', async () => {
  const customer = await newCustomer();
  expect(statusAndBody(await customer.rest('POST', paths.contacts, { body: {} }))).toEqual({
    status: 400,
    body: {
      response: 'bad request: please check body parameters.',
      hint: ['The last name field is required.'],
      message: 'The last name field is required.',
      error: 'validation_failed',
      errors: { last_name: ['The last name field is required.'] },
    },
  });
});

const malformed = (hint: string) => ({
  response: 'bad request: please check body parameters.',
  hint: [hint],
  message: hint,
  error: 'malformed_json',
  errors: {},
});

test.each([
  ['{"last_name":', 'The request body must be valid JSON.'],
  ["{'last_name':'Durand'}", 'The request body must be valid JSON.'],
  ['[{"last_name":"Durand"}]', 'The request body must be a JSON object.'],
  ['"Durand"', 'The request body must be a JSON object.'],
  ['null', 'The request body must be a JSON object.'],
  ['42', 'The request body must be a JSON object.'],
  [`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`, 'The request body is nested too deeply.'],
])('the body %s is malformed', async (body, hint) => {
  const customer = await newCustomer();
  const answer = await customer.rest('POST', paths.contacts, { body, headers: { 'content-type': 'application/json' } });
  expect(statusAndBody(answer)).toEqual({ status: 400, body: malformed(hint) });
});

test.each([
  [
    'filter[foo]=1',
    'Requested filter(s) `foo` are not allowed. Allowed filter(s) are `direction, status, answered, number_from, number_to, number_did, start_time, end_time, agent_email, subject`.',
  ],
  [
    'filter[foo]=1&filter[direction]=inbound&filter[bar]=2',
    'Requested filter(s) `foo, bar` are not allowed. Allowed filter(s) are `direction, status, answered, number_from, number_to, number_did, start_time, end_time, agent_email, subject`.',
  ],
  [
    'sort=duration',
    'Requested sort(s) `duration` is not allowed. Allowed sort(s) are `start_time, end_time, created_at, updated_at`.',
  ],
  [
    'sort=-start_time,-duration',
    'Requested sort(s) `duration` is not allowed. Allowed sort(s) are `start_time, end_time, created_at, updated_at`.',
  ],
  ['include=agents', 'Requested include(s) `agents` are not allowed. Allowed include(s) are `segments, logs`.'],
  ['filter[direction]=sideways', 'The selected direction is invalid.'],
  ['filter[direction]=inbound,sideways', 'The selected direction is invalid.'],
  ['filter[status]=gone', 'The selected status is invalid.'],
  ['filter[answered]=perhaps', 'The selected answered is invalid.'],
  ['filter[answered]=constructor', 'The selected answered is invalid.'],
  ['filter[start_time]=yesterday', 'The selected start time is invalid.'],
  ['filter[start_time]=01.03.2026', 'The selected start time is invalid.'],
  ['filter[end_time]=2026-03-01,2026-03-02,2026-03-03', 'The selected end time is invalid.'],
  ['filter[end_time]=2026-02-30', 'The selected end time is invalid.'],
  ['filter[end_time]=>2100-12-31', 'The selected end time is invalid.'],
  ['filter[end_time]=<1970-01-01', 'The selected end time is invalid.'],
  ['filter[end_time]=,', 'The selected end time is invalid.'],
  ['filter[number_to]=,', 'The selected number to is invalid.'],
  [`filter[number_did]=101,${'1'.repeat(65)}`, 'The selected number did is invalid.'],
  [`filter[agent_email]=${'a'.repeat(255)}`, 'The selected agent email is invalid.'],
  ['filter[subject]=%00', 'The selected subject is invalid.'],
  ['filter[number_from][]=0612345678', 'The selected number from is invalid.'],
])('the query %s is refused', async (query, message) => {
  const customer = await newCustomer();
  const answer = await customer.rest('GET', `${paths.calls}?${query}`);
  expect(statusAndBody(answer)).toEqual({ status: 400, body: refusedQuery(message) });
});

test.each([
  ['GET', '/api/x', 'api/x'],
  ['POST', '/api/x/', 'api/x'],
  ['GET', '/api/crm/lookup', 'api/crm/lookup'],
  ['GET', '/api/crm/lookup/contacts/1', 'api/crm/lookup/contacts/1'],
])('%s %s is not found, with or without a token', async (method, path, route) => {
  const { token } = await newCustomer();
  for (const sent of [token, null, 'crm_bad']) {
    expect(statusAndBody(await rest(method, path, { token: sent }))).toEqual({
      status: 404,
      body: { message: `The route ${route} could not be found.`, error: 'not_found' },
    });
  }
});

test.each([
  ['PUT', paths.search, 'GET, HEAD'],
  ['POST', paths.search, 'GET, HEAD'],
  ['GET', paths.contacts, 'POST'],
  ['DELETE', paths.calls, 'GET, HEAD, POST'],
  ['PATCH', `${paths.calls}/`, 'GET, HEAD, POST'],
  ['GET', paths.context, 'POST'],
  ['GET', paths.chats, 'POST'],
])('%s %s is not a method of that route, and the answer says which are', async (method, path, allowed) => {
  const answer = await rest(method, path);
  expect(statusAndBody(answer)).toEqual({
    status: 405,
    body: {
      message: `The ${method} method is not supported for route ${path.replace(/^\/|\/$/g, '')}. Supported methods: ${allowed}.`,
      error: 'method_not_allowed',
    },
  });
  expect(answer.headers.get('allow')).toBe(allowed);
});

test('HEAD answers like GET, without a body', async () => {
  const customer = await newCustomer();
  const answer = await customer.rest('HEAD', paths.calls);
  expect(statusAndBody(answer)).toEqual({ status: 200, body: null });
});

const large = { last_name: 'Durand', ignored: 'a'.repeat(256 * 1024) };

test('a body past the limit is refused, whether or not its length was announced', async () => {
  const customer = await newCustomer();
  const tooLarge = {
    status: 413,
    body: { message: 'The POST data is too large.', error: 'payload_too_large' },
  };
  expect(statusAndBody(await customer.rest('POST', paths.contacts, { body: large }))).toEqual(tooLarge);
  const headers = { 'content-length': String(JSON.stringify(large).length) };
  expect(statusAndBody(await customer.rest('POST', paths.contacts, { body: large, headers }))).toEqual(tooLarge);
});

test('the token is looked at before the body: 401 for a stranger’s large, malformed or strange body', async () => {
  const unauthenticated = { status: 401, body: { message: 'Unauthenticated.', error: 'unauthenticated' } };
  const json = { 'content-type': 'application/json' };
  expect(statusAndBody(await rest('POST', paths.contacts, { body: large }))).toEqual(unauthenticated);
  expect(statusAndBody(await rest('POST', paths.contacts, { body: '{', headers: json }))).toEqual(unauthenticated);
  const xml = { 'content-type': 'application/xml' };
  expect(statusAndBody(await rest('POST', paths.contacts, { body: '<a/>', headers: xml }))).toEqual(unauthenticated);
});

test.each(['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'application/vnd.api+json'])(
  'a body of type %s is refused',
  async (type) => {
    const customer = await newCustomer();
    const answer = await customer.rest('POST', paths.calls, {
      body: JSON.stringify(report),
      headers: { 'content-type': type },
    });
    expect(statusAndBody(answer)).toEqual({
      status: 415,
      body: {
        message: 'The request body must be application/json or application/x-www-form-urlencoded.',
        error: 'unsupported_media_type',
      },
    });
  },
);

test('a type without a body is not held against the caller', async () => {
  const customer = await newCustomer();
  const answer = await customer.rest('POST', paths.contacts, { headers: { 'content-type': 'text/plain' } });
  expect(answer.status).toBe(400);
  expect(answer.body.error).toBe('validation_failed');
});

test('two Authorization headers are one too many, even if both are good', async () => {
  const { token } = await newCustomer();
  const headers = new Headers({ authorization: `Bearer ${token}` });
  headers.append('authorization', `Bearer ${token}`);
  const response = await app.fetch(new Request(`http://test.local${paths.calls}`, { headers }));
  expect({ status: response.status, body: await response.json() }).toEqual({
    status: 400,
    body: { message: 'Only one Authorization header may be sent.', error: 'invalid_request' },
  });
});

test('answers are JSON and bear a request id, whatever the caller accepts and whatever went wrong', async () => {
  const customer = await newCustomer();
  const headers = { accept: 'text/html' };
  const answers = [
    await customer.rest('GET', paths.calls, { headers }),
    await customer.rest('GET', `${paths.calls}?include=x`, { headers }),
    await rest('GET', paths.calls, { headers }),
    await rest('GET', '/api/x', { headers }),
    await rest('PUT', paths.calls, { headers }),
    await rest('POST', '/api/crm/phone-calls-context/a/b', { headers }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 400, 401, 404, 405, 404]);
  for (const answer of answers) {
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  }
  expect(new Set(answers.map((answer) => answer.headers.get('x-request-id'))).size).toBe(answers.length);
});
