import { expect, test } from 'vitest';
import { minutes } from '../../support/clock.ts';
import { stored } from '../../support/report.ts';
import { paths } from '../../support/rest.ts';
import { type Answer, connectTemplate } from '../../support/template-crm.ts';
import { callOf } from './calls.ts';
import { template } from './templates.ts';

const log = (url: string, id = 'ReportCall', next = '', rules = '') =>
  `<Scenario Id="${id}" Type="REST"><Request Url="${url}" RequestType="Post" RequestEncoding="Json" ResponseType="Json"><PostValues><Value Key="n">[Number]</Value></PostValues></Request>${rules}<Outputs Next="${next}" AllowEmpty="false"/></Scenario>`;
const withId = '<Rules><Rule Type="Any">id</Rule></Rules>';
const one = template(log('https://crm.example/log', 'ReportCall', '', withId));

async function report(xml: string, answer: Answer) {
  const connected = await connectTemplate({ xml, answer });
  stored(await connected.customer.rest('POST', paths.calls, { body: callOf('Missed') }));
  await connected.deliver();
  return connected;
}

test.each<[string, ReturnType<Answer>, object]>([
  ['a taken report', { id: 1 }, { state: 'delivered' }],
  [
    'a refusal',
    { status: 422, body: '{"error":"no such field"}' },
    { state: 'dead', message: 'The request of "ReportCall" was answered with 422: {"error":"no such field"}' },
  ],
  [
    'an error in a 200',
    { error: 'quota' },
    { state: 'dead', message: 'The answer to "ReportCall" does not say that it was taken: {"error":"quota"}' },
  ],
  ['a server that is down', { status: 500 }, { state: 'pending' }],
  ['too many requests', { status: 429, headers: { 'retry-after': '120' } }, { state: 'pending' }],
  [
    'a redirect to another host',
    { status: 302, headers: { location: 'http://169.254.169.254/latest' } },
    { state: 'dead' },
  ],
  ['a lost credential', { status: 401 }, { state: 'pending' }],
])('how a report ends: %s', async (_, answer, expected) => {
  const { log: logOf, asked } = await report(one, () => answer);
  expect(await logOf()).toMatchObject({ attempts: 1, ...expected });
  expect(asked).toHaveLength(1);
});

test('what a CRM may have taken is told to the operator, with the advice to look there', async () => {
  const { log: logOf } = await report(one, () => 'reset');
  expect((await logOf()).message).toContain('The CRM may have taken it');
  const unreadable = await report(one, () => ({ body: '{"id": 1' }));
  expect((await unreadable.log()).message).toContain('is not JSON: {"id": 1');
});

test('an answer that nobody can read is none of a template’s business where it has no rules', async () => {
  const { log: logOf } = await report(template(log('https://crm.example/log')), () => ({ body: '<html>' }));
  expect(await logOf()).toMatchObject({ state: 'delivered' });
});

test('a chain that broke off is gone on with, and what it wrote is not written again', async () => {
  let failures = 1;
  const xml = template(log('https://crm.example/note', 'ReportCall', 'Link') + log('https://crm.example/link', 'Link'));
  const connected = await report(xml, ({ path }) => (path === '/link' && failures-- > 0 ? { status: 503 } : { id: 1 }));
  expect(await connected.log()).toMatchObject({ state: 'pending' });
  connected.customer.pass(10 * minutes);
  await connected.deliver();
  expect(await connected.log()).toMatchObject({ state: 'delivered', attempts: 2 });
  expect(connected.sent()).toEqual(['POST crm.example/note', 'POST crm.example/link', 'POST crm.example/link']);
});

test('a redirect within one host is followed', async () => {
  const { log: logOf, sent } = await report(one, ({ path }) =>
    path === '/log' ? { status: 307, headers: { location: 'https://crm.example/log/' } } : { id: 1 },
  );
  expect(await logOf()).toMatchObject({ state: 'delivered' });
  expect(sent()).toEqual(['POST crm.example/log', 'POST crm.example/log/']);
});

test('an internal call is stored and not reported', async () => {
  const { customer, deliver, log: logOf, asked } = await connectTemplate({ xml: one, answer: () => ({ id: 1 }) });
  stored(
    await customer.rest('POST', paths.calls, {
      body: callOf('Inbound', { direction: 'internal', number_from: '102' }),
    }),
  );
  await deliver();
  expect(await logOf()).toMatchObject({ state: 'delivered', message: 'Internal calls are not reported to a CRM.' });
  expect(asked).toEqual([]);
});
