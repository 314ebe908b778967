import { expect, test } from 'vitest';
import { updateCustomer } from '../../src/domain/customer.ts';
import { newContact, paths, refusedFields, savedChat, statusAndBody } from '../support/rest.ts';
import { newCustomer, store } from '../support/world.ts';

const documented = {
  email: 'Anne.Durand@example.com',
  number_external: '0612345678',
  source: '3CX',
  name: 'Anne Durand',
  start_time_utc: '2026-03-01T10:00:00Z',
  end_time_utc: '2026-03-01T10:03:00Z',
  duration: '00:02:30',
  subject: 'Offer',
  chat_messages: 'Anne: Hello<br/>\nMarc: Good morning!',
  queue_extension: '800',
  entity_type: 'Leads',
  entity_id: 'lead-7',
  agent: '101',
  agent_first_name: 'Marc',
  agent_last_name: 'Petit',
  agent_email: 'marc.petit@example.com',
};

test('the documented body is answered whole', async () => {
  const customer = await newCustomer();
  const answer = await customer.rest('POST', paths.chats, { body: documented });
  const { start_time_utc: start_time, end_time_utc: end_time, ...fields } = documented;
  expect(statusAndBody(answer)).toEqual({
    status: 201,
    body: savedChat({ ...fields, start_time, end_time, duration: 150, number_external: '+33612345678' }),
  });
  expect(answer.headers.get('idempotency-replayed')).toBeNull();
});

test('an email alone is enough', async () => {
  const customer = await newCustomer();
  const answer = await customer.rest('POST', paths.chats, { body: { email: 'anne@example.com' } });
  expect(statusAndBody(answer)).toEqual({ status: 201, body: savedChat({ email: 'anne@example.com' }) });
});

test('a form is taken as well, and the duration follows from start and end', async () => {
  const customer = await newCustomer();
  const form = new URLSearchParams({
    email: 'anne@example.com',
    start_time_utc: '2026-03-01T10:00:00Z',
    end_time_utc: '2026-03-01T10:03:00Z',
    chat_messages: 'a & b\r\nc',
    subject: '[Subject]',
  });
  const answer = await customer.rest('POST', paths.chats, { body: form.toString() });
  expect(statusAndBody(answer)).toEqual({
    status: 201,
    body: savedChat({
      email: 'anne@example.com',
      start_time: '2026-03-01T10:00:00Z',
      end_time: '2026-03-01T10:03:00Z',
      duration: 180,
      chat_messages: 'a & b\r\nc',
    }),
  });
});

test('chat messages may be one megabyte long, and no longer', async () => {
  const customer = await newCustomer();
  const chat_messages = 'm'.repeat(1024 * 1024);
  const answer = await customer.rest('POST', paths.chats, { body: { email: 'anne@example.com', chat_messages } });
  expect(statusAndBody(answer)).toEqual({ status: 201, body: savedChat({ email: 'anne@example.com', chat_messages }) });
  const longer = { email: 'anne@example.com', chat_messages: `${chat_messages}m` };
  expect(statusAndBody(await customer.rest('POST', paths.chats, { body: longer }))).toEqual({
    status: 400,
    body: refusedFields({ chat_messages: 'The chat messages field must not be greater than 1048576 characters.' }),
  });
  const large = { ...longer, chat_messages: 'm'.repeat(1280 * 1024) };
  expect((await customer.rest('POST', paths.chats, { body: large })).status).toBe(413);
});

