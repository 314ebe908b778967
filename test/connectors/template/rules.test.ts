import { describe, expect, test } from 'vitest';
import { open, templateXml } from './crm.ts';

const outputs = (names: string[]) => names.map((name) => `<Output Type="${name}" Value="[${name}]" />`).join('');

/** What a lookup reads from an answer: one object for each record. */
async function read(answer: object | string, rules: string, variables: Record<string, string>, type = 'Json') {
  const names = Object.keys(variables);
  const list = Object.entries(variables).map(([name, rest]) => `<Variable Name="${name}" ${rest}</Variable>`);
  const xml = templateXml(`<Scenario Id="">
    <Request Url="https://crm.example/?n=[EscapedNumber]" ResponseType="${type}" />
    <Rules>${rules}</Rules><Variables>${list.join('')}</Variables><Outputs>${outputs(names)}</Outputs></Scenario>`);
  const { lookupByNumber } = open(xml, { GET: typeof answer === 'string' ? { body: answer } : answer });
  const { hits, warnings } = await lookupByNumber('+33612345678');
  return { records: hits.map(({ contact }) => contact), warnings };
}

const any = (path: string) => `<Rule Type="Any" Ethalon="">${path}</Rule>`;
const equals = (ethalon: string, path: string) => `<Rule Type="Equals" Ethalon="${ethalon}">${path}</Rule>`;
const at = (path: string, filter = '') => `Path="${path}"><Filter>${filter}</Filter>`;

describe('there is one record for each element of the deepest array on the rule’s path', () => {
  test.each([
    ['an object', { id: 1 }, 'id', 'id', ['1']],
    ['an array at the top', [{ id: 1 }, { id: 2 }], 'id', 'id', ['1', '2']],
    ['an array within', { data: { items: [{ id: 'a' }, { id: 'b' }] } }, 'data.items.id', 'data.items.id', ['a', 'b']],
    ['arrays in arrays', { a: [{ b: [{ c: 1 }, { c: 2 }] }, { b: [{ c: 3 }] }] }, 'a.b.c', 'a.b.c', ['1', '2', '3']],
    ['the array itself', { contacts: [{ id: 1 }, { id: 2 }] }, 'contacts', 'contacts.id', ['1', '2']],
    ['a key with dots', { 'a.b': { 'c.d': 7 } }, 'a.b.c.d', 'a.b.c.d', ['7']],
    ['elements without a value are none', [{ id: null }, { id: '' }, { x: 1 }, { id: 0 }], 'id', 'id', ['0']],
    ['an empty array', { contacts: [] }, 'contacts.id', 'contacts.id', []],
    ['nothing on the path', { other: 1 }, 'contacts.id', 'contacts.id', []],
    ['an id longer than a number', '{"id":12345678901234567890}', 'id', 'id', ['12345678901234567890']],
    ['a boolean', { id: false }, 'id', 'id', ['False']],
    ['an object as a value', { id: 1, a: { b: [1] } }, 'id', 'a', ['{"b":[1]}']],
  ])('%s', async (_, answer, rule, path, expected) => {
    const { records, warnings } = await read(answer, any(rule), { Id: at(path) });
    expect(records.map(({ Id }) => Id)).toEqual(expected);
    expect(warnings).toEqual([]);
  });

  test('a value beside the arrays belongs to every record, one within to its own', async () => {
    const answer = {
      host: 'h',
      a: [
        { n: 'x', b: [{ c: 1 }, { c: 2 }] },
        { n: 'y', b: [{ c: 3 }] },
      ],
    };
    const { records } = await read(answer, any('a.b.c'), { C: at('a.b.c'), N: at('a.n'), Host: at('host') });
    expect(records).toEqual([
      { C: '1', N: 'x', Host: 'h' },
      { C: '2', N: 'x', Host: 'h' },
      { C: '3', N: 'y', Host: 'h' },
    ]);
  });

  test('without rules the whole answer is one record', async () => {
    expect((await read({ id: 5 }, '', { Id: at('id') })).records).toEqual([{ Id: '5' }]);
  });
});

