import { describe, expect, test } from 'vitest';
import { open, templateXml } from './crm.ts';

const report = {
  callType: 'Inbound' as const,
  number: '+33612345678',
  startedAt: new Date('2026-01-05T09:00:00Z'),
  establishedAt: new Date('2026-01-05T09:00:10Z'),
  endedAt: new Date('2026-01-05T10:02:15Z'),
  agent: '101',
  agentFirstName: 'Ada',
  contact: { EntityId: '42', FirstName: 'Eve', LastName: 'Doe', CustomValue: 'gold' },
};

const scenario = (request: string) => `<Scenario Id="ReportCall" Type="REST">${request}</Scenario>`;
const post = (values: string, attributes = 'RequestEncoding="Json"') =>
  scenario(`<Request Url="https://crm.example/calls" RequestType="Post" ${attributes}>${values}</Request>`);

/** The one request that reporting a call makes. */
async function sent(xml: string, setup: Parameters<typeof open>[2] = {}, call: object = {}) {
  const { reportCall, crm } = open(xml, { POST: {}, GET: {} }, setup);
  const trace = await reportCall({ ...report, ...call });
  expect(crm.requests).toHaveLength(1);
  return { ...(crm.requests[0] as (typeof crm.requests)[0]), warnings: trace.warnings };
}

describe('a JSON body', () => {
  test('has nested values of their types, and only those that are wanted', async () => {
    const { body, headers, warnings } = await sent(
      templateXml(
        post(`<PostValues Key="">
          <Value Key="id" Passes="1" Type="Integer">[EntityId]</Value>
          <Value Key="seconds" Type="Double">[[DurationTimespan].get_TotalSeconds()]</Value>
          <Value Key="big" Type="Integer">12345678901234567890</Value>
          <Value Key="in" Type="Boolean">[IIf([CallType]==Inbound,True,False)]</Value>
          <Value Key="none" Type="Integer">[QueueExtension]</Value>
          <Value Key="text" If="[CallType]==Missed">missed</Value>
          <Value Key="text" If="[CallType]==Inbound">in</Value>
          <Value Key="skipped" SkipIf="[EntityId]!=&quot;&quot;">x</Value>
          <Object Key="who"><Value Key="name">[Name]</Value><Object Key="empty" /></Object>
          <Array Key="tags"><Value Key="">Call</Value><Value Key="" If="False">no</Value><Array Key=""><Value Key="" Type="Integer">1</Value></Array></Array>
        </PostValues>`),
      ),
    );
    expect(headers['content-type']).toBe('application/json');
    expect(body).toBe(
      '{"id":42,"seconds":3725,"big":12345678901234567890,"in":true,"none":null,"text":"in",' +
        '"who":{"name":"Eve Doe","empty":{}},"tags":["Call",[1]]}',
    );
    expect(warnings).toEqual([]);
  });

  test.each([
    ['an unnamed object is the body itself', '<Object Key=""><Value Key="a">b</Value></Object>', '{"a":"b"}'],
    ['an unnamed array is the body itself', '<Array Key=""><Value Key="">[Agent]</Value></Array>', '["101"]'],
    ['no value at all is an empty object', '', '{}'],
    ['a text that is no number is sent as text', '<Value Key="a" Type="Integer">x</Value>', '{"a":"x"}'],
  ])('%s', async (_, values, expected) => {
    expect((await sent(templateXml(post(`<PostValues>${values}</PostValues>`)))).body).toBe(expected);
  });

  test('a name at the top wraps it', async () => {
    const xml = templateXml(post('<PostValues Key="ticket"><Value Key="a">b</Value></PostValues>'));
    expect((await sent(xml)).body).toBe('{"ticket":{"a":"b"}}');
  });
});

test('a form encodes every value, repeats the name of a list, and nests names', async () => {
  const { body, headers } = await sent(
    templateXml(
      post(
        `<PostValues><Value Key="phone">[Number]</Value><Value Key="name">[Name] &amp; é</Value><Value Key="empty">[Email]</Value>
         <Array Key="tag"><Value Key="">a</Value><Value Key="">b</Value></Array>
         <Object Key="who"><Value Key="id">[EntityId]</Value></Object></PostValues>`,
        'RequestEncoding="UrlEncoded"',
      ),
    ),
  );
  expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(body).toBe('phone=%2B33612345678&name=Eve+Doe+%26+%C3%A9&empty=&tag=a&tag=b&who%5Bid%5D=42');
});

test('a message is sent as it is, with its escapes, its passes and its own content type', async () => {
  const parameters = '<Parameter Name="Text" Type="String" Default="[Agent] talked {{ok}} [Duration]" />';
  const message =
    '{^^text^^: ^^[[Text]]^^, ^^tags^^: {{^^[CallType]^^}}, ^^at^^: ^^[[CallStartTimeUTC].ToString(^^yyyy-MM-ddTHH:mmZ^^)]^^ }';
  const attributes = `RequestEncoding="Json" RequestContentType="application/vnd.crm+json" MessagePasses="2" Message="${message}"`;
  const { body, headers } = await sent(templateXml(post('', attributes), { parameters }));
  expect(headers['content-type']).toBe('application/vnd.crm+json');
  expect(JSON.parse(body as string)).toEqual({
    text: '101 talked [ok] 01:02:05',
    tags: ['Inbound'],
    at: '2026-01-05T09:00Z',
  });
});

