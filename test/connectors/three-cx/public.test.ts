import { expect, test } from 'vitest';
import { stored } from '../../support/report.ts';
import { paths } from '../../support/rest.ts';
import { connectTemplate } from '../../support/template-crm.ts';
import { read, suite } from '../template/public.ts';
import { callOf, callTypes, search } from './calls.ts';

const json = { accept: 'application/json', 'content-type': 'application/json' };

suite('Hotelito', () => {
  const guest = {
    id: 'g1',
    firstname: 'Eve',
    lastname: 'Doe',
    company: '',
    email: 'e@x.y',
    mobilephone: '+33612345678',
  };
  const connect = (contact: unknown) =>
    connectTemplate({
      xml: read('hotelito.xml').replaceAll('TEMPLATE_API_URL', 'https://hotel.example'),
      parameters: { ReportCallEnabled: 'True' },
      answer: () => ({ contact }),
    });

  test('a hit, several, and a miss', async () => {
    const one = await connect(guest);
    expect((await search(one.customer, '+33612345678')).contacts).toMatchObject([
      { id: 'g1', last_name: 'Doe', company: null, phone_business_1: '+33612345678', entity_type: 'Contacts' },
    ]);
    const path = '/api/v1/3cx/lookupbynumber?Number=+33612345678&CallDirection=Inbound';
    expect(one.asked).toEqual([
      { host: 'hotel.example', method: 'GET', path, headers: { accept: 'application/json' }, body: '' },
    ]);
    const several = await connect([guest, { ...guest, id: 'g2' }]);
    expect((await search(several.customer, '+33612345678')).contacts).toMatchObject([{ id: 'g1' }, { id: 'g2' }]);
    const none = await connect(null);
    expect((await search(none.customer, '+33612345678')).contacts).toMatchObject([{ is_placeholder: true }]);
  });

  test.each(callTypes)('a call is journaled where its type is wanted: %s', async (type) => {
    const { customer, asked, deliver, log } = await connect(guest);
    stored(await customer.rest('POST', paths.calls, { body: callOf(type) }));
    expect(await deliver()).toBe(1);
    const bodies = {
      Inbound: ['outbound_call', 'Inbound'],
      Outbound: ['outbound_call', 'Outbound'],
      Notanswered: ['', ''],
      Missed: null,
    };
    const expected = bodies[type];
    const told = {
      Number: '+33612345678',
      CallType: type,
      CallDirection: expected?.[1],
      Name: 'Eve Doe',
      Agent: '101',
    };
    const full = JSON.stringify({ ...told, AgentFirstName: 'Ada', DateTime: '07/05/1990 11:00:00' });
    const body = type === 'Notanswered' ? '{"phone":"+33612345678"}' : full;
    const path = type === 'Notanswered' ? '/api/v1/call' : '/api/v1/3cx/outbound_call';
    expect(asked.slice(1)).toEqual(
      expected ? [{ host: 'hotel.example', method: 'POST', path, headers: json, body }] : [],
    );
    expect(await log()).toMatchObject({
      state: 'delivered',
      message: expected
        ? 'Reported to the CRM, with the contact.'
        : 'Nothing was reported: the template leaves this one out (SkipIf).',
    });
  });
});

suite('Redmine', () => {
  const contact = { id: 3, firstname: 'Eve', lastname: 'Doe', company: 'Acme', phone_mobile2: '0612345678' };
  const headers = {
    accept: 'application/json',
    authorization: `Basic ${Buffer.from('red-key-1:x').toString('base64')}`,
  };
  const connect = (contacts: object[]) =>
    connectTemplate({
      xml: read('redmine.xml.erb').replace(/<%[\s\S]*?%>/g, ''),
      parameters: { ApiKey: 'red-key-1', Domain: 'red.example' },
      answer: () => ({ contacts }),
    });

  test('a hit, several, and a miss', async () => {
    const one = await connect([contact]);
    expect((await search(one.customer, '0612345678')).contacts).toMatchObject([
      { id: '3', phone_mobile_2: '+33612345678', phone_mobile_1: null, entity_url: 'https://red.example/contacts/3' },
    ]);
    expect(one.asked).toEqual([
      { host: 'red.example', method: 'GET', path: '/3cx/lookup.json?phone=%2B33612345678', headers, body: '' },
    ]);
    const several = await connect([contact, { ...contact, id: 4 }]);
    expect((await search(several.customer, '+33612345678')).contacts).toMatchObject([{ id: '3' }, { id: '4' }]);
    const none = await connect([]);
    expect((await search(none.customer, '+33612345678')).contacts).toMatchObject([{ is_placeholder: true }]);
  });

  test('a call is stored and reported to nobody, as the template reports none', async () => {
    const { customer, deliver } = await connect([contact]);
    stored(await customer.rest('POST', paths.calls, { body: callOf('Inbound') }));
    expect(await deliver()).toBe(0);
  });
});
