import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linksOf, problemsOf } from './links.ts';

const everything = {
  id: '42',
  phone: '+33612345678',
  email: 'jane@example.com',
  displayName: 'Jane Döe',
  firstName: 'Jane',
  lastName: 'Döe',
  company: 'A/B & C',
  entityType: 'Contacts',
  customValue: 'VIP?',
  direction: 'INBOUND',
} as const;

test('every field of a pattern is filled, encoded', () => {
  const fields =
    'phone phone_digits email display_name first_name last_name company entity_id entity_type custom_value direction';
  const link = linksOf({
    Url: `https://crm.example/?${fields
      .split(' ')
      .map((name) => `${name}={${name}}`)
      .join('&')}`,
  });
  expect(link(everything)).toBe(
    'https://crm.example/?phone=%2B33612345678&phone_digits=33612345678&email=jane%40example.com&display_name=Jane%20D%C3%B6e&first_name=Jane&last_name=D%C3%B6e&company=A%2FB%20%26%20C&entity_id=42&entity_type=Contacts&custom_value=VIP%3F&direction=inbound',
  );
});

const patterns = [
  'https://crm.example/{company}',
  'https://crm.example/a/{company}/b/',
  'https://crm.example/a/x{company}y/b?c=d#e',
  'https://crm.example/a/{last_name}{company}',
  'https://crm.example:8443/?q={company}',
  'https://crm.example/a?x=1&q={company}&y=2',
  'https://crm.example/a?q=[{company}]&first={first_name}',
  'https://crm.example/a?q={company}{last_name}{custom_value}',
  'http://crm.example/#/contacts/{company}/edit?tab=1',
  'https://crm.example/app#search={company}',
  'https://qqq.example/q0q/{company}q1q?q={last_name}',
];

/** What a link is made of, beside the values. */
const shape = (link: string) => {
  const { protocol, username, password, host, pathname, searchParams, hash } = new URL(link);
  const names = [...searchParams.keys()];
  return [protocol, username, password, host, pathname.split('/').length, names, hash.split(/[/?&=]/).length];
};

/** The text as somebody would read it whose values are these. */
const filling = (text: string, values: Map<string, string>) =>
  text.replace(/\{(\w+)\}/g, (_, name) => (values.get(name) ?? '').toWellFormed());

const isNoPlace = (text: string) => ['', '.', '..'].includes(text);

const nasty = [
  '&',
  '=',
  '#',
  '?',
  '/',
  '\\',
  '%',
  '%2F',
  '..',
  '.',
  '$&',
  '$1',
  '$`',
  '{phone}',
  '\u0000',
  '\n',
  '\ud800',
  '@',
  ':',
  ' ',
  '+',
  ';',
  '😀',
  "'",
  'q0q',
];
const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(...nasty, 'a'), minLength: 1, maxLength: 8 }),
  fc.webUrl(),
  fc.string({ unit: fc.constantFrom('.', '/', '\\', '%2e', '%2E', '\t'), maxLength: 6 }),
);

test('no value changes scheme, host, path, parameters or fragment, and each decodes to what it was', () => {
  const links = patterns.map((pattern) => ({ pattern, link: linksOf({ Url: pattern }) }));
  const plain = { company: 'c', firstName: 'f', lastName: 'l', customValue: 'v' };
  let filled = 0;
  fc.assert(
    fc.property(value, value, fc.constantFrom(...links), (company, lastName, { pattern, link }) => {
      const url = link({ ...plain, company, lastName });
      const values = new Map(Object.entries({ company, last_name: lastName, first_name: 'f', custom_value: 'v' }));
      if (url === null) {
        // Only if all values are empty, or a place in a path would be nothing, or dots.
        const [path = ''] = pattern.split('?');
        const places = path.split('/').filter((place) => place.includes('{'));
        const empty = [...pattern.matchAll(/\{(\w+)\}/g)].every(([, name = '']) => values.get(name) === '');
        expect(empty || places.some((place) => isNoPlace(filling(place, values)))).toBe(true);
        return;
      }
      filled++;
      expect(shape(url)).toEqual(shape(link(plain) as string));
      expect(new URL(url).href).toBe(url);
      expect(decodeURIComponent(url)).toBe(filling(pattern, values));
      const parameters = [...new URL(pattern).searchParams.values()];
      expect([...new URL(url).searchParams.values()]).toEqual(parameters.map((text) => filling(text, values)));
    }),
    { seed: 5, numRuns: 5000 },
  );
  expect(filled).toBeGreaterThan(4000);
});