test('headers come from the template, and a value cannot begin another header', async () => {
  const parameters = '<Parameter Name="ApiKey" Type="Password" />';
  const xml = scenario(
    `<Request Url="https://crm.example/a b?q=[Name]&amp;n=[Number]" RequestType="Get"><Headers>
      <Value Key="X-Api-Key">[ApiKey]</Value><Value Key="X-Who" If="[Agent]!=&quot;&quot;">[Name]</Value><Value Key="X-No" If="False">x</Value>
    </Headers></Request>`,
  );
  const { headers, url, method, body } = await sent(
    templateXml(xml, { parameters }),
    { parameters: { ApiKey: 'secret' } },
    { name: 'Eve\r\nX-Evil: 1' },
  );
  expect(headers).toEqual({ accept: 'application/json', 'x-api-key': 'secret', 'x-who': 'Eve X-Evil: 1' });
  expect(url).toBe('https://crm.example/a%20b?q=Eve%0D%0AX-Evil:%201&n=+33612345678');
  expect({ method, body }).toEqual({ method: 'GET', body: null });
});

describe('values are sent as a phone system sends them', () => {
  const names =
    'CallType CallDirection Number Name EntityId Agent AgentFirstName AgentEmail QueueExtension Duration CallEstablishedTimeUTC RecordingUrl Transcription Contact::CustomValue Contact::Other ReportCallEnabled'.split(
      ' ',
    );
  const xml = templateXml(
    post(`<PostValues>${names.map((name) => `<Value Key="${name}">[${name}]</Value>`).join('')}
      <Value Key="start">[[CallStartTimeUTC].ToString("yyyy-MM-ddTHH:mm:ssZ")]</Value>
      <Value Key="local">[[CallStartTimeLocal].ToString("yyyy-MM-ddTHH:mm:ssZ")]</Value>
      <Value Key="answered">[[CallEstablishedTimeUTC].ToString("HH:mm")]</Value></PostValues>`),
    { parameters: '<Parameter Name="ReportCallEnabled" Type="Boolean" Default="true" />' },
  );

  test('an answered call', async () => {
    const { body } = await sent(xml, { timeZone: 'Europe/Paris' }, { transcription: 'Hello' });
    expect(JSON.parse(body as string)).toEqual({
      CallType: 'Inbound',
      CallDirection: 'Inbound',
      Number: '+33612345678',
      Name: 'Eve Doe',
      EntityId: '42',
      Agent: '101',
      AgentFirstName: 'Ada',
      AgentEmail: '',
      QueueExtension: '',
      Duration: '01:02:05',
      CallEstablishedTimeUTC: '01/05/2026 09:00:10',
      RecordingUrl: '',
      Transcription: 'Hello',
      'Contact::CustomValue': 'gold',
      'Contact::Other': '',
      ReportCallEnabled: 'True',
      start: '2026-01-05T09:00:00Z',
      local: '2026-01-05T10:00:00Z',
      answered: '09:00',
    });
  });

  test('a missed call was never established, and an old system knows no transcription', async () => {
    const missed = { callType: 'Missed', establishedAt: null, contact: null, name: 'withheld' };
    const { body, warnings } = await sent(xml, {}, missed);
    expect(JSON.parse(body as string)).toMatchObject({
      CallType: 'Missed',
      CallDirection: 'Inbound',
      Name: 'withheld',
      EntityId: '',
      Duration: '00:00:00',
      CallEstablishedTimeUTC: '',
      answered: '',
      Transcription: '[Transcription]',
    });
    expect(warnings).toEqual(['Nothing is known as [Transcription]; it is sent as it is written.']);
    const emptied = await sent(xml, { unknownVariables: 'empty' }, { callType: 'Notanswered' });
    expect(JSON.parse(emptied.body as string)).toMatchObject({ CallDirection: 'Outbound', Transcription: '' });
  });
});

test('a chat is sent with its messages, without emojis where the CRM cannot store them', async () => {
  const xml = templateXml(
    post(
      '<PostValues><Value Key="m">[ChatMessages]</Value><Value Key="e">[Email]</Value><Value Key="d">[Duration]</Value></PostValues>',
    ).replace('ReportCall', 'ReportChat'),
  );
  const chat = {
    messages: 'Hi 👋🏽 1\nBye',
    startedAt: report.startedAt,
    endedAt: report.establishedAt,
    email: 'a@b.c',
  };
  const keeping = open(xml, { POST: {} });
  await keeping.reportChat(chat);
  expect(keeping.crm.bodies()).toEqual([{ m: 'Hi 👋🏽 1\nBye', e: 'a@b.c', d: '00:00:10' }]);
  const dropping = open(xml.replace('SupportsEmojis="true"', 'SupportsEmojis="false"'), { POST: {} });
  await dropping.reportChat(chat);
  expect(dropping.crm.bodies()).toEqual([{ m: 'Hi  1\nBye', e: 'a@b.c', d: '00:00:10' }]);
});
