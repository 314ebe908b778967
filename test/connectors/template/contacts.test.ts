import { describe, expect, test } from 'vitest';
import { reasonToDrop } from '../../../src/connectors/template/contacts.ts';
import { sameNumber } from '../../../src/connectors/template/number.ts';
import { open, templateXml } from './crm.ts';

describe('a hit is kept only with a link, a name and the number that was searched for', () => {
  const kept = { ContactUrl: 'https://crm.example/1', LastName: 'Doe', PhoneMobile: '06 12 34 56 78' };
  const search = { number: '+33612345678', longest: null };

  test.each([
    ['all three', kept, null],
    ['a company for a name', { ...kept, LastName: '', CompanyName: 'Acme' }, null],
    ['the number among others', { ...kept, PhoneMobile: '', PhoneHome: '1', FaxBusiness: '0033612345678' }, null],
    ['no link', { ...kept, ContactUrl: ' ' }, 'It has no ContactUrl.'],
    ['no name', { ...kept, LastName: '' }, 'It has no FirstName, LastName or CompanyName.'],
    ['no number', { ...kept, PhoneMobile: '', PhotoUrl: '33612345678' }, 'It has no phone output.'],
    ['another number', { ...kept, PhoneMobile: '0612345679' }, 'None of its phone outputs is +33612345678.'],
  ])('%s', (_, contact, reason) => expect(reasonToDrop(contact, search)).toBe(reason));

  test('a search by email or text asks for no number', () => {
    expect(reasonToDrop({ ...kept, PhoneMobile: '' }, { number: null, longest: null })).toBeNull();
  });

  test('a lookup tells for each hit whether it is kept, and why not', async () => {
    const xml =
      templateXml(`<Scenario Id=""><Request Url="https://crm.example/p" /><Rules><Rule Type="Any">id</Rule></Rules>
      <Variables><Variable Name="Id" Path="id" /><Variable Name="Name" Path="name" /><Variable Name="Phone" Path="phone" /></Variables>
      <Outputs><Output Type="contacturl" Value="https://crm.example/[Id]" /><Output Type="FirstName" Value="[Name]" />
        <Output Type="PhoneBusiness" Value="[Phone]" /></Outputs></Scenario>`);
    const { lookupByNumber } = open(xml, {
      GET: [
        { id: 1, name: 'Ada', phone: '0612345678' },
        { id: 2, name: '', phone: '0612345678' },
        { id: 3, name: 'Eve', phone: null },
      ],
    });
    const { hits, contacts } = await lookupByNumber('+33612345678');
    expect(hits.map(({ dropped }) => dropped)).toEqual([
      null,
      'It has no FirstName, LastName or CompanyName.',
      'It has no phone output.',
    ]);
    expect(contacts).toEqual([{ ContactUrl: 'https://crm.example/1', FirstName: 'Ada', PhoneBusiness: '0612345678' }]);
  });
});

test.each([
  ['+33612345678', '0612345678', null, true],
  ['+33612345678', '00 33 (0)6-12.34.56.78', null, true],
  ['345678', '+33612345678', null, true],
  ['45678', '+33612345678', null, false],
  ['101', '101', null, true],
  ['101', '5101', null, false],
  ['+33612345678', '+49612345678', null, false],
  ['+33612345678', '+49612345678', 9, true],
  ['+33612345678', '+33712345678', 9, false],
  ['', '', null, false],
  ['anonymous', 'anonymous', null, false],
])('as a phone system sees it, %s and %s at %s digits: the same is %s', (one, other, longest, same) => {
  expect(sameNumber(one, other, longest)).toBe(same);
  expect(sameNumber(other, one, longest)).toBe(same);
});

describe('a number is sent in the form that the template wants', () => {
  const format = (number: string, prefix: string, maxLength = '', parameters = {}) =>
    open(
      templateXml('', { number: `<Number Prefix="${prefix}" MaxLength="${maxLength}" />` }),
      {},
      { parameters },
    ).formatNumber(number);

  test.each([
    ['AsIs', '+33612345678', '+33612345678'],
    ['AsIs', '0033612345678', '0033612345678'],
    ['Off', '+33612345678', '33612345678'],
    ['Off', '0033612345678', '33612345678'],
    ['Off', '0612345678', '0612345678'],
    ['Plus', '0033612345678', '+33612345678'],
    ['Plus', '+33612345678', '+33612345678'],
    ['Plus', '0612345678', '0612345678'],
    ['Zeros', '+33612345678', '0033612345678'],
    ['Zeros', '101', '101'],
    ['Plus', 'anonymous', 'anonymous'],
  ])('%s: %s', (prefix, number, expected) => expect(format(number, prefix)).toBe(expected));

  test('at most its last digits, where the template or the phone system says so', () => {
    expect(format('+123456789', 'AsIs', '6')).toBe('456789');
    expect(format('+33612345678', 'Zeros', '11')).toBe('33612345678');
    expect(format('+33612345678', 'AsIs', '11')).toBe('+33612345678');
    expect(format('+33612345678', 'AsIs', '[MaxLength]')).toBe('+33612345678');
    expect(format('+33612345678', 'AsIs', '[MaxLength]', { MaxLength: 9 })).toBe('612345678');
    expect(format('+33612345678', 'AsIs', 'many')).toBe('+33612345678');
  });
});

describe('a contact is created', () => {
  const scenario = (
    id: string,
  ) => `<Scenario Id="${id}"><Request SkipIf="[CreateContactEnabled]!=True" Url="https://crm.example/${id}" RequestType="Post" RequestEncoding="Json">
      <PostValues><Value Key="first">[FirstName]</Value><Value Key="name" Passes="2">[[NewName]]</Value><Value Key="phone">[Number]</Value></PostValues></Request>
      <Rules><Rule Type="Any">id</Rule></Rules><Variables><Variable Name="Id" Path="id" /></Variables>
      <Outputs><Output Type="ContactUrl" Value="https://crm.example/[Id]" /><Output Type="LastName" Passes="2" Value="[[NewName]]" /></Outputs></Scenario>`;
  const parameters = `<Parameter Name="CreateContactEnabled" Type="Boolean" Default="False" />
    <Parameter Name="NewName" Type="String" Default="Caller [Number]" />`;
  const xml = templateXml(scenario('CreateContactRecord') + scenario('CreateContactRecordFromClient'), { parameters });

  test('from a call or from a client, with what its template makes of it', async () => {
    const { createContact, crm } = open(xml, { POST: { id: 9 } }, { parameters: { CreateContactEnabled: true } });
    const { contacts } = await createContact({ number: '+33612345678' });
    expect(contacts).toEqual([{ ContactUrl: 'https://crm.example/9', LastName: 'Caller +33612345678' }]);
    await createContact({ number: '1', firstName: 'Ada' }, true);
    expect(crm.sent()).toEqual([
      'POST https://crm.example/CreateContactRecord',
      'POST https://crm.example/CreateContactRecordFromClient',
    ]);
    expect(crm.bodies()).toEqual([
      { first: '', name: 'Caller +33612345678', phone: '+33612345678' },
      { first: 'Ada', name: 'Caller 1', phone: '1' },
    ]);
  });

  test('only where it is switched on', async () => {
    const { createContact, crm } = open(xml, { POST: { id: 9 } });
    expect((await createContact({ number: '1' })).contacts).toEqual([]);
    expect(crm.requests).toEqual([]);
  });
});
