import { describe, expect, test } from 'vitest';
import { readConfiguration } from '../../../src/connectors/configuration.ts';
import { connectors } from '../../../src/connectors/index.ts';
import { pbxTemplate } from '../../../src/pbx/template.ts';
import { read, suite } from '../template/public.ts';
import { lookup, template } from './templates.ts';

const kind = connectors['3cx-template'];
const problems = (file: string, parameters = {}) =>
  kind.form({ file, parameters }).problems.map(({ severity, line, message }) => `${severity} ${line}: ${message}`);
const refusal = (file: string | null, parameters = {}) => {
  try {
    readConfiguration(kind, { file, parameters });
    return null;
  } catch (error) {
    return (error as Error & { issues: { path: string[]; message: string }[] }).issues[0];
  }
};

const asking = `
<Parameter Name="Domain" Type="String" Title="Domain part:"/>
<Parameter Name="Count" Type="Integer" Default="5"/>
<Parameter Name="On" Type="Boolean"/>
<Parameter Name="Order" Type="List" ListValues="A/B, B/A" Default="A/B"/>
<Parameter Name="Key" Type="Password" Validation="^k-\\d+$"/>`;
const usable = template(lookup('https://[Domain].crm.example/[Number]'), {
  parameters: asking,
  number: '<Number Prefix="Plus" MaxLength="[MaxLength]"/>',
});

test('a template asks for its parameters, and for the digits that count', () => {
  const { parameters } = kind.form({ file: usable, parameters: { Domain: 'x' } });
  const text = { default: '', choices: [], secret: false };
  expect(parameters).toEqual([
    { ...text, name: 'Domain', title: 'Domain part:', type: 'STRING' },
    { ...text, name: 'Count', title: 'Count', type: 'INTEGER', default: '5' },
    { ...text, name: 'On', title: 'On', type: 'BOOLEAN' },
    { ...text, name: 'Order', title: 'Order', type: 'LIST', default: 'A/B', choices: ['A/B', 'B/A'] },
    { ...text, name: 'Key', title: 'Key', type: 'PASSWORD', secret: true },
    { ...text, name: 'MaxLength', title: expect.any(String), type: 'INTEGER' },
  ]);
  expect(problems(usable, { Domain: 'x' })).toEqual([]);
});

test.each([
  [{}, 'Domain', "Domain is needed: it is part of the CRM's address."],
  [{ domain: 'x', Count: 'many' }, 'Count', 'Count must be a whole number.'],
  [{ Domain: 'x', On: 'yes' }, 'On', 'On must be True or False.'],
  [{ Domain: 'x', Order: 'C' }, 'Order', 'Order must be one of A/B, B/A.'],
  [{ Domain: 'x', Key: 'k-x' }, 'Key', 'Key must have the form ^k-\\d+$.'],
  [
    { Domain: 'x', Port: '1' },
    'Port',
    'There is no parameter Port. This template has Domain, Count, On, Order, Key, MaxLength.',
  ],
])('values that a parameter cannot have are refused: %j', (parameters, name, message) => {
  expect(refusal(usable, parameters)).toEqual({
    path: [expect.any(String), 'parameters', name],
    message,
  });
});

test('values that fit are taken, whatever their name’s case', () => {
  expect(refusal(usable, { domain: 'x', count: '7', ON: 'false', order: 'B/A', KEY: 'k-12', MaxLength: '9' })).toBe(
    null,
  );
});

test.each([
  [null, 'A 3CX template is needed'],
  ['hello', 'This is not a CRM template'],
  [usable.slice(0, -300), 'This is not a CRM template: Closing tag'],
  [usable.replace('</Scenarios>', ''), 'This is not well-formed XML'],
  [template(lookup('https://x.example', 'Other')), 'This template can do nothing'],
  [
    template(lookup('https://x.example'), {
      authentication: '<Authentication Type="Scenario"><Value>Login</Value></Authentication>',
    }),
    'Nobody can log in',
  ],
])('what can never run is refused: %#', (file, message) => {
  expect(refusal(file)?.message).toContain(message);
});

