import { type Audit, serverAudits } from 'graphql-http';
import { describe, expect, test } from 'vitest';
import { app, newCustomer } from '../support/world.ts';

const url = 'http://test.local/graphql';

const withToken =
  (token: string): typeof fetch =>
  async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('authorization', `Bearer ${token}`);
    return app.fetch(new Request(input, { ...init, headers }));
  };

const customer = await newCustomer();
const strangers = serverAudits({ url, fetchFn: async (input, init) => app.fetch(new Request(input, init)) } as Options);
const customers = serverAudits({ url, fetchFn: withToken(customer.token) } as Options);
type Options = { url: string; fetchFn: typeof fetch };

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
