import { createHash } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { parseTemplate } from '../../src/connectors/template/parse.ts';
import { pbxTemplate, templateVersion } from '../../src/pbx/template.ts';
import { plugIn, sendThrough, withNumber } from '../support/pbx.ts';
import { app, newCustomer, publicUrl, type TestCustomer } from '../support/world.ts';

const send = sendThrough((request) => app.fetch(request));
const at = (time: string) => new Date(`2026-03-01T${time}Z`);

const plugged = (customer: TestCustomer, xml = pbxTemplate(publicUrl, 'token'), more: object = {}) =>
  plugIn({ xml, parameters: { Token: customer.token, CreateContacts: 'True' }, send, ...more });

const newContact = (customer: TestCustomer) =>
  customer.rest('POST', '/api/crm/lookup/contacts', {
    body: { first_name: 'Camille', last_name: 'Martin', phone: '+33612345678', email: 'camille+vip@example.com' },
  });

const calls = async (customer: TestCustomer) => (await customer.rest('GET', '/api/crm/lookup/phone-calls')).body.data;

test.each(['code', 'token'] as const)(
  'the %s template is one that a phone system reads without a complaint',
  (auth) => {
    expect(parseTemplate(pbxTemplate(publicUrl, auth)).problems).toEqual([]);
  },
);

test.each(['code', 'token'] as const)('the %s template is served under a name without spaces', async (auth) => {
  const response = await app.fetch(new Request(`http://test.local/3cx/template.xml?auth=${auth}`));
  expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8');
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="crm-lookup-${auth}-v${templateVersion}.xml"`,
  );
  expect(await response.text()).toBe(pbxTemplate(publicUrl, auth));
});

test('an address with every special character of XML comes through a parser unharmed', () => {
  const address = `https://lookup.example/a&b"c'd<e>`;
  const parsed = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(
    pbxTemplate(address, 'token'),
  );
  expect(parsed.Crm.Scenarios.Scenario[0].Request.Url).toContain(`${address}/api/crm/lookup/contacts/search`);
});

test('the version rises with the content', () => {
  const content = (['code', 'token'] as const).map((auth) => pbxTemplate('https://lookup.example', auth)).join('');
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 16);
  expect([templateVersion, digest], 'raise templateVersion, then put its digest here').toEqual([1, '0b36e551c49a6436']);
});

test('a known caller pops up, and the call is logged with them', async () => {
  const customer = await newCustomer();
  const id = (await newContact(customer)).body.contact.id;
  const pbx = plugged(customer);
  const { contact, trace } = await pbx.call({
    callType: 'Inbound',
    number: '+33612345678',
    agent: '101',
    agentFirstName: 'Léa',
    agentEmail: 'lea@example.com',
    startedAt: at('10:00:00'),
    establishedAt: at('10:00:10'),
    endedAt: at('10:03:10'),
    recordingUrl: 'https://pbx.example/1.wav',
    transcription: 'Where is my order?',
    summary: 'Asks for an order.',
    sentiment: 'calm',
  });
  expect(contact).toMatchObject({ FirstName: 'Camille', LastName: 'Martin', EntityId: id });
  expect(trace.warnings).toEqual([]);
  expect(await calls(customer)).toMatchObject([
    {
      direction: 'inbound',
      status: 'completed',
      answered: true,
      number_external: '+33612345678',
      number_internal: '101',
      source: '3cx',
      duration: 180,
      start_time: '2026-03-01T10:00:00Z',
      end_time: '2026-03-01T10:03:10Z',
      subject: 'Inbound call from Camille Martin +33612345678',
      recording_url: 'https://pbx.example/1.wav',
      transcription: 'Where is my order?',
      summary: 'Asks for an order.',
      sentiment: 'calm',
      agent_first_name: 'Léa',
      agent_email: 'lea@example.com',
      contact_id: id,
      entity_id: id,
    },
  ]);
});

test('an unknown caller gets the placeholder, and is then journalled as nobody', async () => {
  const customer = await newCustomer();
  const { contact } = await plugged(customer).call({
    callType: 'Missed',
    number: '+33698765432',
    agent: '101',
    startedAt: at('11:00:00'),
    endedAt: at('11:00:20'),
  });
  expect(contact?.EntityId).toMatch(/^placeholder-/);
  expect(await calls(customer)).toMatchObject([
    { status: 'Missed', answered: false, entity_id: null, contact_id: null },
  ]);
});

