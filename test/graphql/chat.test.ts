import { expect, test } from 'vitest';
import { newCustomer } from '../support/world.ts';

const log = `mutation ($input: LogChatInput!) {
  logChat(input: $input) {
    replayed
    chat {
      id email numberExternal source name startTime endTime durationSeconds subject chatMessages queueExtension
      entityType entityId agent agentFirstName agentLastName agentEmail contact { id } createdAt updatedAt
    }
  }
}`;

const report = {
  email: 'Camille.Martin@example.com',
  source: '3cx',
  name: 'Camille',
  startTime: '2026-01-15T10:00:00.900Z',
  endTime: '2026-01-15T10:12:00Z',
  subject: 'Order 1042',
  chatMessages: 'Camille: Where is my order?\nAgent: On its way. 🚚',
  queueExtension: '800',
  entityType: 'Contacts',
  entityId: 'crm-7',
  agent: '101',
  agentFirstName: 'Léa',
  agentLastName: 'Bernard',
  agentEmail: 'lea.bernard@example.com',
};

const stored = {
  ...report,
  id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  numberExternal: null,
  startTime: '2026-01-15T10:00:00.000Z',
  endTime: '2026-01-15T10:12:00.000Z',
  durationSeconds: 720,
  contact: null,
  createdAt: expect.stringMatching(/Z$/),
  updatedAt: expect.stringMatching(/Z$/),
};

test('a chat is stored with everything that was told, and stored once', async () => {
  const customer = await newCustomer();
  const { body } = await customer.graphql(log, { input: report });
  expect(body).toEqual({ data: { logChat: { replayed: false, chat: stored } } });
  const again = await customer.graphql(log, { input: report });
  expect(again.body.data.logChat).toEqual({
    replayed: true,
    chat: { ...body.data.logChat.chat, updatedAt: expect.any(String) },
  });
});

test('a chat by number is filed under the only contact that has it', async () => {
  const customer = await newCustomer();
  const creation = 'mutation { createContact(input: { lastName: "Martin", phone: "0612345678" }) { contact { id } } }';
  const { contact } = (await customer.graphql(creation)).body.data.createContact;
  const { body } = await customer.graphql(log, { input: { numberExternal: '06 12 34 56 78' } });
  expect(body.data.logChat.chat).toMatchObject({ email: null, numberExternal: '+33612345678', contact });
});

test('a key that was used for another chat is refused', async () => {
  const customer = await newCustomer();
  await customer.graphql(log, { input: { ...report, idempotencyKey: 'k' } });
  const { body } = await customer.graphql(log, { input: { ...report, subject: 'Other', idempotencyKey: 'k' } });
  const message = 'This idempotency key was already used for another report.';
  expect(body).toEqual({
    data: null,
    errors: [
      {
        message,
        path: ['logChat'],
        locations: [{ line: 2, column: 3 }],
        extensions: {
          code: 'BAD_USER_INPUT',
          reason: 'IDEMPOTENCY_CONFLICT',
          issues: [{ path: ['input', 'idempotencyKey'], message }],
        },
      },
    ],
  });
});

test.each([
  [{}, 'email', 'An email or an external number is needed.'],
  [{ email: 'camille' }, 'email', 'Must be a valid email address.'],
  [
    { ...report, startTime: '2026-01-15T10:00:00Z', endTime: '2026-01-15T09:00:00Z' },
    'endTime',
    'The end must not be before the start.',
  ],
  [{ ...report, durationSeconds: -1 }, 'durationSeconds', 'Must not be negative.'],
  [
    { ...report, chatMessages: 'x'.repeat(1024 * 1024 + 1) },
    'chatMessages',
    'Must not be longer than 1048576 characters.',
  ],
])('a chat is refused saying where and why (case %#)', async (input, field, message) => {
  const customer = await newCustomer();
  const { body } = await customer.graphql(log, { input });
  expect(body).toEqual({
    data: null,
    errors: [
      {
        message,
        path: ['logChat'],
        locations: [{ line: 2, column: 3 }],
        extensions: { code: 'BAD_USER_INPUT', issues: [{ path: ['input', field], message }] },
      },
    ],
  });
});

test('the same chat of two customers is two chats', async () => {
  const [mine, theirs] = [await newCustomer(), await newCustomer()];
  const first = await mine.graphql(log, { input: { ...report, idempotencyKey: 'k' } });
  const second = await theirs.graphql(log, { input: { ...report, idempotencyKey: 'k' } });
  expect(second.body.data.logChat.replayed).toBe(false);
  expect(second.body.data.logChat.chat.id).not.toBe(first.body.data.logChat.chat.id);
});
