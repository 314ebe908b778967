import { expect, test } from 'vitest';
import { credentials, exchange, newCode, newOauthWorld, type OauthWorld, token } from '../support/oauth.ts';
import { app, graphql, newCustomer, publicUrl, rest } from '../support/world.ts';

const works = async (bearer: string | undefined) =>
  (await rest('GET', '/api/crm/lookup/contacts/search?phone=1', { token: bearer ?? '' })).status === 200;

const refresh = (world: OauthWorld, refreshToken: string | undefined) =>
  token({ grant_type: 'refresh_token', refresh_token: refreshToken ?? '', ...credentials(world) });

test('each use of a refresh token gives a new one, and the old one used again ends them all', async () => {
  const world = await newOauthWorld();
  const first = await exchange(world, await newCode(world));
  const second = await refresh(world, first.body.refresh_token);
  expect(second.status).toBe(200);
  expect(second.body.refresh_token).not.toBe(first.body.refresh_token);
  expect(await works(second.body.access_token)).toBe(true);
  const replay = await refresh(world, first.body.refresh_token);
  expect([replay.status, replay.body.error]).toEqual([400, 'invalid_grant']);
  expect((await refresh(world, second.body.refresh_token)).body.error).toBe('invalid_grant');
});

test('a phone system that keeps its first refresh token for ever may ask for one that does not change', async () => {
  const world = await newOauthWorld();
  const first = await exchange(world, await newCode(world), { refresh_rotation: 'off' });
  for (let hour = 0; hour < 3; hour++) {
    const next = await refresh(world, first.body.refresh_token);
    expect(next.body.refresh_token).toBe(first.body.refresh_token);
    expect(await works(next.body.access_token)).toBe(true);
  }
});

test('a refresh token is good for its client only', async () => {
  const world = await newOauthWorld();
  const other = await newOauthWorld();
  const { body } = await exchange(world, await newCode(world));
  expect((await refresh(other, body.refresh_token)).body.error).toBe('invalid_grant');
});

test('a client may act for itself, for a customer of its workspace', async () => {
  const world = await newOauthWorld();
  const fields = { grant_type: 'client_credentials', customer: world.customer.id };
  const answers = await Promise.all([
    token({ ...fields, ...credentials(world) }),
    token({ ...fields, ...credentials(world) }, { json: true }),
    token(fields, { basic: `${world.client.id}:${world.client.secret}` }),
  ]);
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect(body).toEqual({
      token_type: 'Bearer',
      expires_in: expect.any(Number),
      access_token: expect.any(String),
      scope: 'client crm',
    });
    const viewer = await graphql('{ viewer { customer { id } scopes } }', {}, { token: body.access_token as string });
    expect(viewer.body.data.viewer).toEqual({ customer: { id: world.customer.id }, scopes: ['client', 'crm'] });
  }
});

test('a token holds the scopes that were asked for, and no more', async () => {
  const world = await newOauthWorld();
  const fields = { grant_type: 'client_credentials', customer: world.customer.id, ...credentials(world) };
  const narrow = await token({ ...fields, scope: 'client' });
  expect(narrow.body.scope).toBe('client');
  const answer = await rest('GET', '/api/crm/lookup/contacts/search?phone=1', {
    token: narrow.body.access_token as string,
  });
  expect(answer.status).toBe(403);
  expect((await token({ ...fields, scope: 'client admin' })).body.error).toBe('invalid_scope');
});

test('a customer of another workspace is refused', async () => {
  const world = await newOauthWorld();
  const stranger = await newCustomer();
  const answer = await token({ grant_type: 'client_credentials', customer: stranger.id, ...credentials(world) });
  expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request']);
});

test.each([
  ['no grant type', {}, 400, 'invalid_request'],
  ['the password grant', { grant_type: 'password', username: 'a', password: 'b' }, 400, 'unsupported_grant_type'],
  ['no code', { grant_type: 'authorization_code' }, 400, 'invalid_request'],
  ['a code that was never given', { grant_type: 'authorization_code', code: 'crmcode_x' }, 400, 'invalid_grant'],
  ['no refresh token', { grant_type: 'refresh_token' }, 400, 'invalid_request'],
  ['a wrong secret', { grant_type: 'client_credentials', client_secret: 'wrong' }, 401, 'invalid_client'],
  ['an unknown client', { grant_type: 'client_credentials', client_id: 'nobody' }, 401, 'invalid_client'],
])('%s is refused in the words of RFC 6749', async (_, fields, status, error) => {
  const world = await newOauthWorld();
  const answer = await token({ ...credentials(world), ...fields } as Record<string, string>);
  expect([answer.status, answer.body.error]).toEqual([status, error]);
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('a client without its secret gets nothing, also with a verifier', async () => {
  const world = await newOauthWorld();
  const code = await newCode(world);
  const fields = { grant_type: 'authorization_code', code, client_id: world.client.id, code_verifier: 'x'.repeat(43) };
  expect((await token(fields)).body.error).toBe('invalid_client');
});

test('a revoked token ends with everything of its grant; an unknown one is no error', async () => {
  const world = await newOauthWorld();
  const { body } = await exchange(world, await newCode(world));
  const revoke = (value: string, more: object = {}) =>
    token({ token: value, ...credentials(world), ...more }, { path: '/oauth/revoke' });
  expect((await revoke('crm_unknown')).status).toBe(200);
  expect((await revoke(body.refresh_token as string, { client_secret: 'wrong' })).status).toBe(401);
  expect(await works(body.access_token)).toBe(true);
  expect((await revoke(body.refresh_token as string)).status).toBe(200);
  await new Promise((passed) => setTimeout(passed, 1000));
  expect(await works(body.access_token)).toBe(false);
  expect((await refresh(world, body.refresh_token)).body.error).toBe('invalid_grant');
});

test('a client cannot revoke the token of another', async () => {
  const world = await newOauthWorld();
  const other = await newOauthWorld();
  const { body } = await exchange(world, await newCode(world));
  await token({ token: body.refresh_token as string, ...credentials(other) }, { path: '/oauth/revoke' });
  expect((await refresh(world, body.refresh_token)).status).toBe(200);
});

test('the server describes itself', async () => {
  const response = await app.fetch(new Request('http://test.local/.well-known/oauth-authorization-server'));
  expect(await response.json()).toMatchObject({
    issuer: publicUrl,
    authorization_endpoint: `${publicUrl}/oauth/authorize`,
    token_endpoint: `${publicUrl}/oauth/token`,
    revocation_endpoint: `${publicUrl}/oauth/revoke`,
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    code_challenge_methods_supported: ['S256'],
  });
});
