import { expect, test } from 'vitest';
import { stored } from '../../support/report.ts';
import { paths } from '../../support/rest.ts';
import { connectTemplate } from '../../support/template-crm.ts';
import { callOf, search } from './calls.ts';
import { outputs, template } from './templates.ts';

const eve = { id: 5, first: 'Eve', phone: '+33612345678' };

test('form posts only: a lookup and a journal by forms, in minutes, from values that are wanted', async () => {
  const { customer, asked, deliver } = await connectTemplate({
    xml: template(`
      <Scenario Id="" Type="REST"><Request Url="https://form.example/find" RequestType="Post" RequestEncoding="UrlEncoded" ResponseType="Json">
        <PostValues><Value Key="phone">[Number]</Value><Value Key="list" SkipIf="[Number]!=&quot;&quot;">all</Value></PostValues></Request>
        <Rules><Rule Type="Equals" Ethalon="ok">status</Rule></Rules>
        <Variables><Variable Name="Id" Path="person.id" /><Variable Name="First">person.first</Variable><Variable Name="Phone"> person.phone <Filter /></Variable></Variables>
        ${outputs('https://form.example/[Id]')}</Scenario>
      <Scenario Id="ReportCall" Type="REST"><Request Url="https://form.example/log" RequestType="Post" RequestEncoding="UrlEncoded" ResponseType="Json">
        <PostValues><Value Key="when">[[CallStartTimeLocal].ToString("yyyy-MM-dd HH:mm")]</Value>
          <Value Key="minutes">[[[DurationTimespan].get_TotalMinutes()].ToString("F0")]</Value>
          <Value Key="note &amp; more" If="[CallType]==Inbound">[Name] &amp; [Agent]</Value><Value Key="note" If="[CallType]==Missed">missed</Value></PostValues></Request></Scenario>`),
    answer: ({ path }) => (path === '/find' ? { status: 'ok', person: eve } : { body: 'OK' }),
  });
  expect((await search(customer, '+33612345678')).contacts).toMatchObject([{ id: '5', first_name: 'Eve' }]);
  stored(await customer.rest('POST', paths.calls, { body: callOf('Inbound') }));
  await deliver();
  const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
  expect(asked).toEqual([
    { host: 'form.example', method: 'POST', path: '/find', headers, body: 'phone=%2B33612345678' },
    {
      host: 'form.example',
      method: 'POST',
      path: '/log',
      headers,
      body: 'when=1990-07-05+11%3A00&minutes=1&note+%26+more=Eve+%26+101',
    },
  ]);
});

test('a message with escapes stays JSON of the right kind, whatever the caller is called', async () => {
  const message = `{ ^^title^^: ^^[[Subject]]^^, ^^list^^: {{ ^^a^^, ^^[CallType]^^ }}, ^^who^^: { ^^id^^: [EntityId] }, ^^at^^: ^^[[CallEndTimeUTC].ToString(&quot;yyyy-MM-ddTHH:mmZ&quot;)]^^ }`;
  const { customer, asked, deliver, log } = await connectTemplate({
    xml: template(
      `<Scenario Id="" Type="REST"><Request Url="https://msg.example/?q=[EscapedNumber]" ResponseType="Json"/>
        <Rules><Rule Type="Number" Ethalon="">people.numbers.value</Rule></Rules>
        <Variables><Variable Name="Id" Path="people.id"/><Variable Name="First" Path="people.first"/><Variable Name="Phone" Path="people.numbers.value"><Filter><Rule Type="Equals" Ethalon="Mobile">people.numbers.label</Rule></Filter></Variable></Variables>
        ${outputs('https://msg.example/[Id]')}</Scenario>
       <Scenario Id="ReportCall" Type="REST"><Request Url="https://msg.example/log" RequestType="Post" RequestEncoding="Json" RequestContentType="application/vnd.crm+json" MessagePasses="2" Message="${message}"/></Scenario>`,
      { parameters: '<Parameter Name="Subject" Type="String" Default="[Name] {{urgent}}" />' },
    ),
    answer: ({ path }) =>
      path === '/log'
        ? { status: 204 }
        : {
            people: [
              { id: 1, first: 'Nobody', numbers: [{ label: 'Work', value: '+33100000000' }] },
              {
                id: 2,
                first: 'Eve [Agent] {{x}}',
                numbers: [
                  { label: 'Work', value: '+33199999999' },
                  { label: 'Mobile', value: '06 12 34 56 78' },
                ],
              },
            ],
          },
  });
  expect((await search(customer, '+33612345678')).contacts).toMatchObject([
    { id: '2', first_name: 'Eve [Agent] {{x}}', phone_business_1: '+33612345678' },
  ]);
  stored(await customer.rest('POST', paths.calls, { body: callOf('Inbound') }));
  await deliver();
  expect(await log()).toMatchObject({ state: 'delivered' });
  expect(asked.at(-1)?.headers['content-type']).toBe('application/vnd.crm+json');
  expect(JSON.parse(asked.at(-1)?.body ?? '')).toEqual({
    title: 'Eve [Agent] {{x}} [urgent]',
    list: ['a', 'Inbound'],
    who: { id: 2 },
    at: '1990-07-05T09:01Z',
  });
});

