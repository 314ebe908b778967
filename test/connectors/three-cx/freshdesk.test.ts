import { expect, test } from 'vitest';
import { stored } from '../../support/report.ts';
import { paths } from '../../support/rest.ts';
import { type Answer, connectTemplate } from '../../support/template-crm.ts';
import { read, suite } from '../template/public.ts';
import { callOf, callTypes, search } from './calls.ts';

const person = {
  id: 9_007_199_254_740_993n.toString(),
  company_id: 7,
  name: 'Eve Doe',
  job_title: 'CTO',
  phone: '+33612345678',
  mobile: null,
  email: 'eve@acme.example',
};
/** Ids beyond what a number holds, as this CRM sends them. */
const asJson = (value: object) => JSON.stringify(value).replace(/"(\d{16,})"/g, '$1');

const parameters = {
  APIkey: 'fresh-key-1',
  Domain: 'acme',
  CreateContactEnabled: 'True',
  ReportCallEnabled: 'True',
  ReportChatEnabled: 'True',
};
const authorization = `Basic ${Buffer.from('fresh-key-1:X').toString('base64')}`;
const get = { accept: 'application/json', authorization };
const post = { ...get, 'content-type': 'application/json' };

suite('Freshdesk', () => {
  const connect = (people: object[], more: Record<string, ReturnType<Answer>> = {}) =>
    connectTemplate({
      xml: read('freshdesk.xml'),
      parameters,
      answer: ({ method, path }) => {
        const [, own] = Object.entries(more).find(([key]) => `${method} ${path}`.includes(key)) ?? [];
        if (own) return own;
        if (path.includes('contacts?phone=%2B33612345678') || path.includes('contacts?email=')) {
          return { body: asJson(people) };
        }
        if (path.includes('contacts?')) return { body: '[]' };
        if (path.includes('/companies/')) return { name: 'Acme' };
        if (path.includes('/agents?')) return [{ id: 44 }];
        return { status: 201, body: '{"id": 99}' };
      },
    });

  test('a hit is asked for by phone, by mobile, and for its company', async () => {
    const { customer, asked } = await connect([person]);
    expect((await search(customer, '+33612345678')).contacts).toMatchObject([
      {
        id: '9007199254740993',
        first_name: 'Eve Doe',
        company: 'Acme',
        email: 'eve@acme.example',
        phone_business_1: '+33612345678',
        phone_mobile_1: null,
        entity_type: 'Contacts',
        entity_url: 'https://acme.freshdesk.com/contacts/9007199254740993',
      },
    ]);
    expect(asked).toEqual(
      ['contacts?phone=%2B33612345678', 'companies/7', 'contacts?mobile=%2B33612345678'].map((path) => ({
        host: 'acme.freshdesk.com',
        method: 'GET',
        path: `/api/v2/${path}`,
        headers: get,
        body: '',
      })),
    );
  });

  test('several hits, one of them without a company, are ranked and counted', async () => {
    const { customer } = await connect([
      { ...person, id: 1 },
      { ...person, id: 2, company_id: null },
    ]);
    const query =
      'query ($p: String!) { contactSearch(phone: $p) { contacts { id company } match { kind candidates ambiguous } } }';
    const { body } = await customer.graphql(query, { p: '0612345678' });
    expect(body.data?.contactSearch).toEqual({
      contacts: [
        { id: '1', company: 'Acme' },
        { id: '2', company: null },
      ],
      match: { kind: 'NATIONAL', candidates: 2, ambiguous: true },
    });
  });

  test('a miss by number asks for the email', async () => {
    const { customer, sent } = await connect([person]);
    const { contacts } = await search(customer, '+33711111111', { email: 'eve@acme.example' });
    expect(contacts).toMatchObject([{ id: '9007199254740993' }]);
    expect(sent().at(-2)).toBe('GET acme.freshdesk.com/api/v2/contacts?email=eve%40acme.example');
  });

  test('a contact is created with what is known of it, and once', async () => {
    const created = {
      ...person,
      id: 77,
      name: 'Anna Durand',
      phone: null,
      mobile: '+33687654321',
      email: 'a@d.example',
    };
    const { customer, asked } = await connect([], { 'POST /api/v2/contacts': { body: asJson(created) } });
    const body = { first_name: 'Anna', last_name: 'Durand', email: 'a@d.example', phone: '06 87 65 43 21' };
    const first = stored(await customer.rest('POST', paths.contacts, { body }));
    expect(first.contact).toMatchObject({ id: '77', first_name: 'Anna', phone_mobile_1: '+33687654321' });
    stored(await customer.rest('POST', paths.contacts, { body }));
    const posts = asked.filter(({ method }) => method === 'POST');
    expect(posts).toEqual([
      {
        host: 'acme.freshdesk.com',
        method: 'POST',
        path: '/api/v2/contacts',
        headers: post,
        body: '{"name":"Anna Durand","email":"a@d.example","mobile":"+33687654321"}',
      },
    ]);
  });

  test.each(callTypes)('a call becomes a ticket: %s', async (type) => {
    const { customer, asked, deliver, log } = await connect([person]);
    await search(customer, '+33612345678');
    const recording_url = 'https://pbx.example/r/1';
    stored(
      await customer.rest('POST', paths.calls, { body: callOf(type, { recording_url, summary: 'He [said] "hi"' }) }),
    );
    expect(await deliver()).toBe(1);
    expect(await log()).toMatchObject({ state: 'delivered', attempts: 1 });
    const texts = {
      Inbound:
        '07/05/1990 11:00:00: Answered incoming call from +33612345678 Eve Doe to 101 (00:01:05)<br/>Transcription: <br/>Summary: He [said] "hi"<br/>Recording: <a href="https://pbx.example/r/1">https://pbx.example/r/1</a>',
      Missed: '07/05/1990 11:00:00: Missed call from +33612345678 Eve Doe to 101',
      Outbound:
        '07/05/1990 11:00:00: Answered outgoing call from 101 to +33612345678 Eve Doe (00:01:05)<br/>Transcription: <br/>Summary: He [said] "hi"<br/>Recording: <a href="https://pbx.example/r/1">https://pbx.example/r/1</a>',
      Notanswered: '07/05/1990 11:00:00: Unanswered outgoing call from 101 to +33612345678 Eve Doe',
    };
    expect(asked.slice(3)).toEqual([
      {
        host: 'acme.freshdesk.com',
        method: 'GET',
        path: '/api/v2/agents?email=ada%40pbx.example',
        headers: get,
        body: '',
      },
      {
        host: 'acme.freshdesk.com',
        method: 'POST',
        path: '/api/v2/tickets',
        headers: post,
        body: asJson({
          requester_id: '9007199254740993',
          responder_id: 44,
          phone: '+33612345678',
          subject: 'New Ticket',
          type: 'Question',
          status: 2,
          priority: 1,
          description: texts[type],
          source: 3,
          tags: [type, 'Call', '101'],
        }),
      },
    ]);
  });

  test('a chat becomes a ticket', async () => {
    const { customer, asked, deliver, log } = await connect([person]);
    const chat = {
      email: 'eve@acme.example',
      start_time_utc: '1990-07-05T09:00:00Z',
      chat_messages: 'Eve: Hello\nBen: "Hi" \\o/ 😀',
      agent: '101',
      agent_email: 'ada@pbx.example',
    };
    stored(await customer.rest('POST', paths.chats, { body: chat }));
    expect([await deliver(), await log('chats')]).toMatchObject([1, { state: 'delivered' }]);
    expect(asked.at(-1)?.body).toContain('"requester_id":9007199254740993,');
    expect(JSON.parse(asked.at(-1)?.body ?? '')).toEqual({
      requester_id: expect.any(Number),
      responder_id: 44,
      email: 'eve@acme.example',
      subject: '3CX PhoneSystem Chat Session',
      type: 'Question',
      status: 2,
      priority: 1,
      description: expect.stringMatching(/^Eve: Hello.*Ben: "Hi" o\/ 😀$/s),
      source: 7,
      tags: ['Chat', '101'],
    });
  });

  test('a refused ticket is dead at once and says why, one that cannot be taken now is tried again', async () => {
    const refusing = await connect([person], {
      'POST /api/v2/tickets': { status: 400, body: '{"errors":["requester"]}' },
    });
    stored(await refusing.customer.rest('POST', paths.calls, { body: callOf('Missed') }));
    await refusing.deliver();
    expect(await refusing.log()).toMatchObject({
      state: 'dead',
      attempts: 1,
      message: 'The request of "CreateCallActivity" was answered with 400: {"errors":["requester"]}',
    });
    const busy = await connect([person], { 'POST /api/v2/tickets': { status: 503 } });
    stored(await busy.customer.rest('POST', paths.calls, { body: callOf('Missed') }));
    await busy.deliver();
    expect(await busy.log()).toMatchObject({ state: 'pending', attempts: 1 });
  });
});
