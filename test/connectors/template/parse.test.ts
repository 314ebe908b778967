import { describe, expect, test } from 'vitest';
import { parseTemplate } from '../../../src/connectors/template/parse.ts';
import { templateXml } from './crm.ts';

const lookup = `
    <Scenario Id="" Type="REST">
      <Request Url="https://crm.example/?n=[Number]&amp;x=&quot;a&quot;" RequestType="Get" ResponseType="Json" />
      <Rules><Rule Type="Any" Ethalon="">id</Rule></Rules>
      <Variables>
        <Variable Name="Id" Path="id"><Filter /></Variable>
        <Variable Name="Phone" LookupValue="" Path="">phones.number<Filter><Rule Type="Equals" Ethalon="work">phones.label</Rule></Filter></Variable>
      </Variables>
      <Outputs AllowEmpty="false"><Output Type="EntityId" Passes="2" Value="[Id]" /></Outputs>
    </Scenario>`;

const problemsOf = (xml: string) =>
  parseTemplate(xml).problems.map(
    ({ severity, line, element, message }) => `${severity} ${element}:${line} ${message}`,
  );

test('a template is read whole', () => {
  const parameters = '<Parameter Name="Order" Type="List" Default="A/B" ListValues="A, B,A/B" />';
  const template = parseTemplate(templateXml(lookup, { parameters }));
  expect(template).toMatchObject({
    name: 'Mock',
    version: '1',
    country: 'FR',
    supportsEmojis: true,
    number: { prefix: 'AsIs', maxLength: '' },
    maxConcurrentRequests: 4,
    parameters: [{ name: 'Order', type: 'List', default: 'A/B', listValues: ['A', 'B', 'A/B'] }],
    authentication: { type: 'No', value: '' },
    problems: [],
  });
  expect(template.scenarios).toEqual([
    {
      id: '',
      line: 8,
      entityId: '',
      entityOrder: '',
      request: {
        skipIf: '',
        url: 'https://crm.example/?n=[Number]&x="a"',
        method: 'GET',
        encoding: 'UrlEncoded',
        responseType: 'Json',
        message: '',
        messagePasses: 0,
        contentType: '',
        headers: [],
        postValues: null,
      },
      rules: [{ type: 'Any', ethalon: '', path: 'id' }],
      variables: [
        { name: 'Id', path: 'id', filter: [] },
        { name: 'Phone', path: 'phones.number', filter: [{ type: 'Equals', ethalon: 'work', path: 'phones.label' }] },
      ],
      outputs: [{ type: 'EntityId', passes: 2, value: '[Id]' }],
      next: '',
      allowEmpty: false,
    },
  ]);
});

describe('a template in another dialect is read the same', () => {
  test('names of elements, attributes and choices in any case', () => {
    const other = templateXml(lookup)
      .replaceAll('Scenario', 'scenario')
      .replaceAll('Variable', 'VARIABLE')
      .replaceAll('RequestType="Get"', 'requesttype="GET"')
      .replaceAll('ResponseType', 'responsetype')
      .replaceAll('Type="Any"', 'type="any"');
    expect(parseTemplate(other)).toEqual(parseTemplate(templateXml(lookup)));
  });

  test('several Scenarios, no Number, and CDATA with line breaks', () => {
    const post = `<Scenario Id="ReportCall"><Request Url="https://crm.example/" RequestType="Post" RequestEncoding="Json">
      <PostValues><Value Key="a"><![CDATA[<b>&amp;]]> &#xA;x &lt;</Value></PostValues></Request></Scenario>`;
    const xml = templateXml(lookup, { number: '' }).replace(
      '</Scenarios>',
      `</Scenarios><Scenarios>${post}</Scenarios>`,
    );
    const template = parseTemplate(xml);
    expect(template.number).toEqual({ prefix: 'AsIs', maxLength: '' });
    expect(template.scenarios.map(({ id }) => id)).toEqual(['', 'ReportCall']);
    expect(template.scenarios[1]?.request.postValues?.children[0]?.text).toBe('<b>&amp; \nx <');
    expect(problemsOf(xml)).toEqual([
      'warning Crm:2 There is no Number; numbers are sent as they are.',
      'warning Crm:2 There are several Scenarios elements; they are read as one.',
    ]);
  });

  test('a byte order mark, comments and a missing declaration', () => {
    const xml = `\uFEFF\n<!-- made -- by hand -->\n${templateXml(lookup).replace(/^.*\n/, '')}`;
    expect(withoutLines(parseTemplate(xml))).toEqual(withoutLines(parseTemplate(templateXml(lookup))));
  });
});

