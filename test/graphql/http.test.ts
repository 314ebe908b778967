import type { Audit } from 'graphql-http';
import { describe, expect, test } from 'vitest';
import { auditsOf, withToken } from '../support/audits.ts';
import { app, newCustomer } from '../support/world.ts';

const url = 'http://test.local/graphql';

const customer = await newCustomer();
const strangers = auditsOf(url, (request) => app.fetch(request));
const customers = auditsOf(url, (request) => app.fetch(withToken(customer.token, request)));

test('there are 61 audits of GraphQL over HTTP', () => {
  expect(strangers).toHaveLength(61);
});

describe.each<[string, Audit[]]>([
  ['without a token', strangers],
  ['with a token', customers],
])('GraphQL over HTTP, %s', (_, audits) => {
  test.each(audits)('$id: $name', async ({ id, name, fn }) => {
    expect(await fn()).toEqual({ id, name, status: 'ok' });
  });
});