test('a chat is of the contact that it names, else of the only one with the number or email, else of nobody', async () => {
  const [customer, other] = [await newCustomer(), await newCustomer()];
  const named = await newContact(customer, { last_name: 'Martin' });
  const byNumber = await newContact(customer, { last_name: 'Number', phone: '0612345678' });
  const byEmail = await newContact(customer, { last_name: 'Email', email: 'anne@example.com' });
  const foreign = await newContact(other, { email: 'marc@example.com' });
  const save = async (body: object) => (await customer.rest('POST', paths.chats, { body })).body.chat.contact_id;
  const at = (hour: number) => ({ start_time_utc: new Date(Date.UTC(2026, 2, 1, hour)).toISOString() });
  expect(await save({ email: 'ANNE@example.com', entity_id: named, ...at(1) })).toBe(named);
  expect(await save({ email: 'x@example.com', number_external: '0612345678', ...at(2) })).toBe(byNumber);
  expect(await save({ email: 'ANNE@example.com', ...at(3) })).toBe(byEmail);
  expect(await save({ email: 'marc@example.com', entity_id: foreign, ...at(4) })).toBeNull();
  await newContact(customer, { last_name: 'Twin', email: 'Anne@Example.com' });
  expect(await save({ email: 'anne@example.com', ...at(5) })).toBeNull();
});

test('a placeholder’s id means nobody', async () => {
  const customer = await newCustomer();
  const search = await customer.rest('GET', `${paths.search}?email=anne@example.com`);
  const body = { email: 'anne@example.com', entity_id: search.body.contacts[0].id };
  const answer = await customer.rest('POST', paths.chats, { body });
  expect(answer.body).toEqual(savedChat({ email: 'anne@example.com' }));
});

test('the same chat of two customers is two chats', async () => {
  const [one, two] = [await newCustomer(), await newCustomer()];
  const first = await one.rest('POST', paths.chats, { body: documented });
  const second = await two.rest('POST', paths.chats, { body: documented });
  expect(second.headers.get('idempotency-replayed')).toBeNull();
  expect(second.body.chat.id).not.toBe(first.body.chat.id);
});

const needsEmail = refusedFields({ email: 'The email field is required.' });

test.each([
  ['nothing', {}],
  ['a blank email', { email: ' ' }],
  ['an unfilled email', { email: '[Email]' }],
  ['a number alone', { number_external: '0612345678' }],
])('a chat with %s is refused', async (_, body) => {
  const customer = await newCustomer();
  expect(statusAndBody(await customer.rest('POST', paths.chats, { body }))).toEqual({ status: 400, body: needsEmail });
  expect(await store.operator.chat.count({ where: { customerId: customer.id } })).toBe(0);
});

test('a number alone is enough where the customer’s switch says so, but not nothing', async () => {
  const customer = await newCustomer();
  await updateCustomer(store, customer.id, { chatsWithoutEmail: true });
  const body = { number_external: '06 12 34 56 78', chat_messages: 'Hello' };
  expect(statusAndBody(await customer.rest('POST', paths.chats, { body }))).toEqual({
    status: 201,
    body: savedChat({ number_external: '+33612345678', chat_messages: 'Hello' }),
  });
  const neither = { chat_messages: 'Hello' };
  expect(statusAndBody(await customer.rest('POST', paths.chats, { body: neither }))).toEqual({
    status: 400,
    body: needsEmail,
  });
});

test('every broken field of a chat is reported at once', async () => {
  const customer = await newCustomer();
  const body = {
    email: 'anne',
    number_external: '1'.repeat(65),
    source: ['3CX'],
    start_time_utc: '2026-03-01T10:00:00Z',
    end_time_utc: '2026-03-01T09:00:00Z',
    duration: 'long',
    chat_messages: 'a\0b',
    agent_email: 'marc',
  };
  expect(statusAndBody(await customer.rest('POST', paths.chats, { body }))).toEqual({
    status: 400,
    body: refusedFields({
      email: 'The email field must be a valid email address.',
      number_external: 'The number external field must not be greater than 64 characters.',
      source: 'The source field must be valid text.',
      end_time_utc: 'The end time utc field must be a date after or equal to start time utc.',
      duration: 'The duration field must be a valid duration.',
      chat_messages: 'The chat messages field must be valid text.',
      agent_email: 'The agent email field must be a valid email address.',
    }),
  });
});
