import { expect, test } from 'vitest';
import { newCustomer, type TestCustomer } from '../support/world.ts';

async function contactWithChats(customer: TestCustomer, chats: number): Promise<string> {
  const contact = { lastName: 'Martin', email: 'camille@example.com' };
  const { body } = await customer.graphql(
    'mutation ($input: CreateContactInput!) { createContact(input: $input) { contact { id } } }',
    { input: contact },
  );
  for (let at = 0; at < chats; at++) {
    const startTime = `2026-03-01T10:0${at}:00Z`;
    const input = { email: contact.email, startTime, subject: `Chat ${at}` };
    await customer.graphql('mutation ($input: LogChatInput!) { logChat(input: $input) { replayed } }', { input });
  }
  return body.data.createContact.contact.id;
}

const document = `query ($id: ID!, $first: Int, $after: String) {
  contact(id: $id) { chats(first: $first, after: $after) { totalCount nodes { subject } pageInfo { hasNextPage endCursor } } }
}`;

test('a contact’s chats are listed newest first, page by page, each exactly once', async () => {
  const customer = await newCustomer();
  const id = await contactWithChats(customer, 5);
  const subjects: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { body } = await customer.graphql(document, { id, first: 2, after });
    const { totalCount, nodes, pageInfo } = body.data.contact.chats;
    expect(totalCount).toBe(5);
    subjects.push(...nodes.map(({ subject }: { subject: string }) => subject));
    ({ hasNextPage: more, endCursor: after } = pageInfo);
  }
  expect(subjects).toEqual(['Chat 4', 'Chat 3', 'Chat 2', 'Chat 1', 'Chat 0']);
});

test('a contact shows no chats of another customer', async () => {
  const [mine, other] = [await newCustomer(), await newCustomer()];
  await contactWithChats(other, 1);
  const id = await contactWithChats(mine, 0);
  const { body } = await mine.graphql(document, { id });
  expect(body.data.contact.chats).toEqual({
    totalCount: 0,
    nodes: [],
    pageInfo: { hasNextPage: false, endCursor: null },
  });
});
