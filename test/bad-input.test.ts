import { expect, test } from 'vitest';
import { tryBadRequests } from './support/try-bad-requests.ts';
import { app, newCustomer } from './support/world.ts';

/** Set BAD_INPUT_SEED to try other requests, or to repeat those of a failure. */
const seed = Number(process.env.BAD_INPUT_SEED ?? 20_260_101);
const requests = 5000;

test(`${requests} bad requests: none breaks the server or learns of its inside, and what is taken is kept as it was told`, async () => {
  const { failures, taken } = await tryBadRequests(seed, requests);
  expect(failures.slice(0, 20), `seed ${seed}`).toEqual([]);
  // Otherwise the requests would be too bad to reach anything.
  const { createWebhook = 0, ...reports } = taken;
  expect(Object.keys(reports).toSorted()).toEqual(['createContact', 'logChat', 'logPhoneCall', 'upsertCallContext']);
  expect(Math.min(...Object.values(reports))).toBeGreaterThan(50);
  expect(createWebhook).toBeGreaterThan(0);
}, 120_000);

test('a filter that is both a value and a list of filters is refused', async () => {
  const { token } = await newCustomer();
  const path = '/api/crm/lookup/phone-calls?filter=1&filter[subject]=a';
  expect((await app.fetch(new Request(`http://test.local${path}`, bearer(token)))).status).toBe(400);
});

test('GraphQL variables in a query that are not JSON are the caller’s mistake', async () => {
  const { token } = await newCustomer();
  const path = '/graphql?query={viewer{scopes}}&variables=x';
  const answer = await app.fetch(new Request(`http://test.local${path}`, bearer(token)));
  expect(await answer.text()).not.toContain('INTERNAL_SERVER_ERROR');
});

test('a GraphQL body that is not JSON is refused without the words of the parser', async () => {
  const { token } = await newCustomer();
  const { headers } = bearer(token);
  const init = { method: 'POST', body: '{', headers: { ...headers, 'content-type': 'application/json' } };
  const answer = await app.fetch(new Request('http://test.local/graphql', init));
  expect(await answer.text()).not.toContain('SyntaxError');
});

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
