import { expect, test } from 'vitest';
import { paths } from '../../support/rest.ts';
import { connectTemplate } from '../../support/template-crm.ts';
import { read, suite } from '../template/public.ts';
import { callOf, callTypes, search } from './calls.ts';

const owner = {
  cid: 12,
  firstname: 'Eve',
  name: 'Doe',
  source: 'vet',
  mailAddresses: ['e@vet.example'],
  contact: { phone1: '06 12 34 56 78', phone3: '+43 664 1234567' },
};

const parameters = { APIkey: 'vet-key-1', ReportCallEnabled: 'True' };
const authorization = `Basic ${Buffer.from('token:vet-key-1').toString('base64')}`;

suite('Tierklinik', () => {
  const connect = (answer: object) =>
    connectTemplate({
      xml: read('tierklinik.xml'),
      parameters,
      answer: ({ host }) => (host === 'my.dobersberg.vet' ? answer : {}),
    });

  test('a hit is answered whole, and was asked for exactly so', async () => {
    const { customer, asked } = await connect(owner);
    expect(await search(customer, '0612345678')).toMatchObject({
      contacts: [
        {
          id: '12',
          first_name: 'Eve',
          last_name: 'Doe',
          phone_business_1: '+33612345678',
          phone_mobile_1: '+436641234567',
          custom_value: 'vet',
          entity_url: 'https://my.dobersberg.vet/customer/view/12',
          matched_number: '0612345678',
          is_placeholder: false,
        },
      ],
    });
    expect(asked).toEqual([
      {
        host: 'my.dobersberg.vet',
        method: 'GET',
        path: '/api/external/v1/contact?phone=+33612345678',
        headers: { accept: 'application/json', authorization },
        body: '',
      },
    ]);
  });

  test('who is unknown by either form of the number is nobody', async () => {
    const { customer, sent } = await connect({});
    expect(await search(customer, '0612345678')).toMatchObject({ contacts: [{ is_placeholder: true }] });
    expect(sent()).toEqual([
      'GET my.dobersberg.vet/api/external/v1/contact?phone=+33612345678',
      'GET my.dobersberg.vet/api/external/v1/contact?phone=0612345678',
    ]);
  });

  test('several hits are all answered', async () => {
    const { customer } = await connect([owner, { ...owner, cid: 13 }]);
    const { contacts } = await search(customer, '+33612345678');
    expect(contacts.map(({ entity_url }) => entity_url)).toEqual([
      'https://my.dobersberg.vet/customer/view/12',
      'https://my.dobersberg.vet/customer/view/13',
    ]);
  });

  test.each(callTypes)('a call is journaled: %s', async (type) => {
    const { customer, asked, deliver, log } = await connect(owner);
    await search(customer, '+33612345678');
    const { status } = await customer.rest('POST', paths.calls, { body: callOf(type) });
    expect([status, await deliver()]).toEqual([201, 1]);
    expect(await log()).toMatchObject({ state: 'delivered', message: 'Reported to the CRM, with the contact.' });
    expect(asked.slice(1)).toEqual([
      {
        host: '3cx.dobersberg.vet',
        method: 'POST',
        path: '/tkd.pbx3cx.v1.CallService/RecordCall',
        headers: { accept: 'application/json', authorization, 'content-type': 'application/json' },
        body: JSON.stringify({
          duration: type.endsWith('bound') ? '65' : '0',
          number: '+33612345678',
          agent: '101',
          call_type: type,
          date_time: '07/05/1990 11:00:00',
          customer_id: '12',
          customer_source: 'vet',
        }),
      },
    ]);
  });
});
