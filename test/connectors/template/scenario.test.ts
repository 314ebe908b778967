import { describe, expect, test } from 'vitest';
import { open, templateXml } from './crm.ts';

interface Parts {
  skipIf?: string;
  next?: string;
  allowEmpty?: boolean;
  entity?: string;
  order?: string;
  rule?: string;
  variables?: string[];
}

/** A scenario that asks an address and reads flat values. */
function scenario(id: string, path: string, parts: Parts = {}, outputs = '') {
  const { skipIf = '', next = '', allowEmpty = false, entity = '', order = '', rule = 'id', variables = [] } = parts;
  const list = variables.map((name) => `<Variable Name="${name}" Path="${name.toLowerCase()}"><Filter /></Variable>`);
  return `<Scenario Id="${id}" Type="REST" EntityId="${entity}" EntityOrder="${order}">
    <Request SkipIf="${skipIf}" Url="https://crm.example/${path}" RequestType="Get" ResponseType="Json" />
    <Rules>${rule && `<Rule Type="Any">${rule}</Rule>`}</Rules><Variables>${list.join('')}</Variables>
    <Outputs ${next && `Next="${next}"`} AllowEmpty="${allowEmpty}">${outputs}</Outputs></Scenario>`;
}

const output = (type: string, value: string) => `<Output Type="${type}" Passes="0" Value="${value}" />`;
const named = output('FirstName', '[Name]') + output('CompanyName', '[Company]') + output('EntityId', '[Id]');

describe('a chain', () => {
  const first = (parts: Parts = {}) =>
    scenario(
      '',
      'people?n=[EscapedNumber]',
      { next: 'GetCompany', variables: ['Id', 'Name', 'CompanyId'], ...parts },
      named,
    );
  const company = (parts: Parts = {}) =>
    scenario('GetCompany', 'companies/[CompanyId]', { variables: ['Company'], rule: 'company', ...parts }, named);
  const people = [
    { id: 1, name: 'Ada', companyid: 'c1' },
    { id: 2, name: 'Bob', companyid: 'c2' },
  ];
  const routes = { 'people?': people, 'companies/c1': { company: 'One' }, 'companies/c2': { company: 'Two' } };

  test('goes on once for each record, which keeps its variables; only its last scenario delivers', async () => {
    const { lookupByNumber, crm } = open(templateXml(first() + company()), routes);
    const trace = await lookupByNumber('+33612345678');
    expect(crm.sent()).toEqual([
      'GET https://crm.example/people?n=%2B33612345678',
      'GET https://crm.example/companies/c1',
      'GET https://crm.example/companies/c2',
    ]);
    expect(trace.hits.map(({ scenario, contact }) => [scenario, contact])).toEqual([
      ['GetCompany', { FirstName: 'Ada', CompanyName: 'One', EntityId: '1' }],
      ['GetCompany', { FirstName: 'Bob', CompanyName: 'Two', EntityId: '2' }],
    ]);
    expect(trace.warnings).toEqual([]);
  });

  test('ends at a scenario that finds nothing, unless it may be empty', async () => {
    const missing = { ...routes, 'companies/c2': { status: 404, body: '' } };
    const strict = open(templateXml(first() + company()), missing);
    expect((await strict.lookupByNumber('1')).hits).toHaveLength(1);
    const lenient = open(templateXml(first() + company({ allowEmpty: true })), missing);
    const { hits, warnings } = await lenient.lookupByNumber('1');
    expect(hits.map(({ contact }) => contact.CompanyName)).toEqual(['One', '']);
    expect(warnings).toEqual([]);
  });

  test('goes on behind a skipped scenario if that may be empty', async () => {
    const skipped = { skipIf: '[CompanyId]==&quot;c2&quot;', allowEmpty: true };
    const { lookupByNumber, crm } = open(templateXml(first() + company(skipped)), routes);
    const { hits, steps } = await lookupByNumber('1');
    expect(hits.map(({ contact }) => contact)).toEqual([
      { FirstName: 'Ada', CompanyName: 'One', EntityId: '1' },
      { FirstName: 'Bob', CompanyName: '', EntityId: '2' },
    ]);
    expect(steps).toEqual([
      { scenario: '', outcome: 'found', records: 2 },
      { scenario: 'GetCompany', outcome: 'found', records: 1 },
      { scenario: 'GetCompany', outcome: 'skipped', records: 0 },
    ]);
    expect(crm.requests).toHaveLength(2);
  });

  test('that leads back to itself ends', async () => {
    const { lookupByNumber } = open(templateXml(scenario('', 'a', { next: 'A' }) + scenario('A', 'a', { next: 'A' })), {
      GET: { id: 1 },
    });
    expect((await lookupByNumber('1')).warnings).toEqual(['The chain is too long; it ends at "A".']);
  });

  test('that branches without end stops asking', async () => {
    const loop = templateXml(scenario('', 'a', { next: 'A' }) + scenario('A', 'a', { next: 'A' }));
    const { lookupByNumber, crm } = open(loop, { GET: [{ id: 1 }, { id: 2 }] });
    const { warnings } = await lookupByNumber('1');
    expect(crm.requests).toHaveLength(100);
    expect(warnings).toContain('This needs too many requests; the rest were not sent.');
  });
});