describe('rules decide whether there is a record', () => {
  const people = [
    { id: 1, kind: 'person', phone: '0612345678', active: true },
    { id: 2, kind: 'Person', phone: '+33 6 12 34 56 78', active: false },
    { id: 3, kind: 'person', phone: '0699999999', active: true },
  ];

  test.each([
    ['Equals is exact', equals('person', 'kind'), ['1', '3']],
    ['booleans are words', equals('True', 'active'), ['1', '3']],
    ['all rules must hold', any('id') + equals('person', 'kind') + equals('False', 'active'), []],
    ['Number is the searched one', '<Rule Type="Number" Ethalon="">phone</Rule>', ['1', '2']],
    ['Number may be told', '<Rule Type="Number" Ethalon="[Number]">phone</Rule>', ['1', '2']],
    ['Number and Equals', `<Rule Type="Number" Ethalon="0699999999">phone</Rule>${equals('person', 'kind')}`, ['3']],
    ['Equals with an expression', equals('[IIf([CallDirection]==Inbound,Person,person)]', 'kind'), ['2']],
  ])('%s', async (_, rules, expected) => {
    const { records } = await read(people, rules, { Id: at('id') });
    expect(records.map(({ Id }) => Id)).toEqual(expected);
  });
});

describe('a filter chooses among several values', () => {
  const answer = {
    contacts: [
      {
        id: 1,
        phones: [
          { label: 'work', number: '1' },
          { label: 'mobile', number: '2' },
          { label: 'mobile', number: '3' },
        ],
        mails: ['a@b.c'],
      },
      { id: 2, phones: [{ label: 'home', number: '4' }], mails: ['d@e.f', 'g@h.i'] },
    ],
  };

  test('by the label beside them, and the first that fits is taken', async () => {
    const { records, warnings } = await read(answer, any('contacts.id'), {
      Mobile: at('contacts.phones.number', equals('mobile', 'contacts.phones.label')),
      Work: at('contacts.phones.number', equals('work', 'contacts.phones.label')),
      First: at('contacts.phones.number', any('contacts.phones.number')),
    });
    expect(records).toEqual([
      { Mobile: '2', Work: '1', First: '1' },
      { Mobile: '', Work: '', First: '4' },
    ]);
    expect(warnings).toEqual([]);
  });

  test('also where a rule looked at one of them only; and one contact is one record', async () => {
    const number = (label: string, value: string) => ({ label, number: value });
    const contacts = [
      { id: 1, phones: [number('work', '0612345678'), number('mobile', '+33612345678'), number('home', '1')] },
      { id: 2, phones: [number('home', '0612345678')] },
      { id: 3, phones: [number('home', '2')] },
    ];
    const rules = `${any('contacts.id')}<Rule Type="Number" Ethalon="">contacts.phones.number</Rule>`;
    const labelled = (label: string) => at('contacts.phones.number', equals(label, 'contacts.phones.label'));
    const { records } = await read({ contacts }, rules, { Id: at('contacts.id'), Home: labelled('home') });
    expect(records).toEqual([
      { Id: '1', Home: '1' },
      { Id: '2', Home: '0612345678' },
    ]);
    const unlabelled = await read({ contacts }, rules, { Id: at('contacts.id'), Phone: at('contacts.phones.number') });
    expect(unlabelled.records).toEqual([
      { Id: '1', Phone: '0612345678' },
      { Id: '1', Phone: '+33612345678' },
      { Id: '2', Phone: '0612345678' },
    ]);
  });

  test('several values without a filter are none, and a warning tells it', async () => {
    const { records, warnings } = await read(answer, any('contacts.id'), { Mail: at('contacts.mails') });
    expect(records).toEqual([{ Mail: 'a@b.c' }, { Mail: '' }]);
    expect(warnings).toEqual(['The path contacts.mails of Mail leads to several values; a filter must choose one.']);
  });
});

describe('an answer in XML', () => {
  const xml = `<?xml version="1.0"?><s:list xmlns:s="urn:s"><s:person id="7"><name>A &amp; B</name>
    <phone type="work">1</phone><phone type="mobile">2</phone></s:person><s:person id="8"><name>C</name></s:person></s:list>`;

  test.each(['list.', ''])('is read with and without its root, attributes too: "%s"', async (root) => {
    const { records, warnings } = await read(
      xml,
      any(`${root}person.id`),
      {
        Id: at(`${root}person.id`),
        Name: at(`${root}person.name`),
        Mobile: at(`${root}person.phone`, equals('mobile', `${root}person.phone.type`)),
      },
      'Xml',
    );
    expect(records).toEqual([
      { Id: '7', Name: 'A & B', Mobile: '2' },
      { Id: '8', Name: 'C', Mobile: '' },
    ]);
    expect(warnings).toEqual([]);
  });

  test.each([
    ['Json', '<html>Sorry</html>', 'The answer to "" is not JSON.'],
    ['Xml', '{"id":1}', 'The answer to "" is not XML.'],
  ])('where %s was expected, anything else is told and finds nobody', async (type, body, warning) => {
    const { records, warnings } = await read(body, any('id'), { Id: at('id') }, type);
    expect({ records, warnings }).toEqual({ records: [], warnings: [warning] });
  });
});
