import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { fails, newCrmCustomer } from '../support/crms.ts';
import { impersonal, leaveTraces, newPerson, places } from '../support/person.ts';
import { legacyCall, stored } from '../support/report.ts';
import { anyContactPage, anyId, newContact, paths } from '../support/rest.ts';
import { rowsWithout, textColumns, tracesOf } from '../support/traces.ts';
import { graphql, newCustomer, serve, store, type TestCustomer } from '../support/world.ts';

const counts = '{ contacts phoneCalls callContexts chats }';
const documents = {
  eraseContact: `mutation ($key: ID!) { erased: eraseContact(id: $key) ${counts} }`,
  eraseNumber: `mutation ($key: String!) { erased: eraseNumber(number: $key) ${counts} }`,
  eraseEmail: `mutation ($key: String!) { erased: eraseEmail(email: $key) ${counts} }`,
};

async function erase(customer: TestCustomer, by: keyof typeof documents, key: string) {
  const token = await customer.tokenWith(['admin']);
  const { body } = await graphql(documents[by], { key }, { token });
  expect(body.errors).toBeUndefined();
  return body.data.erased;
}

/** Logs an inbound call from a number. */
async function logFrom(
  customer: TestCustomer,
  number: string,
  { second = 0, ...more }: { second?: number; [name: string]: unknown } = {},
) {
  const start_time_utc = `2026-03-01T10:00:${String(second).padStart(2, '0')}Z`;
  stored(
    await customer.rest('POST', paths.calls, { body: { ...legacyCall, number_from: number, start_time_utc, ...more } }),
  );
}

/** What statistics are made of. */
const figures = async (customer: TestCustomer) => {
  const { body } = await customer.rest('GET', `${paths.calls}?sort=start_time,created_at`);
  return body.data.map((call: Record<string, unknown>) =>
    [
      'direction',
      'status',
      'answered',
      'duration',
      'start_time',
      'number_internal',
      'agent_email',
      'queue_extension',
    ].map((name) => call[name]),
  );
};

test('every column that can hold a text is erased, or is known to hold nothing of a person', async () => {
  const known = new Set([...places, ...impersonal]);
  expect((await textColumns()).filter((column) => !known.has(column))).toEqual([]);
});

describe.each(['eraseContact', 'eraseNumber', 'eraseEmail'] as const)('%s', (by) => {
  test('leaves no trace of the person in any column of any table, and touches nobody else', async () => {
    const [customer, stranger] = [await newCustomer(), await newCustomer()];
    const [person, other] = [newPerson(1), newPerson(2)];
    const contactId = await leaveTraces(customer, person);
    await leaveTraces(customer, other);
    await leaveTraces(stranger, person);
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    expect((await tracesOf(customer.id, person.words)).toSorted()).toEqual(places);
    const before = {
      other: (await tracesOf(customer.id, other.words)).toSorted(),
      stranger: await rowsWithout(stranger.id),
      figures: await figures(customer),
    };
    const key = {
      eraseContact: contactId,
      eraseNumber: '+33 (0)6 99 00 00 01',
      eraseEmail: person.email.toUpperCase(),
    };
    const token = await customer.tokenWith(['admin']);
    const app = serve({ log });
    const { body } = await graphql(documents[by], { key: key[by] }, { token, app });
    expect(body.data.erased).toEqual({ contacts: 1, phoneCalls: 2, callContexts: 3, chats: 1 });
    expect(await tracesOf(customer.id, person.words)).toEqual([]);
    expect({
      other: (await tracesOf(customer.id, other.words)).toSorted(),
      stranger: await rowsWithout(stranger.id),
      figures: await figures(customer),
    }).toEqual(before);
    expect(lines.length).toBeGreaterThan(0);
    for (const word of person.words) expect(lines.join('').toLowerCase()).not.toContain(word);
  });
});

test('rows of other people are the same afterwards, byte for byte', async () => {
  const customer = await newCustomer();
  await leaveTraces(customer, newPerson(4));
  await logFrom(customer, 'anonymous');
  const token = await customer.tokenWith(['admin']);
  const before = await rowsWithout(customer.id);
  await leaveTraces(customer, newPerson(3));
  await graphql(documents.eraseNumber, { key: newPerson(3).number }, { token });
  const after = await rowsWithout(customer.id);
  expect(after.filter((row) => before.includes(row))).toEqual(before);
});

test('erased callers are still counted one by one, and hidden ones stay hidden', async () => {
  const customer = await newCustomer();
  for (const [second, nth] of [5, 6, 5].entries()) await logFrom(customer, newPerson(nth).number, { second });
  await logFrom(customer, 'anonymous');
  expect(await erase(customer, 'eraseNumber', newPerson(5).number)).toMatchObject({ contacts: 0, phoneCalls: 2 });
  expect(await erase(customer, 'eraseNumber', newPerson(6).number)).toMatchObject({ contacts: 0, phoneCalls: 1 });
  const { body } = await customer.rest('GET', paths.calls);
  const callers = body.data.map((call: { number_external: string }) => call.number_external);
  expect(new Set(callers).size).toBe(3);
  expect(callers.filter((caller: string) => /^erased-[0-9a-f-]{18}$/.test(caller))).toHaveLength(3);
  expect(callers).toContain('anonymous');
  expect(await erase(customer, 'eraseNumber', newPerson(5).number)).toMatchObject({ contacts: 0, phoneCalls: 0 });
});

