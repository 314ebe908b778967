// Whole bodies, queries, paths and documents that nobody should send.

export const bodies = [
  ...['', '{', '[]', 'null', '"text"', '7', '{"last_name":}', '{"last_name":"a"', "{'last_name':'a'}", '\ufeff{}'],
  ...['{}{}', '{"last_name":"a","last_name":"b"}', '{"__proto__":{"last_name":"a"}}', '{"last_name":"\\ud800"}'],
  ...['['.repeat(20_000), '{"a":'.repeat(5000), `{"a":${'['.repeat(100)}${']'.repeat(100)}}`],
  ...['last_name[=a', 'last_name]=a', '[]=a', '=', '&&&', 'last_name[]=a', 'last_name[a][b][c][d][e][f]=1', '%', '%zz'],
  ...['last_name=%ff', 'last_name=%00', '__proto__[a]=b', 'constructor[prototype][a]=b', 'context_data[9999999]=a'],
  ...['last_name=a&last_name=b', 'email=%ED%A0%80', '%C0%AF=a', 'a=b;c=d', 'a=b&'.repeat(2000), 'last_name=%F0%9F'],
];

export const contentTypes = [
  ...['application/json', 'application/json', 'application/x-www-form-urlencoded', 'application/x-www-form-urlencoded'],
  ...['text/plain', 'multipart/form-data', 'multipart/form-data; boundary=a', 'application/xml', 'application/graphql'],
  ...[
    'application/json; charset=utf-16',
    'APPLICATION/JSON ;;',
    ',',
    'application/json, text/html',
    'application/json5',
  ],
];

export const filters = [
  ...['direction', 'status', 'answered', 'number_from', 'number_to', 'number_did', 'start_time', 'end_time'],
  ...['agent_email', 'subject'],
];

export const parameters = [
  ...['filter[x][not]=1', 'filter=1', 'filter[direction][]=inbound', 'filter[direction][not]=inbound', 'filter['],
  ...['filter[__proto__]=1', 'filter[constructor]=1', 'filter[toString]=1', 'include[]=segments', 'include=__proto__'],
  ...['sort[]=id', 'sort=-', 'sort=--start_time', 'sort=constructor', 'per_page=-1', 'per_page=1e9', 'per_page[]=1'],
  ...['page=0', 'page=999999999999999', 'page=99999999999999999999', 'page=%00', 'phone=%ff', 'phone=+33612345678'],
  ...['phone[]=1', 'phone=1&phone=2', 'email=%00', 'display_name=%ED%A0%80', '%', '%5B%5D', '&=&', '%ff=%ff'],
  ...[`phone=${'9'.repeat(9000)}`, 'filter[subject]=%25%5C_', 'filter[start_time]=,', 'include=logs,segments,logs'],
];

export const paths = [
  ...['/api', '/api/', '/api/crm/lookup/%00', '/api/crm/lookup/contacts/%ff', '/api/crm/lookup/..%2f..', '/%E0%A4%A'],
  ...['/api/crm/phone-calls-context/x/y', '/api/crm/phone-calls-context/%00/%ff', '/api/crm/phone-calls-context/a/b/c'],
  ...[`/api/${'x'.repeat(5000)}`, '/api/crm/lookup/chats', '/__proto__', '/constructor', '/api/crm/lookup/contacts/'],
];

export const credentials = [
  '',
  'Bearer',
  'Bearer ',
  'Bearer a b',
  'Basic YTpi',
  'bearer \u00ff',
  `Bearer ${'x'.repeat(5000)}`,
];

export const documents = [
  ...['', '{', '{ __proto__ }', '{ constructor }', 'query { contact(id: "\\u0000") { id } }', 'subscription { a }'],
  ...[
    '{ contact(id: "\ud800") { id } }',
    '{ contact(id: "\\ud800") { id } }',
    '{ viewer { ...F } }',
    '\ufeff{ viewer }',
  ],
  ...[
    '{ phoneCalls(first: 99999999999999) { totalCount } }',
    '{ phoneCalls(after: "%") { totalCount } }',
    '{a'.repeat(3000),
  ],
  ...['{ viewer { ...F } } fragment F on Viewer { ...F }', 'mutation { createContact(input: {}) { created } }'],
  ...['{ contactSearch(phone: """\n\0""") { match { kind } } }', '{ phoneCalls(offset: -1) { nodes { id } } }'],
];
