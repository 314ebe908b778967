import { expect, test } from 'vitest';
import { stored } from '../../support/report.ts';
import { paths } from '../../support/rest.ts';
import { connectTemplate } from '../../support/template-crm.ts';
import { lookup, template } from './templates.ts';

const eve = { id: 'e1', first: 'Eve', phone: '+33612345678' };
const byEmail = '<Output Type="Email" Value="[Mail]"/><Output Type="EntityId"';

const chatLog = `<Scenario Id="ReportChat" Type="REST"><Request Url="https://c.example/chats" RequestType="Post" RequestEncoding="UrlEncoded" ResponseType="Json">
  <PostValues><Value Key="id">[EntityId]</Value><Value Key="name">[Name]</Value><Value Key="number">[Number]</Value><Value Key="text">[ChatMessages]</Value><Value Key="length">[Duration]</Value></PostValues></Request></Scenario>`;

test('a chat goes out under whom the CRM knows by the email, and under nobody where it knows none', async () => {
  const xml = template(
    lookup('https://c.example/find?e=[EscapedEmail]', 'LookupByEmail')
      .replace('<Output Type="EntityId"', byEmail)
      .replace('</Variables>', '<Variable Name="Mail" Path="people.mail"/></Variables>') + chatLog,
  ).replace('SupportsEmojis="true"', 'SupportsEmojis="false"');
  const { customer, asked, deliver } = await connectTemplate({
    xml,
    answer: ({ path }) =>
      path.includes('eve%40')
        ? {
            people: [
              { ...eve, id: 'x', mail: 'eve@a.example.org' },
              { ...eve, mail: 'EVE@a.example' },
            ],
          }
        : { people: [] },
  });
  const chat = {
    start_time_utc: '1990-01-05T09:00:00Z',
    end_time_utc: '1990-01-05T09:02:05Z',
    chat_messages: 'Hi 😀\nthere',
  };
  stored(await customer.rest('POST', paths.chats, { body: { ...chat, email: 'eve@a.example', name: 'Visitor' } }));
  stored(await customer.rest('POST', paths.chats, { body: { ...chat, email: 'bob@a.example', name: 'Visitor' } }));
  expect(await deliver()).toBe(2);
  const forms = asked
    .filter(({ method }) => method === 'POST')
    .map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
  const text = { number: '', text: 'Hi \nthere', length: '00:02:05' };
  expect(forms.toSorted((one, other) => (one.id ?? '').localeCompare(other.id ?? ''))).toEqual([
    { ...text, id: '', name: 'Visitor' },
    { ...text, id: 'e1', name: 'Eve' },
  ]);
});

test('a contact that the CRM made without telling it is looked up, else answered as it was given', async () => {
  const create = `<Scenario Id="CreateContactRecord" Type="REST"><Request Url="https://c.example/new" RequestType="Post" RequestEncoding="Json" ResponseType="Json"><PostValues><Value Key="name">[Name]</Value><Value Key="phone">[Number]</Value></PostValues></Request></Scenario>`;
  for (const finds of [true, false]) {
    let made = false;
    const { customer, asked } = await connectTemplate({
      xml: template(lookup('https://c.example/find?n=[EscapedNumber]') + create),
      answer: ({ method }) => {
        made ||= method === 'POST';
        return { people: made && finds && method === 'GET' ? [{ ...eve, first: 'Eve Doe' }] : [] };
      },
    });
    const body = { first_name: 'Eve', last_name: 'Doe', phone: '+33612345678' };
    const { contact } = stored(await customer.rest('POST', paths.contacts, { body }));
    expect(contact).toMatchObject(
      finds
        ? { id: 'e1', first_name: 'Eve Doe' }
        : { id: expect.stringMatching(/^entity-/), last_name: 'Doe', phone_mobile_1: '+33612345678' },
    );
    expect(asked.filter(({ method }) => method === 'POST').map(({ body: sent }) => sent)).toEqual([
      '{"name":"Eve Doe","phone":"+33612345678"}',
    ]);
  }
});

test('hits that no phone system keeps, or whose link leads nowhere, are not answered, and the test says why', async () => {
  const { customer } = await connectTemplate({
    xml: template(
      lookup('https://c.example/find')
        .replace('https://crm.example/[Id]', '[Url]')
        .replace('</Variables>', '<Variable Name="Url" Path="people.url"/></Variables>'),
    ),
    answer: () => ({
      people: [
        { ...eve, url: 'javascript:alert(1)' },
        { ...eve, id: 'e2', url: 'https://c.example/2', phone: '+33100000000' },
        { ...eve, id: 'e3', url: 'https://c.example/3', first: `Eve\u0000${'x'.repeat(400)}` },
      ],
    }),
  });
  const { body } = await customer.rest('GET', `${paths.search}?phone=%2B33612345678`);
  expect(body.contacts).toMatchObject([{ id: 'e3', first_name: `Eve${'x'.repeat(252)}` }]);
});