describe('the linter tells, with the line,', () => {
  const request = (attributes: string) => template(lookup('https://x.example/[Number]', '', attributes));
  test.each<[string, string]>([
    [
      template('\n'.concat(lookup('https://x.example/[Nmber]'))),
      'warning 3: Nothing is known as [Nmber] here; it is sent as it is written.',
    ],
    [request('SkipIf="[IIf([Number]==1,True)]"'), 'error 2: IIf takes a condition and two values, not 2 in all.'],
    [
      request('SkipIf="[IIf([Number]==1,True,False]"'),
      'error 2: The parentheses do not close each other: [IIf([Number]==1,True,False]',
    ],
    [request('SkipIf="[Number]==&quot;1"'), 'error 2: A quotation mark is never closed: [Number]=="1'],
    [template(lookup('https://x.example/[Number')), 'error 2: A [ is never closed: [Number'],
    [template(lookup('https://x.example/[[Number].Frob()]')), 'error 2: There is no method Frob.'],
    [
      template(lookup('https://x.example/[Number.Replace(a,b)]')),
      "error 2: A method is called on the variable's brackets: [[Number]…], not [Number…].",
    ],
    [
      template(lookup('ftp://x.example/')),
      'error 2: The Url of "" is no address of the web: it begins with neither http nor a variable.',
    ],
    [
      template(lookup('https://x.example/').replace(/<Output Type="ContactUrl"[^>]*>/, '')),
      'error 2: Nothing that "" finds is ever shown: it has no output ContactUrl.',
    ],
    [
      template(lookup('https://x.example/').replace('AllowEmpty="false"', 'Next="Nowhere"')),
      'error 2: There is no scenario "Nowhere".',
    ],
    [
      template(lookup('https://x.example/', 'ReportCall').replace('AllowEmpty="false"', 'Next="ReportCall"')),
      'error 2: The chain of "ReportCall" leads back to itself.',
    ],
    [
      template(lookup('https://x.example/'), { parameters: '<Parameter Name="A" Type="Colour"/>' }),
      'warning 2: A is of type Colour, which is none of String, Integer, Double, Boolean, DateTime, Password, OAuth, List; it is taken for a String.',
    ],
    [
      template(lookup('https://x.example/'), {
        parameters: '<Parameter Name="A" Type="List" Default="c" ListValues="a,b"/>',
      }),
      'warning 2: The Default of A is none of its ListValues.',
    ],
    [
      template(lookup('https://x.example/'), { parameters: '<Parameter Name="A" Type="OAuth"/>' }),
      'error 2: A has no RequestUrl, so nobody can grant access.',
    ],
    [request('RequestType2="Put"'), 'warning 2: The attribute RequestType2 is not part of the format and is ignored.'],
  ])('of %#', (file, message) => {
    expect(problems(file)).toContain(message);
  });

  test('a variable is known in the chain behind it, and nowhere else', () => {
    const first = lookup('https://x.example/').replace('AllowEmpty="false"', 'Next="Then" AllowEmpty="false"');
    const file = template(
      first +
        lookup('https://x.example/[Id]/[First]', 'Then') +
        '\n'.concat(lookup('https://x.example/[Only]', 'SearchContacts')),
    );
    expect(problems(file).filter((line) => line.includes('known as'))).toEqual([
      'warning 5: Nothing is known as [Only] here; it is sent as it is written.',
    ]);
  });

  test('of each scenario by its own variables, also where a file has only one line', () => {
    const renamed = lookup('https://x.example/[Only]', 'SearchContacts').replaceAll('First"', 'Given"');
    const file = template(lookup('https://x.example/') + renamed.replaceAll('[First]', '[Given] [First]'));
    expect(problems(file.replaceAll('\n', ' ')).filter((line) => line.includes('known as'))).toEqual([
      'warning 1: Nothing is known as [Only] here; it is sent as it is written.',
      'warning 1: Nothing is known as [First] here; it is sent as it is written.',
    ]);
  });

  test('nothing of our own template', () => {
    for (const auth of ['code', 'token'] as const)
      expect(problems(pbxTemplate('https://own.example', auth))).toEqual([]);
  });
});

suite('public templates', () => {
  test('are read without a false alarm', () => {
    expect(
      problems(read('freshdesk.xml'), { Domain: 'acme' }).filter((line) => !line.includes('GetAllContacts')),
    ).toEqual([]);
    expect(problems(read('tierklinik.xml')).map((line) => line.replace(/ \d+/, ''))).toEqual([
      'warning: The path mailAddresses[0] counts positions, which finds nothing.',
    ]);
    expect(problems(read('hotelito.xml').replaceAll('TEMPLATE_API_URL', 'https://hotel.example'))).toEqual([]);
    expect(new Set(problems(read('hotelito.xml')).map((line) => line.replace(/.*: /, '')))).toEqual(
      new Set(['it begins with neither http nor a variable.']),
    );
  });
});
