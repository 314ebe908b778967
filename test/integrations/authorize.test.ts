import { expect, test } from 'vitest';
import { hours, minutes } from '../support/clock.ts';
import { newOperator, type Operator, vaultInput } from '../support/integrations.ts';
import { publicUrl, store } from '../support/world.ts';

const redirectUri = `${publicUrl}/integrations/authorize/return`;

interface Granting extends Operator {
  integration: string;
  state: string;
  pass(milliseconds: number): void;
}

/** An operator who has asked for access to a vault. */
async function newGranting(): Promise<Granting> {
  let time = Date.parse('2026-03-01T10:00:00Z');
  const operator = await newOperator({ now: () => new Date(time) });
  const input = { ...vaultInput, name: 'Vault <b>& Co' };
  const { id } = await operator.ask('createIntegration', { connector: 'vault', input });
  const { url, expiresAt } = await operator.ask('authorizeIntegration', { id });
  expect(expiresAt).toBe('2026-03-01T11:00:00.000Z');
  const query = new URL(url).searchParams;
  expect(query.get('redirectUri')).toBe(redirectUri);
  const pass = (milliseconds: number) => {
    time += milliseconds;
  };
  return { ...operator, integration: id, state: query.get('state') ?? '', pass };
}

async function open({ app }: Operator, query: Record<string, string>) {
  const response = await app.fetch(new Request(`${redirectUri}?${new URLSearchParams(query)}`));
  return { status: response.status, headers: response.headers, body: await response.text() };
}

const isGranted = async ({ ask, integration }: Granting): Promise<boolean> =>
  (await ask('integrations'))
    .find(({ id }: { id: string }) => id === integration)
    .parameters.find(({ name }: { name: string }) => name === 'Grant').isSet;

test('a person who comes back from the CRM with a code has granted access', async () => {
  const granting = await newGranting();
  expect(await isGranted(granting)).toBe(false);
  const { status, headers, body } = await open(granting, { code: 'good', state: granting.state });
  expect(status).toBe(200);
  expect(body).toContain('This server may now use <strong>Vault &lt;b&gt;&amp; Co</strong>.');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(await isGranted(granting)).toBe(true);
});

test('a state is good for one exchange, however that ends, also at the same moment', async () => {
  const granting = await newGranting();
  const query = { code: 'good', state: granting.state };
  const answers = await Promise.all([1, 2, 3].map(() => open(granting, query)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400, 400]);
  const refused = await newGranting();
  expect(await open(refused, { code: 'refused', state: refused.state })).toMatchObject({ status: 400 });
  const again = await open(refused, { code: 'good', state: refused.state });
  expect(again.body).toContain('This request is no longer good. Begin again.');
  expect(await isGranted(refused)).toBe(false);
});

test('why the CRM refused is shown, as text and nothing else', async () => {
  const granting = await newGranting();
  const denied = await open(granting, {
    ...{ error: 'access_denied', error_description: '<script>alert(1)</script>' },
    state: granting.state,
  });
  expect(denied.status).toBe(400);
  expect(denied.body).toContain('Vault &lt;b&gt;&amp; Co answered: &lt;script&gt;alert(1)&lt;/script&gt;.');
  expect(denied.body).not.toContain('<script>');
  const refused = await open(granting, { code: 'refused', state: granting.state });
  expect(refused.body).toContain('&lt;b&gt;No&lt;/b&gt; such code.');
});

test('a state ends after an hour, and with any change of the integration', async () => {
  const late = await newGranting();
  late.pass(hours);
  expect((await open(late, { code: 'good', state: late.state })).status).toBe(400);
  const inTime = await newGranting();
  inTime.pass(59 * minutes);
  expect((await open(inTime, { code: 'good', state: inTime.state })).status).toBe(200);
  const changed = await newGranting();
  await changed.ask('updateIntegration', { id: changed.integration, input: { name: 'Other' } });
  expect((await open(changed, { code: 'good', state: changed.state })).status).toBe(400);
  const removed = await newGranting();
  await removed.ask('removeIntegration', { id: removed.integration });
  expect((await open(removed, { code: 'good', state: removed.state })).status).toBe(400);
});

const changedAt = (text: string, index: number) =>
  text.slice(0, index) + (text[index] === 'A' ? 'B' : 'A') + text.slice(index + 1);

test('a state that was changed, or belongs to another customer, grants nothing and shows nothing of what came with it', async () => {
  const [granting, other] = [await newGranting(), await newGranting()];
  const sealed = granting.state.slice(granting.state.indexOf('.'));
  const states = [
    '',
    'x',
    sealed,
    `${other.id}${sealed}`,
    changedAt(granting.state, 80),
    `${crypto.randomUUID()}${sealed}`,
  ];
  for (const state of states) {
    const { status, body } = await open(granting, { code: 'good', error: 'FOREIGN-TEXT', state });
    expect({ state, status }).toEqual({ state, status: 400 });
    expect(body).not.toContain('FOREIGN-TEXT');
  }
  expect([await isGranted(granting), await isGranted(other)]).toEqual([false, false]);
});

test('a CRM that asks nobody for access says so', async () => {
  const operator = await newOperator();
  const [{ id }] = await operator.ask('integrations');
  expect(await operator.refusal('authorizeIntegration', { id })).toMatchObject({
    message: 'This CRM does not ask a person to grant access.',
    extensions: { code: 'BAD_USER_INPUT' },
  });
});

test('what was granted is sealed', async () => {
  const granting = await newGranting();
  await open(granting, { code: 'good', state: granting.state });
  const row = await store.operator.integration.findFirstOrThrow({ where: { id: granting.integration } });
  const text = Buffer.from(row.configuration as Uint8Array).toString('latin1');
  expect(text).not.toContain('CANARY');
  expect(store.forCustomer(granting.id).unseal(row.configuration as Uint8Array, `integration ${row.id}`)).toContain(
    `CANARY-granted good ${redirectUri}`,
  );
});
