import { expect, test } from 'vitest';
import { parseTemplate } from '../../../src/connectors/template/parse.ts';
import { openTemplate } from '../../../src/connectors/template/run.ts';
import { mockCrm } from './crm.ts';

/** Everything that a large template does at once: granted access, an order of entities, chains, messages, labels. */
const xml = `<?xml version="1.0"?>
<crm name="Large" version="3" country="US" supportsemojis="false">
  <Connection MaxConcurrentRequests="2"/>
  <Number Prefix="Plus" MaxLength=""/>
  <Parameters>
    <Parameter Name="ClientId" Type="String" Default="" /><Parameter Name="ClientSecret" Type="Password" Default="" />
    <Parameter Name="Refresh" Type="OAuth" RequestUrl="https://login.sf.example/authorize"
      RequestUrlParameters="response_type=code&amp;client_id=[ClientId]&amp;redirect_uri=[RedirectUri]&amp;state=[State]" ResponseScenario="Grant" />
    <Parameter Name="Order" Type="List" Default="Contact/Lead" ListValues="Contact/Lead,Lead/Contact" />
    <Parameter Name="ReportCallEnabled" Type="Boolean" Default="True" />
    <Parameter Name="CallText" Type="String" Default="[Name] {{[CallType]}}[LineBreak][Transcription]" />
  </Parameters>
  <Authentication Type="Scenario"><Value>Auth</Value></Authentication>
  <Scenarios>
    <Scenario Id="Auth" Type="REST"><Request Url="https://login.sf.example/token" RequestType="Post" RequestEncoding="UrlEncoded" ResponseType="Json"
      Message="grant_type=refresh_token&amp;client_id=[EscapedClientId]&amp;client_secret=[EscapedClientSecret]&amp;refresh_token=[EscapedRefresh]" />
      <Rules><Rule Type="Any">access_token</Rule></Rules>
      <Variables><Variable Name="Token">access_token<Filter /></Variable><Variable Name="Instance">instance_url</Variable></Variables>
      <Outputs><Output Type="Bearer" Value="[Token]" /><Output Type="BearerExpiration" Value="30" /></Outputs></Scenario>
    <Scenario Id="Grant" Type="REST"><Request Url="https://login.sf.example/token" RequestType="Post" RequestEncoding="UrlEncoded" ResponseType="Json">
      <PostValues><Value Key="grant_type">authorization_code</Value><Value Key="code">[code]</Value></PostValues></Request>
      <Rules><Rule Type="Any">refresh_token</Rule></Rules><Variables><Variable Name="R" Path="refresh_token" /></Variables>
      <Outputs><Output Type="Result" Value="[R]" /></Outputs></Scenario>
  </Scenarios>
  <Scenarios>
    ${['Contact', 'Lead']
      .map(
        (entity) => `<Scenario Id="" Type="REST" EntityId="${entity}" EntityOrder="Order">
      <Request SkipIf="[FoundRecordCount]&gt;0" Url="[Instance]/query?q=SELECT Id FROM ${entity} WHERE Phone='[[Number].Replace(&quot;+&quot;,&quot;%2B&quot;)]'" RequestType="Get" ResponseType="Json" />
      <Rules><Rule Type="Equals" Ethalon="${entity}">records.attributes.type</Rule><Rule Type="Any">records.Id</Rule></Rules>
      <Variables><Variable Name="RecordId" Path="records.Id"><Filter /></Variable></Variables>
      <Outputs Next="Read${entity}" AllowEmpty="false" /></Scenario>
    <Scenario Id="Read${entity}" Type="REST"><Request Url="[Instance]/${entity}/[RecordId]" RequestType="Get" ResponseType="Json" />
      <Rules><Rule Type="Number" Ethalon="">Phones.Number</Rule></Rules>
      <Variables><Variable Name="Last" Path="LastName" /><Variable Name="Account" Path="Account.Name" />
        <Variable Name="Mobile" Path="Phones.Number"><Filter><Rule Type="Equals" Ethalon="Mobile">Phones.Label</Rule></Filter></Variable></Variables>
      <Outputs><Output Type="ContactUrl" Value="[Instance]/[RecordId]" /><Output Type="LastName" Value="[Last]" />
        <Output Type="CompanyName" Value="[Account]" /><Output Type="PhoneMobile" Value="[Mobile]" /><Output Type="EntityType" Value="${entity}" /></Outputs></Scenario>`,
      )
      .join('\n')}
    <Scenario Id="ReportCall" Type="REST"><Request SkipIf="[IIf([ReportCallEnabled]!=True,True,False)]" Url="[Instance]/Task" RequestType="Post"
      RequestEncoding="Json" RequestContentType="application/json" MessagePasses="2"
      Message="{ ^^Subject^^: ^^[[[CallText]].Replace(^^Missed^^,^^lost^^)]^^, ^^At^^: ^^[[CallStartTimeUTC].ToString(&quot;yyyy-MM-ddTHH:mmZ&quot;)]^^, ^^Tags^^: {{^^3CX^^}}, ^^Who^^: { ^^Id^^: ^^[EntityId]^^ } }" /></Scenario>
  </Scenarios>
</crm>`;

