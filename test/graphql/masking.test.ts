import pino from 'pino';
import { expect, test } from 'vitest';
import { DomainError } from '../../src/errors.ts';
import { connectorOf, graphql, newCustomer, rest, serve } from '../support/world.ts';

const search = 'query { contactSearch(phone: "0612345678") { match { kind } } }';

/** A server whose only connector fails in one way, and the lines that it logs at `error`. */
function failing(error: unknown) {
  const lines: { level: number; requestId: string; msg: string; err?: { message: string } }[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const native = connectorOf({
    searchContacts: async () => {
      throw error;
    },
  });
  return { app: serve({ connectors: { native }, log }), lines };
}

test('what nobody expected is masked, named by its request, and logged once', async () => {
  const { app, lines } = failing(new TypeError('secret detail'));
  const customer = await newCustomer({ app });
  const { status, headers, body } = await customer.graphql(search);
  const requestId = headers.get('x-request-id');
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      data: null,
      errors: [
        {
          message: 'Internal server error.',
          path: ['contactSearch'],
          locations: [{ line: 1, column: 9 }],
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
        },
      ],
    },
  });
  expect(lines).toEqual([
    expect.objectContaining({
      requestId,
      msg: 'request failed',
      err: expect.objectContaining({ message: 'secret detail' }),
    }),
  ]);
});

test('a thrown value that is no error is masked as well', async () => {
  const { app, lines } = failing('a bare string with a secret');
  const customer = await newCustomer({ app });
  const { body } = await customer.graphql(search);
  expect(body.errors?.map(({ message, extensions }) => [message, extensions.code])).toEqual([
    ['Internal server error.', 'INTERNAL_SERVER_ERROR'],
  ]);
  expect(lines).toHaveLength(1);
});

test('an expected failure is told as it is, and is nobody’s bug', async () => {
  const { app, lines } = failing(new DomainError('CONNECTOR_UNAVAILABLE', 'The CRM does not answer.'));
  const customer = await newCustomer({ app });
  const { status, body } = await customer.graphql(search);
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      data: null,
      errors: [
        {
          message: 'The CRM does not answer.',
          path: ['contactSearch'],
          locations: [{ line: 1, column: 9 }],
          extensions: { code: 'CONNECTOR_UNAVAILABLE' },
        },
      ],
    },
  });
  expect(lines).toEqual([]);
});

test('the REST face masks and logs the same failure once', async () => {
  const { app, lines } = failing(new TypeError('secret detail'));
  const customer = await newCustomer({ app });
  const path = '/api/crm/lookup/contacts/search?phone=0612345678';
  const { status, headers, body } = await rest('GET', path, { app, token: customer.token });
  expect(status).toBe(500);
  expect(JSON.stringify(body)).not.toContain('secret');
  expect(lines.map(({ requestId }) => requestId)).toEqual([headers.get('x-request-id')]);
});

test.each([
  ['a syntax error', '{ viewer'],
  ['an unknown field', '{ colour }'],
  ['a missing variable', 'query ($id: ID!) { contact(id: $id) { id } }'],
  ['an empty document', ''],
])('%s is the caller’s mistake, not ours', async (_, query) => {
  const { app, lines } = failing(new Error('never called'));
  const customer = await newCustomer({ app });
  const headers = { accept: 'application/graphql-response+json' };
  const { status, body } = await graphql(query, {}, { app, token: customer.token, headers });
  expect(status).toBe(400);
  expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual([
    expect.stringMatching(/^(BAD_USER_INPUT|GRAPHQL_PARSE_FAILED|GRAPHQL_VALIDATION_FAILED)$/),
  ]);
  expect(lines).toEqual([]);
});
