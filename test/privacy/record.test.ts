import { describe, expect, test } from 'vitest';
import { leaveTraces, newPerson } from '../support/person.ts';
import { graphql, newCustomer, type TestCustomer } from '../support/world.ts';

const document = 'query ($person: PersonInput!) { personRecord(person: $person) }';

async function ask(customer: TestCustomer, person: object) {
  const { body } = await graphql(document, { person }, { token: await customer.tokenWith(['admin']) });
  return body;
}

describe('the record of a person', () => {
  test('holds every row of them and none of anybody else, however they are named', async () => {
    const [customer, stranger] = [await newCustomer(), await newCustomer()];
    const person = newPerson(21);
    const contactId = await leaveTraces(customer, person);
    await leaveTraces(customer, newPerson(22));
    await leaveTraces(stranger, person);
    const { data } = await ask(customer, { contactId });
    const sizes = Object.fromEntries(
      Object.entries(data.personRecord as Record<string, object[]>).map(([table, rows]) => [table, rows.length]),
    );
    expect(sizes).toEqual({
      contacts: 1,
      contactNumbers: 1,
      phoneCalls: 2,
      callSegments: 1,
      callContexts: 3,
      chats: 1,
      deliveries: 3,
    });
    const text = JSON.stringify(data);
    expect(text).not.toMatch(/zebulon\.22|699000022/i);
    expect(text).not.toContain(stranger.id);
    expect(text).not.toContain('customerId');
    expect(data.personRecord.phoneCalls[0]).toMatchObject({ transcription: 'zebulon.21', numberFrom: '+33699000021' });
    for (const named of [{ number: person.number }, { email: person.email }]) {
      expect((await ask(customer, named)).data).toEqual(data);
    }
  });

  test('is empty for somebody unknown', async () => {
    const { data } = await ask(await newCustomer(), { email: 'nobody@example.com' });
    expect(Object.values(data.personRecord).flat()).toEqual([]);
  });

  test('is of one person, named in one way', async () => {
    const customer = await newCustomer();
    for (const person of [{}, { email: 'a@example.com', number: '0612345678' }, { email: null }]) {
      expect((await ask(customer, person)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });
});
