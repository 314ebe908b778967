import type { Send } from '../../src/outgoing/send.ts';

/** A template of a CRM that keeps contacts by their numbers and emails. */
export const memoryTemplate = `<?xml version="1.0" encoding="utf-8"?>
<Crm Country="FR" Name="Memory" Version="1" SupportsEmojis="true">
  <Number Prefix="Plus" MaxLength="[MaxLength]" />
  <Connection MaxConcurrentRequests="4" />
  <Parameters><Parameter Name="ApiKey" Type="Password" Editor="String" Title="API key:" /></Parameters>
  <Authentication Type="Basic"><Value>key:[ApiKey]</Value></Authentication>
  <Scenarios>
    <Scenario Id="" Type="REST">
      <Request Url="https://memory.example/contacts?phone=[Number]" RequestType="Get" ResponseType="Json" />
      ${reading()}
    </Scenario>
    <Scenario Id="LookupByEmail" Type="REST">
      <Request Url="https://memory.example/contacts?email=[Email]" RequestType="Get" ResponseType="Json" />
      ${reading()}
    </Scenario>
    <Scenario Id="CreateContactRecordFromClient" Type="REST">
      <Request Url="https://memory.example/contacts" RequestEncoding="Json" RequestType="Post" ResponseType="Json">
        <PostValues>
          <Value Key="first" Type="String">[FirstName]</Value>
          <Value Key="last" Type="String">[LastName]</Value>
          <Value Key="email" Type="String">[Email]</Value>
          <Value Key="phone" Type="String">[Number]</Value>
        </PostValues>
      </Request>
      ${reading()}
    </Scenario>
    ${['ReportCall', 'ReportChat'].map(reporting).join('')}
  </Scenarios>
</Crm>`;

function reading(): string {
  const fields = { id: 'ContactID', first: 'FirstName', last: 'LastName', email: 'Email', phone: 'PhoneBusiness' };
  const variables = Object.entries(fields).map(([path, name]) => `<Variable Name="${name}" Path="${path}" />`);
  const outputs = Object.values(fields).map((name) => `<Output Type="${name}" Value="[${name}]" />`);
  return `<Rules><Rule Type="Any">id</Rule></Rules><Variables>${variables.join('')}</Variables>
      <Outputs AllowEmpty="false">${outputs.join('')}
        <Output Type="ContactUrl" Value="https://memory.example/show/[ContactID]" /></Outputs>`;
}

function reporting(id: string): string {
  return `<Scenario Id="${id}" Type="REST">
      <Request Url="https://memory.example/reports" RequestEncoding="Json" RequestType="Post" ResponseType="Json">
        <PostValues><Value Key="number" Type="String">[Number]</Value></PostValues>
      </Request><Variables /><Outputs AllowEmpty="false" />
    </Scenario>`;
}

type Kept = Record<'id' | 'first' | 'last' | 'email' | 'phone', string>;

/** The CRM itself, within this process. */
export function newMemoryCrm(): Send {
  const contacts: Kept[] = [];
  return async ({ method, url, body }) => {
    const { pathname, search } = new URL(url);
    const answer = (content: unknown, status = 200) => ({
      ...{ status, headers: { 'content-type': 'application/json' } },
      body: JSON.stringify(content),
    });
    if (pathname !== '/contacts') return answer({ id: 'r1' }, 201);
    if (method === 'GET') {
      // A plus of a number comes as it is.
      const [field = 'phone', wanted = ''] = decodeURIComponent(search.slice(1)).split('=');
      return answer(contacts.filter((contact) => wanted !== '' && contact[field as keyof Kept] === wanted));
    }
    const contact = { ...(JSON.parse(body ?? '{}') as Kept), id: `m${contacts.length + 1}` };
    contacts.push(contact);
    return answer(contact, 201);
  };
}