test('another dialect: case, a byte order mark, comments, CDATA, entities, unknown elements, no Number, two blocks', async () => {
  const xml = `\uFEFF<?xml version="1.0" encoding="UTF-8"?><!-- a template -->
<CRM name="Odd" version="2" SUPPORTSEMOJIS="TRUE"><Connection maxconcurrentrequests="3"/><Hints><Hint/></Hints>
  <AUTHENTICATION type="no"/>
  <scenarios><scenario id="" type="rest"><request url="https://odd.example/x?n=[number]&#38;k=1" requesttype="GET" responsetype="JSON"><![CDATA[ignored]]></request>
    <rules><rule type="any"><![CDATA[data.items.id]]></rule></rules>
    <variables><variable name="ID">data.items.id</variable><variable name="n" path="data.items.name"/><variable name="p" path="data.items.tel"/></variables>
    <outputs next="more" allowempty="FALSE"/></scenario></scenarios>
  <Scenarios><Scenario Id="MORE" Type="REST"><Request Url="https://odd.example/[id]" RequestType="Get" ResponseType="Json" SkipIf="[FoundRecordCount]&gt;3"/>
    <Rules/><Variables><Variable Name="Org" Path="org"/></Variables>
    <Outputs AllowEmpty="True"><Output Type="contacturl">https://odd.example/c/[id]</Output><Output Type="LASTNAME" Value="[n]&#233;"/><Output Type="companyname" Value="[Org]"/><Output Type="phonemobile" Value="[p]"/><Output Type="entityid" Value="[ID]"/></Outputs></Scenario></Scenarios>
</CRM>`;
  const { customer, sent } = await connectTemplate({
    xml,
    answer: ({ path }) =>
      path.startsWith('/x') ? { data: { items: [{ id: 'a', name: 'Ren', tel: '0612345678' }] } } : { org: 'Org' },
  });
  expect((await search(customer, '+33612345678')).contacts).toMatchObject([
    {
      id: 'a',
      last_name: 'René',
      company: 'Org',
      phone_mobile_1: '+33612345678',
      entity_url: 'https://odd.example/c/a',
    },
  ]);
  expect(sent()).toEqual(['GET odd.example/x?n=+33612345678&k=1', 'GET odd.example/a']);
});

test('XML answers, of several records, with a header for a key', async () => {
  const { customer, asked } = await connectTemplate({
    xml: template(
      `<Scenario Id="" Type="REST"><Request Url="https://xml.example/?q=[Number]" ResponseType="Xml"><Headers><Value Key="X-Key">[Key]</Value><Value Key="X-None" If="[Key]==none">1</Value></Headers></Request>
        <Rules><Rule Type="Any">Contacts.Contact.Id</Rule></Rules>
        <Variables><Variable Name="Id" Path="Contacts.Contact.Id"/><Variable Name="First" Path="Contacts.Contact.Name"/><Variable Name="Phone" Path="Contacts.Contact.Phone"/></Variables>
        ${outputs('https://xml.example/[Id]')}</Scenario>`,
      {
        parameters: '<Parameter Name="Key" Type="Password" />',
        number: '<Number Prefix="Off" MaxLength="[IIf([Long]==True,^^^^,9)]"/>',
      },
    ),
    parameters: { Key: 'xml-key-1' },
    answer: () => ({
      body: '<?xml version="1.0"?><Contacts><Contact><Id>1</Id><Name>Eve &amp; Co</Name><Phone>612345678</Phone></Contact><Contact><Id>2</Id><Name>Ada</Name><Phone>0612345678</Phone></Contact></Contacts>',
    }),
  });
  expect((await search(customer, '+33612345678')).contacts).toMatchObject([
    { id: '1', first_name: 'Eve & Co' },
    { id: '2', first_name: 'Ada' },
  ]);
  expect(asked).toEqual([
    {
      host: 'xml.example',
      method: 'GET',
      path: '/?q=612345678',
      headers: { accept: 'application/xml, text/xml', 'x-key': 'xml-key-1' },
      body: '',
    },
  ]);
});

