import { expect, test } from 'vitest';
import { call, callTypes, number, open, problemsOf, read, suite } from './public.ts';

suite('Freshdesk', () => {
  const parameters = {
    APIkey: 'fd-key-1',
    Domain: 'acme',
    ReportCallEnabled: true,
    ReportChatEnabled: true,
    CreateContactEnabled: true,
    CreateContactName: 'New [Number]',
    CreateOnCallDirection: 'Inbound',
  };
  const person = {
    id: 7,
    company_id: 70,
    name: 'Eve Doe',
    job_title: 'CEO',
    phone: number,
    mobile: null,
    email: 'e@x.y',
  };
  const eve = { EntityId: '7', FirstName: 'Eve Doe' };
  const at = 'https://acme.freshdesk.com/api/v2/';

  test('has one scenario that no phone call ever runs', () => {
    expect(problemsOf(read('freshdesk.xml'))).toEqual([
      'warning: Nothing runs scenario "GetAllContacts": it is no entry point and no Next names it.',
    ]);
  });

  test('looks up by phone, then by mobile, and asks for the company of each hit', async () => {
    const { lookupByNumber, crm } = open(read('freshdesk.xml'), parameters, {
      'contacts?phone=': [person, { ...person, id: 8, company_id: null, mobile: '0612345678', phone: null }],
      'contacts?mobile=': [],
      'companies/70': { id: 70, name: 'Acme' },
    });
    const { contacts, warnings } = await lookupByNumber(number);
    expect(crm.sent()).toEqual([
      `GET ${at}contacts?phone=%2B33612345678`,
      `GET ${at}companies/70`,
      `GET ${at}contacts?mobile=%2B33612345678`,
    ]);
    expect(crm.requests[0]?.headers.authorization).toBe(`Basic ${btoa('fd-key-1:X')}`);
    expect(contacts.map(({ ContactUrl, CompanyName, EntityId }) => [ContactUrl, CompanyName, EntityId])).toEqual([
      ['https://acme.freshdesk.com/contacts/7', 'Acme', '7'],
      ['https://acme.freshdesk.com/contacts/8', '', '8'],
    ]);
    expect(warnings).toEqual([]);
  });

  test('finds nobody, and searches by email and text', async () => {
    const opened = open(read('freshdesk.xml'), parameters, {
      'contacts?email=e%40x.y': [person],
      'autocomplete?term=Doe%20E': [person],
      'companies/70': { status: 403, body: '' },
      GET: [],
    });
    expect(await opened.lookupByNumber(number)).toMatchObject({ hits: [], warnings: [] });
    const byEmail = await opened.lookupByEmail('e@x.y');
    expect(byEmail.contacts).toMatchObject([{ FirstName: 'Eve Doe', CompanyName: '', Email: 'e@x.y' }]);
    expect(byEmail.warnings).toEqual(['The request of "GetCompany" was answered with 403.']);
    expect((await opened.searchContacts('Doe E')).contacts).toMatchObject([{ EntityId: '7', Title: 'CEO' }]);
  });

  test.each(callTypes)('journals a call: %s', async (callType) => {
    const { reportCall, crm } = open(read('freshdesk.xml'), parameters, {
      'agents?email=ada%40pbx.example': [{ id: 99 }],
      'POST https://acme.freshdesk.com/api/v2/tickets': { status: 201, body: '{"id":1}' },
    });
    const { warnings } = await reportCall(call(callType, eve));
    const recording = '<a href="https://pbx.example/r/1">https://pbx.example/r/1</a>';
    const more = `(00:01:05)<br/>Transcription: Hello<br/>Summary: Short<br/>Recording: ${recording}`;
    const texts = {
      Inbound: `01/05/2026 09:00:00: Answered incoming call from ${number} Eve Doe to 101 ${more}`,
      Missed: `01/05/2026 09:00:00: Missed call from ${number} Eve Doe to 101`,
      Outbound: `01/05/2026 09:00:00: Answered outgoing call from 101 to ${number} Eve Doe ${more}`,
      Notanswered: `01/05/2026 09:00:00: Unanswered outgoing call from 101 to ${number} Eve Doe`,
    };
    expect(crm.bodies()).toEqual([
      {
        requester_id: 7,
        responder_id: 99,
        phone: number,
        subject: 'New Ticket',
        type: 'Question',
        status: 2,
        priority: 1,
        description: texts[callType],
        source: 3,
        tags: [callType, 'Call', '101'],
      },
    ]);
    expect(warnings).toEqual([]);
  });

  test('journals nothing for a stranger, and goes on without an agent', async () => {
    const { reportCall, crm } = open(read('freshdesk.xml'), parameters, { POST: {} });
    await reportCall(call('Inbound', {}));
    expect(crm.requests).toEqual([]);
    const { steps } = await reportCall({ ...call('Inbound', eve), agentEmail: '' });
    expect(steps.map(({ scenario, outcome }) => `${scenario} ${outcome}`)).toEqual([
      'ReportCall skipped',
      'CreateCallActivity found',
    ]);
    expect(crm.bodies()[0]).not.toHaveProperty('responder_id');
  });

  test('journals a chat with its line breaks as tags', async () => {
    const { reportChat, crm } = open(read('freshdesk.xml'), parameters, { POST: {} });
    const startedAt = new Date(0);
    const { warnings } = await reportChat({
      number,
      messages: 'Hi [Name] \\o/\nBye',
      contact: eve,
      agent: '101',
      startedAt,
    });
    expect(crm.bodies()).toMatchObject([
      { requester_id: 7, phone: number, description: 'Hi [Name] o/<br/>Bye', source: 7, tags: ['Chat', '101'] },
    ]);
    expect(crm.bodies()[0]).not.toHaveProperty('email');
    expect(warnings).toEqual([]);
  });

  test('creates a contact from a call and from a client, in the directions that are wanted', async () => {
    const { createContact, crm } = open(read('freshdesk.xml'), parameters, { POST: { id: 5 } });
    expect((await createContact({ number })).contacts).toEqual([
      {
        ContactUrl: 'https://acme.freshdesk.com/contacts/5',
        FirstName: `New ${number}`,
        PhoneBusiness: number,
        EntityType: 'Contacts',
        EntityId: '5',
      },
    ]);
    await createContact({ number, callDirection: 'Outbound' });
    await createContact({ number, firstName: 'Ada', lastName: 'B', email: '' }, true);
    expect(crm.bodies()).toEqual([
      { name: `New ${number}`, phone: number },
      { name: 'Ada B', mobile: number },
    ]);
  });

  test('answers a call flow', async () => {
    const { lookupFromCallFlow, crm } = open(read('freshdesk.xml'), parameters, { GET: person });
    expect((await lookupFromCallFlow('Contacts', 'LookupID', '7')).answers).toEqual([person]);
    await lookupFromCallFlow('Contacts', 'LookupNumber', number);
    await lookupFromCallFlow('Contacts', 'LookupFreeQuery', 'state=verified');
    expect(crm.sent()).toEqual([
      `GET ${at}contacts/7`,
      `GET ${at}contacts?phone=%2B33612345678`,
      `GET ${at}contacts?state=verified`,
    ]);
  });
});