const refused: [string, RegExp][] = [
  ['', /begins with http/],
  ['crm.example/{phone}', /begins with http/],
  ['/contacts/{phone}', /begins with http/],
  ['javascript:alert("{phone}")', /begins with http|fixed/],
  ['ftp://crm.example/{phone}', /begins with http/],
  ['{custom_value}', /fixed/],
  ['{custom_value}://crm.example/', /fixed/],
  ['https://{company}/', /fixed/],
  ['https://{company}.crm.example/', /fixed/],
  ['https://crm.example{company}/', /fixed/],
  ['https://crm.example:{phone_digits}/', /fixed/],
  ['https://{email}@crm.example/', /fixed/],
  ['https:\\\\{company}\\', /fixed/],
  ['ht\ntps:/\t/{company}/', /fixed/],
  ['https:{company}/x', /fixed/],
  ['https://jane:secret@crm.example/{phone}', /no user/],
  ['https://crm.example/?{phone}', /value of a parameter/],
  ['https://crm.example/?{phone}=1', /value of a parameter/],
  ['https://crm.example/?a=1&{phone}', /value of a parameter/],
  ['https://crm.example/{phone}/../x', /dots/],
  ['https://crm.example/{phone', /write %7B/],
  ['https://crm.example/phone}', /write %7D/],
  ['https://crm.example/{{phone}}', /write %7B/],
  ['https://crm.example/{Phone}', /write %7B/],
  ['https://crm.example/{}', /no \{\}/],
  ['https://crm.example/{telephone}', /no \{telephone\}\. There are: phone, /],
  ['https://crm.example/{constructor}', /no \{constructor\}/],
  ['https://crm.example/%{phone_digits}', /%/],
  ['https://crm.example/%2{phone_digits}', /%/],
  [`https://crm.example/${'a'.repeat(2100)}`, /2048/],
];

test.each(refused)('the pattern %j is refused', (Url, reason) => {
  expect(() => linksOf({ Url })).toThrow(reason);
  expect(problemsOf({ Url })).toEqual([expect.stringMatching(reason)]);
  expect(problemsOf({ rules: [{ url: Url }] })).toEqual([expect.stringMatching(/^file: Rule 1, url: /)]);
});

test('the first rule that fits gives the link', () => {
  const link = linksOf({
    rules: [
      { when: { direction: 'outbound' }, url: 'https://crm.example/out/{phone_digits}' },
      { when: { entity_type: 'lead', entity_id: { present: true } }, url: 'https://crm.example/leads/{entity_id}' },
      { when: { phone: { begins_with: '+33' }, company: { present: false } }, url: 'https://fr.example/?q={phone}' },
      { when: { email: { begins_with: 'jane@' } }, url: 'https://crm.example/jane' },
    ],
    Url: 'https://crm.example/search?q={phone}',
  });
  expect(link({ phone: '+33612345678', direction: 'OUTBOUND' })).toBe('https://crm.example/out/33612345678');
  expect(link({ id: '7', entityType: 'Lead', direction: 'INBOUND' })).toBe('https://crm.example/leads/7');
  expect(link({ entityType: 'lead', phone: '+4930123456' })).toBe('https://crm.example/search?q=%2B4930123456');
  expect(link({ phone: '+33612345678' })).toBe('https://fr.example/?q=%2B33612345678');
  expect(link({ phone: '+33612345678', company: 'C' })).toBe('https://crm.example/search?q=%2B33612345678');
  expect(link({ email: 'JANE@example.com' })).toBe('https://crm.example/jane');
});

test('a rule whose address cannot be filled gives way to the next', () => {
  const link = linksOf({
    rules: [{ url: 'https://crm.example/contacts/{entity_id}' }, { url: 'https://crm.example/#/numbers/{phone}' }],
    Url: 'https://crm.example/search?email={email}&company={company}',
  });
  expect(link({ id: '7', phone: '+1' })).toBe('https://crm.example/contacts/7');
  expect(link({ id: '..', phone: '+1' })).toBe('https://crm.example/#/numbers/%2B1');
  expect(link({ company: 'C' })).toBe('https://crm.example/search?email=&company=C');
  expect(link({ firstName: 'Jane' })).toBeNull();
});

const wrongRules: [unknown, string][] = [
  ['no JSON', 'file: The file is no list of rules in JSON.'],
  [{}, 'file: The file is no list of rules in JSON.'],
  [[], 'file: A file of rules holds at least one.'],
  [[{ url: 'https://crm.example/' }, { url: 5 }], 'file: Rule 2, url: Invalid input: expected string, received number'],
  [[{ url: 'https://crm.example/', when: { colour: 'red' } }], 'file: Rule 1, when: Unrecognized key: "colour"'],
  [[{ url: 'https://crm.example/', if: {} }], 'file: Rule 1: Unrecognized key: "if"'],
  [
    [{ url: 'https://crm.example/', when: { direction: 'in' } }],
    'file: Rule 1, when, direction: A direction is inbound or outbound.',
  ],
  [
    [{ url: 'https://crm.example/', when: { phone: { ends_with: '1' } } }],
    'file: Rule 1, when, phone: A condition is a text to be equal to, or {"begins_with": "…"}, or {"present": true}, or {"present": false}.',
  ],
];

test.each(wrongRules)('rules that read %j are refused', (rules, problem) => {
  expect(problemsOf({ rules })).toEqual([problem]);
  expect(() => linksOf({ rules })).toThrow(problem.replace('file: ', ''));
});

test('a url-builder that is told no address is refused', () => {
  expect(problemsOf({})).toEqual(['Url: Give an address as Url, or a file of rules.']);
  expect(problemsOf({ Url: 'https://crm.example/{phone}' })).toEqual([]);
});