const number = '0033612345678';
const phones = [
  { Label: 'Work', Number: '+33112345678' },
  { Label: 'Mobile', Number: '+33612345678' },
];

function open(order?: string) {
  const crm = mockCrm({
    '/token': { access_token: 'access-1', instance_url: 'https://eu.sf.example', refresh_token: 'refresh-1' },
    'FROM%20Contact': { records: [] },
    'FROM%20Lead': { records: ['L1', 'L2'].map((Id) => ({ Id, attributes: { type: 'Lead' } })) },
    'Lead/L1': { LastName: 'Doe', Account: { Name: 'Acme' }, Phones: phones },
    'Lead/L2': { LastName: 'Old', Account: null, Phones: phones.slice(0, 1) },
    '/Task': { id: 't1' },
  });
  const template = parseTemplate(xml);
  const parameters = { ClientId: 'id', ClientSecret: 'sec&ret', ...(order && { Order: order }) };
  const setup = { parameters, send: crm.send, now: () => new Date(0), unknownVariables: 'literal' as const };
  return { template, crm, ...openTemplate(template, setup) };
}

test('it has no problem but its two Scenarios', () => {
  expect(open().template.problems.map(({ message }) => message)).toEqual([
    'There are several Scenarios elements; they are read as one.',
  ]);
});

test('it finds a lead after no contact, by a chain for each record', async () => {
  const { completeAuthorization, lookupByNumber, crm } = open();
  expect((await completeAuthorization('code-1', 's')).granted).toEqual({ parameter: 'Refresh', value: 'refresh-1' });
  const { contacts, warnings } = await lookupByNumber(number);
  expect(crm.sent().slice(1)).toEqual([
    'POST https://login.sf.example/token',
    "GET https://eu.sf.example/query?q=SELECT%20Id%20FROM%20Contact%20WHERE%20Phone='%2B33612345678'",
    "GET https://eu.sf.example/query?q=SELECT%20Id%20FROM%20Lead%20WHERE%20Phone='%2B33612345678'",
    'GET https://eu.sf.example/Lead/L1',
    'GET https://eu.sf.example/Lead/L2',
  ]);
  expect(crm.requests[1]?.body).toBe(
    'grant_type=refresh_token&client_id=id&client_secret=sec%26ret&refresh_token=refresh-1',
  );
  expect(contacts).toEqual([
    {
      ContactUrl: 'https://eu.sf.example/L1',
      LastName: 'Doe',
      CompanyName: 'Acme',
      PhoneMobile: '+33612345678',
      EntityType: 'Lead',
    },
  ]);
  expect(warnings).toEqual([]);
});

test('it asks for leads first where that was chosen, and then for no contact', async () => {
  const { lookupByNumber, crm } = open('Lead/Contact');
  await lookupByNumber(number);
  expect(crm.sent().filter((sent) => sent.includes('FROM%20Contact'))).toEqual([]);
});

test('it journals a call by a message of several passes', async () => {
  const { reportCall, crm } = open();
  const { warnings } = await reportCall({
    callType: 'Missed',
    number,
    name: 'Ada [ClientSecret]',
    entityId: 'L1',
    startedAt: new Date('2026-01-05T09:08:07Z'),
    transcription: '',
  });
  expect(crm.requests[1]).toMatchObject({
    url: 'https://eu.sf.example/Task',
    headers: { authorization: 'Bearer access-1' },
  });
  expect(crm.requests[1]?.body?.replace('\n', '\\n')).toBe(
    '{ "Subject": "Ada [ClientSecret] [Missed]\\n", "At": "2026-01-05T09:08Z", "Tags": ["3CX"], "Who": { "Id": "L1" } }',
  );
  expect(warnings).toEqual([]);
});