describe('several scenarios of one id', () => {
  const later = { skipIf: '[FoundRecordCount]&gt;0', variables: ['Id', 'Name'] };
  const outputs = output('FirstName', '[Name]');

  test('run in order, and a later one can see that somebody was found', async () => {
    const both = scenario('', 'phone', { variables: ['Id', 'Name'] }, outputs) + scenario('', 'mobile', later, outputs);
    const found = open(templateXml(both), { phone: { id: 1, name: 'A' }, mobile: { id: 2, name: 'B' } });
    expect((await found.lookupByNumber('1')).hits.map(({ contact }) => contact.FirstName)).toEqual(['A']);
    expect(found.crm.sent()).toEqual(['GET https://crm.example/phone']);
    const empty = templateXml(both.replace('AllowEmpty="false"', 'AllowEmpty="true"'));
    const still = open(empty, { phone: {}, mobile: { id: 2, name: 'B' } });
    expect((await still.lookupByNumber('1')).hits.map(({ contact }) => contact.FirstName)).toEqual(['', 'B']);
    const second = open(templateXml(both), { phone: {}, mobile: { id: 2, name: 'B' } });
    expect((await second.lookupByNumber('1')).hits.map(({ contact }) => contact.FirstName)).toEqual(['B']);
  });

  test.each([
    ['Leads/Contacts', ['leads', 'contacts']],
    ['Contacts/Leads', ['contacts', 'leads']],
    ['Contacts', ['contacts']],
    ['', ['contacts', 'leads']],
  ])('run in the order of entities that was chosen: "%s"', async (order, paths) => {
    const parameters = '<Parameter Name="LookupOrder" Type="List" Default="Contacts/Leads" />';
    const entity = (name: string) => scenario('', name.toLowerCase(), { entity: name, order: 'LookupOrder' });
    const { lookupByNumber, crm } = open(
      templateXml(entity('Contacts') + entity('Leads'), { parameters }),
      {},
      {
        parameters: { LookupOrder: order },
      },
    );
    await lookupByNumber('1');
    expect(crm.sent()).toEqual(paths.map((path) => `GET https://crm.example/${path}`));
  });

  test('a search runs every scenario whose id begins so, but not what only follows', async () => {
    const xml =
      scenario('SearchContacts_Name', 'name?q=[EscapedSearchText]', { next: 'SearchContacts_Company' }) +
      scenario('SearchContacts_Company', 'company', {}, outputs) +
      scenario('SearchContacts_Mail', 'mail', {}, outputs) +
      scenario('LookupByEmail_Contacts', 'by?mail=[Email]', {}, outputs);
    const opened = open(templateXml(xml), { 'name?': { id: 1 } });
    await opened.searchContacts('a b&c');
    await opened.lookupByEmail('a@b.c');
    expect(opened.crm.sent()).toEqual([
      'GET https://crm.example/name?q=a%20b%26c',
      'GET https://crm.example/company',
      'GET https://crm.example/mail',
      'GET https://crm.example/by?mail=a@b.c',
    ]);
  });
});

describe('a CRM in trouble', () => {
  const xml = templateXml(scenario('', 'a', { variables: ['Id'] }, output('EntityId', '[Id]')));

  test.each([
    ['refuses', { status: 500, body: '{"id":1}' }, 'The request of "" was answered with 500.', 500],
    ['does not answer', new Error('time out'), 'The request of "" was not answered: time out', null],
  ])('that %s finds nobody, and the trace tells it', async (_, answer, warning, status) => {
    const trace = await open(xml, { GET: answer }).lookupByNumber('1');
    expect(trace).toMatchObject({ contacts: [], warnings: [warning], requests: [{ status }] });
    expect(trace.steps).toEqual([{ scenario: '', outcome: 'failed', records: 0 }]);
  });

  test('never has more requests under way than the template allows', async () => {
    let [running, most] = [0, 0];
    const opened = open(
      xml,
      {},
      {
        send: async () => {
          most = Math.max(most, ++running);
          await new Promise((resume) => setTimeout(resume, 1));
          running--;
          return { status: 200, headers: {}, body: '{}' };
        },
      },
    );
    const batch = () => Promise.all(Array.from({ length: 20 }, () => opened.lookupByNumber('1')));
    await batch();
    await batch();
    expect(most).toBe(4);
  });
});

test('a call flow gets the answers as they are', async () => {
  const xml = templateXml(
    scenario('LookupFromCFD_Contacts_LookupNumber', 'n/[Number]', { allowEmpty: true }) +
      scenario('LookupFromCFD_Contacts_LookupID', 'id/[EntityID]', { allowEmpty: true }) +
      scenario('LookupFromCFD_Contacts_LookupFreeQuery', '?[Query]', { allowEmpty: true }),
  );
  const { lookupFromCallFlow, crm } = open(xml, { 'id/7': { id: 7, vip: true } });
  expect((await lookupFromCallFlow('Contacts', 'LookupID', '7')).answers).toEqual([{ id: 7, vip: true }]);
  expect((await lookupFromCallFlow('Contacts', 'LookupNumber', '+336')).answers).toEqual([]);
  await lookupFromCallFlow('Contacts', 'LookupFreeQuery', 'a=b');
  await lookupFromCallFlow('Leads', 'LookupID', '7');
  expect(crm.sent()).toEqual([
    'GET https://crm.example/id/7',
    'GET https://crm.example/n/+336',
    'GET https://crm.example/?a=b',
  ]);
});
