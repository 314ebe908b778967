import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as arbitrary from './support/arbitrary.ts';
import { newCustomer, type TestCustomer } from './support/world.ts';

type Fields = Record<string, unknown>;

/** How many random inputs each property is tried with. */
const runs = { numRuns: 30 };

const contactFields = `id civility firstName lastName email company website phoneBusiness1 phoneBusiness2 phoneMobile1
  phoneMobile2 phoneHome phoneOther entityUrl entityType customValue placeholder`;
const callFields = `id direction status answered numberFrom numberTo numberExternal numberInternal numberDid source
  durationSeconds startTime endTime subject body recordingUrl transcription summary sentiment agentFirstName agentLastName
  agentEmail queueExtension contactId entityType entityId callContextId contextData createdAt updatedAt`;
const chatFields = `id email numberExternal source name startTime endTime durationSeconds subject chatMessages
  queueExtension entityType entityId agent agentFirstName agentLastName agentEmail contactId createdAt`;

const legacyNames: Record<string, string> = { placeholder: 'is_placeholder', durationSeconds: 'duration' };
const legacyStatuses: Record<string, string> = {
  COMPLETED: 'completed',
  FAILED: 'failed',
  BUSY: 'busy',
  NO_ANSWER: 'no-answer',
  MISSED: 'Missed',
  NOTANSWERED: 'Notanswered',
};

const snake = (name: string) =>
  legacyNames[name] ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/(\d)$/, '_$1');

/** What GraphQL says, in the words of the legacy face. */
const legacy = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      if (/direction|startTimeReference|segmentDnType/i.test(name)) return [snake(name), String(value).toLowerCase()];
      if (name === 'status') return ['status', legacyStatuses[String(value)]];
      if (/Time$|At$/.test(name) && value) return [snake(name), String(value).replace(/\.\d+Z$/, 'Z')];
      return [snake(name), value];
    }),
  );

/** The body of a legacy request that says what a GraphQL input says. */
const legacyBody = (input: Fields): Fields => {
  const { start_time, end_time, ...body } = legacy(input);
  return {
    ...body,
    ...(start_time !== undefined && { start_time_utc: start_time }),
    ...(end_time !== undefined && { end_time_utc: end_time }),
  };
};

async function post(customer: TestCustomer, path: string, input: Fields, form: boolean): Promise<any> {
  const body = legacyBody(input);
  const { status, body: answer } = await customer.rest('POST', `/api/crm/lookup/${path}`, {
    body: form ? new URLSearchParams(body as Record<string, string>).toString() : body,
  });
  expect(answer).toMatchObject({ response: expect.stringMatching('ok|success') });
  expect(status).toBe(201);
  return answer;
}

async function ask(customer: TestCustomer, document: string, variables: object = {}): Promise<any> {
  const { body } = await customer.graphql(document, variables);
  expect(body.errors).toBeUndefined();
  return body.data;
}

const createContact = `mutation ($input: CreateContactInput!) {
  createContact(input: $input) { contact { ${contactFields} matchedNumber } }
}`;

test('a contact that is created by REST reads the same by GraphQL, by its id and in a search', async () => {
  await fc.assert(
    fc.asyncProperty(arbitrary.contact, fc.boolean(), async (input, form) => {
      const customer = await newCustomer();
      const { contact: written } = await post(customer, 'contacts', input, form);
      const { matched_number, ...expected } = written;
      const searched = input.phone ? { phone: input.phone } : { email: input.email };
      const { contact, contactSearch } = await ask(
        customer,
        `query ($id: ID!, $phone: String, $email: String) {
          contact(id: $id) { ${contactFields} }
          contactSearch(phone: $phone, email: $email) { contacts { ${contactFields} } }
        }`,
        { id: written.id, ...searched },
      );
      expect(legacy(contact)).toEqual(expected);
      expect(contactSearch.contacts.map(legacy)).toEqual([expected]);
      const { lastName, firstName = null, civility = null, customValue = null, email } = input;
      expect(contact).toMatchObject({ lastName, firstName, civility, customValue, email });
    }),
    runs,
  );
});

test('a contact that is created by GraphQL reads the same in a REST search', async () => {
  await fc.assert(
    fc.asyncProperty(arbitrary.contact, async (input) => {
      const customer = await newCustomer();
      const { contact: written } = (await ask(customer, createContact, { input })).createContact;
      const query = new URLSearchParams(input.phone ? { phone: String(input.phone) } : { email: String(input.email) });
      const { body } = await customer.rest('GET', `/api/crm/lookup/contacts/search?${query}`);
      expect(body.contacts).toEqual([{ ...legacy(written), matched_number: input.phone ?? null }]);
      const { lastName, firstName = null, civility = null, customValue = null } = input;
      expect(body.contacts[0]).toMatchObject(legacy({ lastName, firstName, civility, customValue }));
    }),
    runs,
  );
});

