import { expect, test } from 'vitest';
import { revokeOauthClient } from '../../src/auth/oauth-client.ts';
import {
  authorizePath,
  consent,
  credentials,
  exchange,
  hiddenFields,
  newCode,
  newOauthWorld,
  newVerifier,
  openBrowser,
  redirectUri,
  token,
} from '../support/oauth.ts';
import { newCustomer, rest, store } from '../support/world.ts';

const search = (bearer: string) => rest('GET', '/api/crm/lookup/contacts/search?phone=1', { token: bearer });

test('a person who consents gives the client a code, and the code becomes tokens that work', async () => {
  const world = await newOauthWorld();
  const back = await consent(world);
  expect(`${back.origin}${back.pathname}`).toBe('https://pbx.example/oauth/return');
  expect(back.searchParams.get('kind')).toBe('crm');
  expect(back.searchParams.get('state')).toBe('state-1');
  const { status, body, headers } = await exchange(world, back.searchParams.get('code') ?? '');
  expect(status).toBe(200);
  expect(body).toEqual({
    token_type: 'Bearer',
    expires_in: expect.any(Number),
    access_token: expect.stringMatching(/^crm_/),
    refresh_token: expect.stringMatching(/^crmrefresh_/),
    scope: 'client crm',
  });
  expect(headers.get('cache-control')).toBe('no-store');
  expect((await search(body.access_token as string)).status).toBe(200);
});

test('a code can be used once; a second use ends the tokens of the first', async () => {
  const world = await newOauthWorld();
  const code = await newCode(world);
  const first = await exchange(world, code);
  const second = await exchange(world, code);
  expect(second.status).toBe(400);
  expect(second.body.error).toBe('invalid_grant');
  expect((await search(first.body.access_token as string)).status).toBe(401);
  const refresh = { grant_type: 'refresh_token', refresh_token: first.body.refresh_token as string };
  expect((await token({ ...refresh, ...credentials(world) })).body.error).toBe('invalid_grant');
});

test('two exchanges of one code at once give tokens to one of them at most', async () => {
  const world = await newOauthWorld();
  const code = await newCode(world);
  const answers = await Promise.all(Array.from({ length: 8 }, () => exchange(world, code)));
  expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
});

test('a code is good for its redirect address, its client and its customer only', async () => {
  const world = await newOauthWorld();
  const other = await newOauthWorld();
  const stranger = await newCustomer();
  const refusals = await Promise.all([
    exchange(world, await newCode(world), { redirect_uri: 'https://pbx.example/elsewhere' }),
    exchange(world, await newCode(world), credentials(other)),
    exchange(world, await newCode(world), { customer: stranger.id }),
  ]);
  expect(refusals.map(({ status, body }) => [status, body.error])).toEqual(Array(3).fill([400, 'invalid_grant']));
});

test('with a challenge, only the right verifier gets tokens, and a wrong one uses the code up', async () => {
  const world = await newOauthWorld();
  const { verifier, challenge } = newVerifier();
  const more = { code_challenge: challenge, code_challenge_method: 'S256' };
  const good = await exchange(world, await newCode(world, more), { code_verifier: verifier });
  expect(good.status).toBe(200);
  const code = await newCode(world, more);
  for (const wrong of [{ code_verifier: newVerifier().verifier }, { code_verifier: verifier }]) {
    expect((await exchange(world, code, wrong)).body.error).toBe('invalid_grant');
  }
  expect((await exchange(world, await newCode(world, more))).body.error).toBe('invalid_grant');
});

test('an expired code is refused', async () => {
  const world = await newOauthWorld();
  const code = await newCode(world);
  await store.operator.oauthGrant.updateMany({
    where: { customerId: world.customer.id },
    data: { codeExpiresAt: new Date(Date.now() - 1000) },
  });
  expect((await exchange(world, code)).body.error).toBe('invalid_grant');
});

test('a revoked client gets nothing, and its tokens end', async () => {
  const world = await newOauthWorld();
  const { body } = await exchange(world, await newCode(world));
  const code = await newCode(world);
  await revokeOauthClient(store, world.client.id, new Date());
  expect((await exchange(world, code)).body.error).toBe('invalid_client');
  expect((await world.browser.get(authorizePath(world))).status).toBe(400);
  expect((await search(body.access_token as string)).status).toBe(401);
});

test('nobody is sent to an address that was not agreed, letter by letter', async () => {
  const world = await newOauthWorld();
  for (const redirect_uri of ['https://evil.example/', `${redirectUri}&x=1`, redirectUri.toUpperCase(), '']) {
    const page = await world.browser.get(authorizePath(world, { redirect_uri }));
    expect(page.status).toBe(400);
    expect(page.headers.get('location')).toBeNull();
  }
  expect((await world.browser.get(authorizePath(world, { client_id: world.customer.id }))).status).toBe(400);
});

test.each([
  ['an unknown response type', { response_type: 'token' }, 'unsupported_response_type'],
  ['no response type', { response_type: '' }, 'invalid_request'],
  ['an unknown scope', { scope: 'client crm admin' }, 'invalid_scope'],
  ['a customer that is none', { customer: 'nobody' }, 'invalid_request'],
])('%s sends the person back with the error of RFC 6749', async (_, more, error) => {
  const world = await newOauthWorld();
  const back = await consent(world, more);
  expect(back.searchParams.get('error')).toBe(error);
  expect(back.searchParams.get('state')).toBe('state-1');
  expect(back.searchParams.get('code')).toBeNull();
});

test('a customer of another workspace is refused', async () => {
  const world = await newOauthWorld();
  const stranger = await newCustomer();
  expect((await consent(world, { customer: stranger.id })).searchParams.get('error')).toBe('invalid_request');
});

test('a person who denies sends the client back with access_denied', async () => {
  const world = await newOauthWorld();
  const back = await consent(world, {}, 'false');
  expect(back.searchParams.get('error')).toBe('access_denied');
  expect(back.searchParams.get('state')).toBe('state-1');
});

test('consent needs a form that this server gave to this browser', async () => {
  const world = await newOauthWorld();
  const form = hiddenFields(await (await world.browser.get(authorizePath(world))).text());
  const forged = await world.browser.post('/oauth/authorize', { ...form, form: 'AAAA', allowed: 'true' });
  expect(forged.status).toBe(400);
  const elsewhere = await openBrowser().post('/oauth/authorize', { ...form, allowed: 'true' });
  expect(elsewhere.status).toBe(400);
});