test('two people who called at the same second can both be erased', async () => {
  const customer = await newCustomer();
  for (const nth of [7, 8]) {
    await logFrom(customer, newPerson(nth).number);
  }
  for (const nth of [7, 8]) await erase(customer, 'eraseNumber', newPerson(nth).number);
  expect(await figures(customer)).toHaveLength(2);
});

test('a number that colleagues share goes with neither of them, unless it is named', async () => {
  const customer = await newCustomer();
  const { number, words } = newPerson(9);
  const leaving = await newContact(customer, { last_name: 'Leaving', phone: number, phone_business: '0142685300' });
  const staying = await newContact(customer, { last_name: 'Staying', phone: number, email: 'staying@example.com' });
  await logFrom(customer, number);
  await logFrom(customer, number, { entity_id: leaving, number_to: '102' });
  expect(await erase(customer, 'eraseContact', leaving)).toEqual({
    contacts: 1,
    phoneCalls: 1,
    callContexts: 0,
    chats: 0,
  });
  expect(await tracesOf(customer.id, ['42685300', 'Leaving'])).toEqual([]);
  expect(await tracesOf(customer.id, words)).toEqual(
    expect.arrayContaining(['contact_numbers.canonical', 'phone_calls.number_external']),
  );
  const again = await newContact(customer, { last_name: 'Third', phone: number });
  expect(await erase(customer, 'eraseNumber', number)).toEqual({
    contacts: 0,
    phoneCalls: 1,
    callContexts: 0,
    chats: 0,
  });
  expect(await tracesOf(customer.id, words)).toEqual([]);
  const { body } = await customer.graphql(
    'query ($a: ID!, $b: ID!) { a: contact(id: $a) { lastName email phoneMobile1 } b: contact(id: $b) { lastName } }',
    { a: staying, b: again },
  );
  expect(body.data).toEqual({
    a: { lastName: 'Staying', email: 'staying@example.com', phoneMobile1: null },
    b: { lastName: 'Third' },
  });
});

test('a number that only stands on the inner side of another’s call is taken out of it, and nothing else is', async () => {
  const customer = await newCustomer();
  const { number, words } = newPerson(10);
  await logFrom(customer, '0612345678', { number_to: number, subject: 'Forwarded', agent_email: 'lea@example.com' });
  await logFrom(customer, '0612345678', { number_to: number, subject: 'Forwarded', second: 1 });
  expect(await erase(customer, 'eraseNumber', number)).toMatchObject({ phoneCalls: 0 });
  expect(await tracesOf(customer.id, words)).toEqual([]);
  const { body: listed } = await customer.rest('GET', paths.calls);
  expect(listed.data[0]).toMatchObject({ subject: 'Forwarded', number_from: '+33612345678' });
});

test.each(['101', 'anonymous', '+33'])('%s is nobody’s number and erases nothing', async (key) => {
  const customer = await newCustomer();
  await customer.rest('POST', paths.calls, { body: legacyCall });
  const token = await customer.tokenWith(['admin']);
  const before = await rowsWithout(customer.id);
  const { body } = await graphql(documents.eraseNumber, { key }, { token });
  if (key !== '+33') {
    expect(body.errors?.[0]).toMatchObject({
      message: 'A hidden number or an extension is not the number of one person.',
      extensions: { code: 'BAD_USER_INPUT', issues: [{ path: ['number'] }] },
    });
  }
  expect(await rowsWithout(customer.id)).toEqual(before);
});

test('a call that is pushed while its caller is erased is pushed no more', async () => {
  const customer = await newCrmCustomer({ crm: { logPhoneCall: fails } });
  const { number } = newPerson(11);
  await newContact(customer, { phone: number });
  await logFrom(customer, number);
  const kept = () =>
    store.operator.delivery.findMany({ where: { customerId: customer.id }, orderBy: { state: 'asc' } });
  const arrived = {
    state: 'DELIVERED',
    message: 'Filed under the contact.',
    remoteId: anyId,
    remoteUrl: anyContactPage,
  };
  expect(await kept()).toMatchObject([{ state: 'PENDING' }, arrived]);
  await erase(customer, 'eraseNumber', number);
  expect(await kept()).toMatchObject([{ state: 'DELIVERED', message: null, remoteId: null, remoteUrl: null }]);
});

test('reports that race an erasure are erased or new, never half of each', async () => {
  const customer = await newCustomer();
  const { number } = newPerson(12);
  const contact = await newContact(customer, { phone: number });
  const reports = Array.from({ length: 20 }, (_, second) => logFrom(customer, number, { second, subject: 'Told' }));
  const [erased] = await Promise.all([erase(customer, 'eraseContact', contact), ...reports]);
  const { body } = await customer.rest('GET', `${paths.calls}?per_page=100`);
  const kinds = body.data.map((call: Record<string, string | null>) => [
    call.number_from?.startsWith('erased-') ? 'erased' : 'new',
    call.subject,
    call.contact_id,
  ]);
  expect(kinds).toHaveLength(20);
  expect(kinds.filter(([kind]: string[]) => kind === 'erased')).toHaveLength(erased.phoneCalls);
  for (const [kind, subject, contactId] of kinds) {
    expect([subject, contactId]).toEqual([kind === 'erased' ? null : 'Told', null]);
  }
});