const logPhoneCall = `mutation ($input: LogPhoneCallInput!) { logPhoneCall(input: $input) { call { ${callFields} } } }`;

/** The only call of a customer, as each way of reading gives it, in legacy words. */
async function readings(customer: TestCustomer, id: string): Promise<Fields[]> {
  const { phoneCall, phoneCalls } = await ask(
    customer,
    `query ($id: ID!) { phoneCall(id: $id) { ${callFields} } phoneCalls { totalCount nodes { ${callFields} } } }`,
    { id },
  );
  expect(phoneCalls.totalCount).toBe(1);
  const { body } = await customer.rest('GET', '/api/crm/lookup/phone-calls');
  return [legacy(phoneCall), ...phoneCalls.nodes.map(legacy), ...body.data];
}

test('a call that is logged by either face reads the same through both', async () => {
  await fc.assert(
    fc.asyncProperty(arbitrary.call, fc.boolean(), async (input, form) => {
      const [old, modern] = [await newCustomer(), await newCustomer()];
      const { call: byRest } = await post(old, 'phone-calls', input, form);
      expect(await readings(old, byRest.id)).toEqual([byRest, byRest, byRest]);
      const byGraphql = legacy((await ask(modern, logPhoneCall, { input })).logPhoneCall.call);
      expect(await readings(modern, String(byGraphql.id))).toEqual([byGraphql, byGraphql, byGraphql]);
      const { id, created_at, updated_at, ...told } = byRest;
      expect(byGraphql).toMatchObject(told);
      const { numberExternal, numberInternal, numberFrom, numberTo, numberDid, ...unchanged } = input;
      expect(byRest).toMatchObject(legacy(unchanged));
    }),
    runs,
  );
});

test('what is known of a call, saved by either face, stands with the call on both', async () => {
  await fc.assert(
    fc.asyncProperty(arbitrary.context, fc.boolean(), async (sent, byRest) => {
      const customer = await newCustomer();
      const input = { direction: 'INBOUND', ...sent };
      const upsert = `mutation ($input: UpsertCallContextInput!) { upsertCallContext(input: $input) { callContext { id } } }`;
      const id = byRest
        ? (await post(customer, 'phone-calls/context', input, false)).call_context_id
        : (await ask(customer, upsert, { input })).upsertCallContext.callContext.id;
      const { call } = await post(
        customer,
        'phone-calls',
        {
          direction: 'INBOUND',
          status: 'MISSED',
          numberFrom: sent.numberFrom,
          numberTo: '101',
          startTime: sent.startTime,
        },
        false,
      );
      const data = Object.fromEntries(sent.contextData.map(({ key, value }) => [key, value]));
      expect(call).toMatchObject({ call_context_id: id });
      expect(call.context_data).toEqual(data);
      expect(await readings(customer, call.id)).toEqual([call, call, call]);
      const { phoneCall } = await ask(
        customer,
        'query ($id: ID!) { phoneCall(id: $id) { context { id contextData { key value } } } }',
        { id: call.id },
      );
      const entries = phoneCall.context.contextData.map(({ key, value }: { key: string; value: unknown }) => [
        key,
        value,
      ]);
      expect(phoneCall.context.id).toBe(id);
      expect(Object.fromEntries(entries)).toEqual(data);
    }),
    runs,
  );
});

test('a chat that is logged by one face is, repeated by the other, the same chat with the same content', async () => {
  const logChat = `mutation ($input: LogChatInput!) { logChat(input: $input) { replayed chat { ${chatFields} } } }`;
  await fc.assert(
    fc.asyncProperty(arbitrary.chat, fc.boolean(), fc.boolean(), async (input, form, restFirst) => {
      const customer = await newCustomer();
      const byGraphql = async () => (await ask(customer, logChat, { input })).logChat;
      const early = restFirst ? null : await byGraphql();
      const { updated_at, ...byRest } = (await post(customer, 'chats', input, form)).chat;
      const { chat, replayed } = early ?? (await byGraphql());
      expect(replayed).toBe(restFirst);
      expect(byRest).toEqual(legacy(chat));
      const { numberExternal, ...unchanged } = input;
      expect(byRest).toMatchObject(legacy(unchanged));
    }),
    runs,
  );
});
