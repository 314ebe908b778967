import { expect, test } from 'vitest';
import { updateCustomer } from '../../src/domain/customer.ts';
import { operations } from '../support/operations.ts';
import { graphql, newCustomer, serve, store } from '../support/world.ts';

const viewer = `{
  viewer {
    workspace { id name }
    customer { id name defaultCountry timeZone callLoggingEnabled chatLoggingEnabled }
    scopes
  }
}`;

test('a token says whose it is and what it may do', async () => {
  const customer = await newCustomer({ country: 'DE', timeZone: 'Europe/Berlin' });
  expect((await customer.graphql(viewer)).body).toEqual({
    data: {
      viewer: {
        workspace: { id: customer.workspaceId, name: 'Test' },
        customer: {
          id: customer.id,
          name: 'Test',
          defaultCountry: 'DE',
          timeZone: 'Europe/Berlin',
          callLoggingEnabled: true,
          chatLoggingEnabled: true,
        },
        scopes: ['client', 'crm'],
      },
    },
  });
});

test('the switches are told as they are', async () => {
  const customer = await newCustomer();
  await updateCustomer(store, customer.id, { callLoggingEnabled: false, chatLoggingEnabled: false });
  const { body } = await graphql(viewer, {}, { token: customer.token, app: serve() });
  expect(body.data.viewer.customer).toMatchObject({ callLoggingEnabled: false, chatLoggingEnabled: false });
});

test.each([
  [
    'logPhoneCall',
    { callLoggingEnabled: false },
    'CALL_LOGGING_DISABLED',
    'Phone call logging is not enabled for this account.',
  ],
  ['logChat', { chatLoggingEnabled: false }, 'CHAT_LOGGING_DISABLED', 'Chat logging is not enabled for this account.'],
  [
    'createContact',
    { contactCreationEnabled: false },
    'CONTACT_CREATION_DISABLED',
    'Contact creation is not enabled for this account.',
  ],
])('a switch that is off refuses %s, and nothing else', async (refused, switches, reason, message) => {
  const customer = await newCustomer({ app: serve() });
  await updateCustomer(store, customer.id, switches);
  for (const [name, { document, right, answer, scopes }] of Object.entries(operations)) {
    if (!scopes.includes('client')) continue;
    const { body } = await customer.graphql(document, right);
    expect(body).toEqual(name === refused ? refusal(name, message, reason) : answer);
  }
});

const refusal = (name: string, message: string, reason: string) => ({
  data: null,
  errors: [
    {
      message,
      path: [name],
      locations: [{ line: 1, column: expect.any(Number) }],
      extensions: { code: 'NOT_ENABLED', reason },
    },
  ],
});
