import { expect, test } from 'vitest';
import { newCustomer, type TestCustomer } from '../support/world.ts';

let minute = 0;

/** Logs an inbound call and answers what is known of its agent. */
async function agentOfCall(customer: TestCustomer, agent: object) {
  const { body } = await customer.graphql(
    `mutation ($input: LogPhoneCallInput!) {
      logPhoneCall(input: $input) {
        call { id agentKey agentEmail agentFirstName agentLastName numberInternal }
      }
    }`,
    {
      input: {
        direction: 'INBOUND',
        status: 'COMPLETED',
        numberExternal: '0612345678',
        numberInternal: '101',
        startTime: new Date(Date.UTC(2026, 2, 1, 10, minute++)).toISOString(),
        ...agent,
      },
    },
  );
  return body.data.logPhoneCall.call;
}

test('a call is attributed to the email of its agent in lower case, and the email stays as it was sent', async () => {
  const customer = await newCustomer();
  const agent = { agentEmail: 'Marc.Petit@Example.com', agentFirstName: 'Marc', agentLastName: 'Petit' };
  expect(await agentOfCall(customer, agent)).toMatchObject({
    agentKey: 'marc.petit@example.com',
    ...agent,
    numberInternal: '101',
  });
});

test('without an email, a call is attributed to the email last seen at the extension', async () => {
  const customer = await newCustomer();
  await agentOfCall(customer, { agentEmail: 'marc@example.com', agentFirstName: 'Marc' });
  const unnamed = { agentKey: 'marc@example.com', agentEmail: null, agentFirstName: null, agentLastName: null };
  expect(await agentOfCall(customer, {})).toMatchObject(unnamed);
  await agentOfCall(customer, { agentEmail: 'Lea@Example.com' });
  expect(await agentOfCall(customer, {})).toMatchObject({ agentKey: 'lea@example.com', agentEmail: null });
});

test('without anybody seen there, a call is attributed to the extension', async () => {
  const [customer, other] = [await newCustomer(), await newCustomer()];
  await agentOfCall(customer, { agentEmail: 'marc@example.com', numberInternal: '102' });
  await agentOfCall(other, { agentEmail: 'marc@example.com' });
  expect(await agentOfCall(customer, {})).toMatchObject({ agentKey: '101', agentEmail: null });
});

test('a call that was attributed stays so when somebody else sits at the extension later', async () => {
  const customer = await newCustomer();
  const { id } = await agentOfCall(customer, { agentEmail: 'marc@example.com' });
  const unnamed = await agentOfCall(customer, {});
  await agentOfCall(customer, { agentEmail: 'lea@example.com' });
  for (const call of [id, unnamed.id]) {
    const { body } = await customer.graphql('query ($id: ID!) { phoneCall(id: $id) { agentKey } }', { id: call });
    expect(body.data.phoneCall).toEqual({ agentKey: 'marc@example.com' });
  }
});

test('a call whose internal side is hidden is attributed to nobody', async () => {
  const customer = await newCustomer();
  await agentOfCall(customer, { agentEmail: 'marc@example.com', numberInternal: 'anonymous' });
  expect(await agentOfCall(customer, { numberInternal: 'anonymous' })).toMatchObject({ agentKey: null });
});

test('an email that a repeat brings attributes the call, and is remembered at the extension', async () => {
  const customer = await newCustomer();
  const startTime = '2026-03-02T10:00:00Z';
  const { id } = await agentOfCall(customer, { startTime });
  const repeat = await agentOfCall(customer, { startTime, agentEmail: 'Marc@example.com' });
  expect(repeat).toMatchObject({ id, agentKey: 'marc@example.com', agentEmail: 'Marc@example.com' });
  expect(await agentOfCall(customer, {})).toMatchObject({ agentKey: 'marc@example.com' });
});

test('fifty calls of one agent at once are all attributed to him', async () => {
  const customer = await newCustomer();
  const calls = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      agentOfCall(customer, { numberExternal: `06123456${10 + index}`, agentEmail: 'marc@example.com' }),
    ),
  );
  expect(new Set(calls.map(({ agentKey }) => agentKey))).toEqual(new Set(['marc@example.com']));
});
