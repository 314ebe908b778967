import { expect, test } from 'vitest';
import { call, callTypes, number, open, problemsOf, read, suite } from './public.ts';

suite('Tierklinik', () => {
  const parameters = { APIkey: 'vet-key-1', ReportCallEnabled: true };
  const owner = {
    cid: 12,
    firstname: 'Eve',
    name: 'Doe',
    source: 'vet',
    mailAddresses: ['e@x.y'],
    contact: { phone1: '0612345678' },
  };

  test('asks for the first of a list by its position, which finds nothing', () => {
    expect(problemsOf(read('tierklinik.xml'))).toEqual([
      'warning: The path mailAddresses[0] counts positions, which finds nothing.',
    ]);
  });

  test.each([
    ['one hit', owner, ['12']],
    ['several hits', [owner, { ...owner, cid: 13 }], ['12', '13']],
    ['a miss', {}, []],
  ])('looks up: %s', async (_, answer, ids) => {
    const { lookupByNumber, crm } = open(read('tierklinik.xml'), parameters, { 'contact?phone=+33612345678': answer });
    const { contacts, warnings } = await lookupByNumber(number);
    expect(contacts.map(({ ContactID }) => ContactID)).toEqual(ids);
    for (const contact of contacts) expect(contact).toMatchObject({ LastName: 'Doe', Email: '', CustomValue: 'vet' });
    expect(crm.requests[0]?.headers.authorization).toBe(`Basic ${btoa('token:vet-key-1')}`);
    expect(warnings).toEqual([]);
  });

  test.each(callTypes)('journals a call by the scenario of its type: %s', async (callType) => {
    const { reportCall, crm } = open(read('tierklinik.xml'), parameters, { POST: {} });
    const { steps, warnings } = await reportCall(call(callType, { ContactID: '12', CustomValue: 'vet' }));
    expect(crm.bodies()).toEqual([
      {
        duration: callType.endsWith('bound') ? '65' : '0',
        number,
        agent: '101',
        call_type: callType,
        date_time: '01/05/2026 09:00:00',
        customer_id: '12',
        customer_source: 'vet',
      },
    ]);
    expect(steps.filter(({ outcome }) => outcome === 'skipped')).toHaveLength(3);
    expect(warnings).toEqual([]);
  });
});

suite('Hotelito', () => {
  const xml = () => read('hotelito.xml').replaceAll('TEMPLATE_API_URL', 'https://hotel.example');
  const guest = {
    contact: { id: 'g1', firstname: 'Eve', lastname: 'Doe', company: '', email: 'e@x.y', mobilephone: number },
  };

  test('has no problem', () => expect(problemsOf(xml())).toEqual([]));

  test('looks up, tells the direction, and finds nobody for another number', async () => {
    const { lookupByNumber, lookupByEmail, crm } = open(xml(), {}, { Number: guest, lookupbyemail: guest });
    expect((await lookupByNumber(number, 'Outbound')).contacts).toMatchObject([
      { ContactID: 'g1', PhoneBusiness: number },
    ]);
    expect((await lookupByNumber('+4420794600')).hits[0]?.dropped).toBe('None of its phone outputs is +4420794600.');
    expect((await lookupByEmail('e@x.y')).contacts).toHaveLength(1);
    expect(crm.sent()[0]).toBe(
      `GET https://hotel.example/api/v1/3cx/lookupbynumber?Number=${number}&CallDirection=Outbound`,
    );
  });

  test('several hits and a miss', async () => {
    const other = { ...guest.contact, id: 'g2' };
    const several = open(xml(), {}, { GET: { contact: [guest.contact, other] } });
    expect((await several.lookupByNumber(number)).contacts.map(({ EntityId }) => EntityId)).toEqual(['g1', 'g2']);
    const miss = open(xml(), {}, { GET: { contact: null } });
    expect(await miss.lookupByNumber(number)).toMatchObject({ hits: [], warnings: [] });
  });

  test.each([
    ['Inbound', 'https://hotel.example/api/v1/3cx/outbound_call'],
    ['Outbound', 'https://hotel.example/api/v1/3cx/outbound_call'],
    ['Notanswered', 'https://hotel.example/api/v1/call'],
    ['Missed', null],
  ] as const)('journals a call: %s', async (callType, url) => {
    const { reportCall, crm } = open(xml(), { ReportCallEnabled: 'True' }, { POST: {} });
    const { warnings } = await reportCall(call(callType, { EntityId: 'g1', FirstName: 'Eve' }));
    expect(crm.sent()).toEqual(url ? [`POST ${url}`] : []);
    if (crm.bodies()[0]?.CallType) {
      expect(crm.bodies()[0]).toMatchObject({
        CallType: callType,
        CallDirection: callType,
        Name: 'Eve',
        AgentFirstName: 'Ada',
      });
    }
    expect(warnings).toEqual([]);
  });

  test('that was never given its address says so', async () => {
    const { lookupByNumber } = open(read('hotelito.xml'), {}, {});
    expect((await lookupByNumber('1')).warnings).toEqual([
      'TEMPLATE_API_URL/api/v1/3cx/lookupbynumber?Number=1&CallDirection=Inbound is no address of the web.',
    ]);
  });
});

suite('Redmine', () => {
  const xml = () => read('redmine.xml.erb').replace(/<%[\s\S]*?%>/g, '');
  const parameters = { ApiKey: 'red-key-1', Domain: 'red.example' };
  const contact = { id: 3, firstname: 'Eve', lastname: 'Doe', company: 'Acme', phone_mobile2: '0612345678' };

  test('has no Number', () => {
    expect(problemsOf(xml())).toEqual(['warning: There is no Number; numbers are sent as they are.']);
  });

  test.each([
    ['one hit', [contact], ['3']],
    ['several hits', [contact, { ...contact, id: 4 }], ['3', '4']],
    ['a miss', [], []],
  ])('looks up: %s', async (_, contacts, ids) => {
    const { lookupByNumber, crm } = open(xml(), parameters, { '3cx/lookup.json': { contacts } });
    const trace = await lookupByNumber(number);
    expect(crm.sent()).toEqual(['GET https://red.example/3cx/lookup.json?phone=%2B33612345678']);
    expect(trace.contacts.map(({ EntityId }) => EntityId)).toEqual(ids);
    for (const kept of trace.contacts) expect(kept).toMatchObject({ CompanyName: 'Acme', PhoneMobile: '' });
    expect(trace.warnings).toEqual([]);
  });

  test('searches by text', async () => {
    const { searchContacts, crm } = open(xml(), parameters, { '3cx/search.json': { contacts: [contact] } });
    expect((await searchContacts('Doe & Co')).contacts).toMatchObject([
      { ContactUrl: 'https://red.example/contacts/3' },
    ]);
    expect(crm.sent()).toEqual(['GET https://red.example/3cx/search.json?query=Doe%20%26%20Co']);
  });
});