test('nested arrays and objects, conditions within conditions, and a wizard’s names', async () => {
  const { customer, asked, deliver } = await connectTemplate({
    xml: template(`
      <Scenario Id="" Type="REST"><Request Url="https://rpc.example/find" RequestType="Post" RequestEncoding="Json" ResponseType="Json">
        <PostValues><Value Key="jsonrpc">2.0</Value><Object Key="params"><Array Key="args"><Value Key="" Type="String">db</Value>
          <Array Key=""><Array Key=""><Value Key="">|</Value><Array Key=""><Value Key="">phone</Value><Value Key="">=</Value><Value Key="">[Number]</Value></Array></Array></Array>
          <Object Key=""/></Array><Value Key="limit" Type="Integer">20</Value><Value Key="active" Type="Boolean">True</Value></Object></PostValues></Request>
        <Rules><Rule Type="Any">result.id</Rule></Rules>
        <Variables><Variable Name="ContactID" Path="result.id"/><Variable Name="First" Path="result.name"/><Variable Name="Clean" Path="result.clean"/><Variable Name="Raw" Path="result.phone"/></Variables>
        <Outputs><Output Type="ContactID" Value="[ContactID]"/><Output Type="FirstName" Value="[First]"/><Output Type="ContactUrl" Value="https://rpc.example/#[ContactID]"/>
          <Output Type="PhoneMobile" Value="[IIf([Clean]==&quot;&quot;||[Clean]==&quot;False&quot;,[Raw],[Clean])]"/><Output Type="CustomValue" Value="[IIf([First]==Eve,[IIf([ContactID]==8,^^[First]-eight^^,other)],none)]"/></Outputs></Scenario>
      <Scenario Id="ReportCall" Type="REST"><Request Url="https://rpc.example/log" SkipIf="[IIf([Contact::ContactID]==&quot;&quot;,True,[IIf([CallType]!=&quot;Inbound&quot;,True,False)])]" RequestType="Post" RequestEncoding="Json" ResponseType="Json">
        <PostValues><Array Key="ids"><Array Key=""><Value Key="" Type="Integer">[Contact::ContactID]</Value></Array></Array><Value Key="value">[Contact::CustomValue]</Value>
          <Value Key="unset">[Contact::Nothing]</Value><Value Key="seconds" Type="Integer">[[[DurationTimespan].get_TotalSeconds()].ToString(&quot;F0&quot;)]</Value></PostValues></Request></Scenario>`),
    answer: ({ path }) =>
      path === '/find' ? { result: [{ id: 8, name: 'Eve', clean: false, phone: '06 12 34 56 78' }] } : { result: 1 },
  });
  expect((await search(customer, '+33612345678')).contacts).toMatchObject([
    { id: '8', phone_mobile_1: '+33612345678', custom_value: 'Eve-eight' },
  ]);
  stored(await customer.rest('POST', paths.calls, { body: callOf('Inbound') }));
  await deliver();
  expect(asked.map(({ body }) => JSON.parse(body))).toEqual([
    { jsonrpc: '2.0', params: { args: ['db', [['|', ['phone', '=', '+33612345678']]], {}], limit: 20, active: true } },
    { ids: [[8]], value: 'Eve-eight', unset: '', seconds: 65 },
  ]);
});

test('a number without a digit is asked for as it arrived, and never as nothing, which would be everybody', async () => {
  const { customer, asked } = await connectTemplate({
    xml: template(`
      <Scenario Id="" Type="REST"><Request Url="https://list.example/find?n=[Number]" ResponseType="Json" />
        <Rules><Rule Type="Any">person</Rule></Rules><Variables><Variable Name="Id" Path="person.id" /></Variables>
        ${outputs('https://list.example/[Id]')}</Scenario>`),
    answer: () => ({}),
  });
  await search(customer, '-');
  expect(asked.map(({ path }) => path)).toEqual(['/find?n=-']);
});