test.each([
  ['Inbound', 'inbound', 'completed', 'Inbound call from'],
  ['Outbound', 'outbound', 'completed', 'Outbound call to'],
  ['Missed', 'inbound', 'Missed', 'Missed call from'],
  ['Notanswered', 'outbound', 'Notanswered', 'No answer from'],
] as const)('a call of type %s is logged right', async (callType, direction, status, subject) => {
  const customer = await newCustomer();
  await plugged(customer).call({
    callType,
    number: '+33612345678',
    agent: '101',
    startedAt: at('10:00:00'),
    endedAt: at('10:00:30'),
  });
  const [call] = await calls(customer);
  expect(call).toMatchObject({ direction, status, number_external: '+33612345678', number_internal: '101' });
  expect(call.subject).toContain(subject);
});

test('a hidden caller is logged, and a repeated report is the same call', async () => {
  const customer = await newCustomer();
  const pbx = plugged(customer);
  const report = {
    callType: 'Missed',
    number: '',
    agent: '101',
    startedAt: at('10:00:00'),
    endedAt: at('10:00:30'),
  } as const;
  await pbx.call(report);
  await pbx.call(report);
  expect(await calls(customer)).toMatchObject([{ number_external: 'anonymous' }]);
});

describe.each(['AsIs', 'Off', 'Plus', 'Zeros'] as const)('with the number sent in the form %s', (prefix) => {
  test.each(['literal', 'empty'] as const)(
    'a caller is found and logged, unknown variables being %s',
    async (unknownVariables) => {
      const customer = await newCustomer();
      await newContact(customer);
      const pbx = plugged(customer, withNumber(pbxTemplate(publicUrl, 'token'), prefix), { unknownVariables });
      const { contact } = await pbx.call({
        callType: 'Inbound',
        number: '+33612345678',
        agent: '101',
        startedAt: at('10:00:00'),
      });
      expect(contact).toMatchObject({ LastName: 'Martin' });
      expect(await calls(customer)).toMatchObject([
        { number_external: '+33612345678', transcription: null, summary: null },
      ]);
    },
  );
});

test('with only the last eight digits sent, a caller is still found', async () => {
  const customer = await newCustomer();
  await newContact(customer);
  const pbx = plugged(customer, withNumber(pbxTemplate(publicUrl, 'token'), 'AsIs', '8'));
  expect(await pbx.ring('+33612345678')).toMatchObject({ LastName: 'Martin' });
});

test('a caller is found by email too, whatever stands in it', async () => {
  const customer = await newCustomer();
  await newContact(customer);
  const { contacts } = await plugged(customer).crm.lookupByEmail('camille+vip@example.com');
  expect(contacts).toMatchObject([{ LastName: 'Martin' }]);
});

test('a contact that is created from a call, or by a person, is found by the next lookup', async () => {
  const customer = await newCustomer();
  const pbx = plugged(customer);
  await pbx.crm.createContact({ number: '+33655443322' });
  expect(await pbx.ring('+33655443322')).toMatchObject({ LastName: 'New contact +33655443322' });
  await pbx.crm.createContact({ number: '+33644332211', firstName: 'Inès', lastName: 'Moreau' }, true);
  expect(await pbx.ring('0644332211')).toMatchObject({ FirstName: 'Inès', LastName: 'Moreau' });
});

test('a chat is logged', async () => {
  const customer = await newCustomer();
  const trace = await plugged(customer).chat({
    email: 'camille@example.com',
    name: 'Camille',
    messages: 'Camille: Hello 👋\nLéa: Hello!',
    agent: '101',
    startedAt: at('10:00:00'),
    endedAt: at('10:05:00'),
  });
  expect(trace.requests.map(({ status }) => status)).toEqual([201]);
});

test('a call flow finds a contact by number', async () => {
  const customer = await newCustomer();
  await newContact(customer);
  const { answers } = await plugged(customer).crm.lookupFromCallFlow('Contacts', 'LookupNumber', '+33612345678');
  expect(JSON.stringify(answers)).toContain('Martin');
});