describe('what cannot work is told with its line, and the rest is read', () => {
  test('elements and attributes that the format does not have', () => {
    const xml = templateXml(
      lookup.replace(
        'ResponseType="Json" />',
        'Method="PUT"><Query><Parameter Name="a" Value="b" /></Query></Request>',
      ),
    );
    expect(problemsOf(xml)).toEqual([
      'warning Request:9 The attribute Method is not part of the format and is ignored.',
      'warning Request:9 The element Query is not part of the format and is ignored.',
    ]);
  });

  test('links to nowhere, scenarios that nobody runs, positions in paths, unknown choices', () => {
    const xml = templateXml(
      lookup
        .replace('<Outputs ', '<Outputs Next="Nowhere" ')
        .replace('Path="id"', 'Path="mails[0]"')
        .replace('RequestType="Get"', 'RequestType="Put"')
        .replace('Passes="2"', 'Passes="two"') +
        '<Scenario Id="GetAll" Type="REST"><Request Url="https://crm.example" /></Scenario>' +
        '<Scenario Id="Sql" Type="SQLDatabase"><Request /></Scenario><Scenario Id="Bare" />',
      { authentication: '<Authentication Type="Scenario"><Value>Login</Value></Authentication>' },
    );
    expect(problemsOf(xml)).toEqual([
      'error Authentication:6 There is no scenario "Login".',
      'error Outputs:8 There is no scenario "Nowhere".',
      'warning Scenario:8 The path mails[0] counts positions, which finds nothing.',
      'warning Request:9 RequestType must be one of Get, Post, not "Put"; Get is taken.',
      'warning Output:15 Passes must be a whole number, not "two"; 0 is taken.',
      'error Scenario:16 Scenario "Sql" is of type SQLDatabase; only REST is supported, so it never runs.',
      'error Scenario:16 Scenario "Bare" has no Request, so it never runs.',
      'warning Scenario:16 Nothing runs scenario "GetAll": it is no entry point and no Next names it.',
    ]);
  });

  test('XML that is not well-formed', () => {
    const [first, ...others] = problemsOf(templateXml(lookup).replace('</Rules>', ''));
    expect(first).toMatch(/^error Crm:\d+ Expected closing tag 'Rules'/);
    expect(others.length).toBeLessThan(9);
  });
});

test.each([
  ['nothing', ''],
  ['words', 'not a template'],
  ['JSON', '{"Crm":{}}'],
  ['HTML', '<html><body>Login</body></html>'],
  ['an open tag', '<Crm'],
])('%s is no template', (_, text) => {
  expect(() => parseTemplate(text)).toThrow('This is not a CRM template');
});

test('an entity that is declared is never expanded, and one from outside is refused', () => {
  const xml = (entity: string) => `<!DOCTYPE Crm [<!ENTITY a ${entity}>]><Crm Name="&a;&amp;"><Number/></Crm>`;
  expect(parseTemplate(xml('"expanded"')).name).toBe('&a;&');
  expect(() => parseTemplate(xml('SYSTEM "file:///etc/passwd"'))).toThrow('This is not a CRM template');
});

const withoutLines = (template: object) => JSON.parse(JSON.stringify(template).replace(/"line":\d+,/g, ''));
