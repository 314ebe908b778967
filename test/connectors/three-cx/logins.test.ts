import { expect, test } from 'vitest';
import { connectors } from '../../../src/connectors/index.ts';
import { minutes } from '../../support/clock.ts';
import { stored } from '../../support/report.ts';
import { paths } from '../../support/rest.ts';
import { type Asked, connectTemplate, newCrm } from '../../support/template-crm.ts';
import { publicUrl, store } from '../../support/world.ts';
import { callOf, search } from './calls.ts';
import { lookup, outputs, template } from './templates.ts';

const person = { id: 'c1', first: 'Eve', phone: '+33612345678' };

/** Gives out tokens that it numbers, and knows only the newest. */
function tokenCrm() {
  let [tokens, revoked] = [0, false];
  const answer = ({ path, headers }: Asked) => {
    if (path === '/token') {
      revoked = false;
      return {
        access_token: `token-${++tokens}`,
        instance_url: 'https://na1.sf.example',
        refresh_token: 'fresh-token',
      };
    }
    if (revoked || headers.authorization !== `Bearer token-${tokens}`) return { status: 401 };
    return path.startsWith('/people') ? { people: [person] } : { id: 'r1' };
  };
  const revoke = () => {
    revoked = true;
  };
  return { answer, revoke };
}

const bearer = `<Scenario Id="Login" Type="REST"><Request Url="https://login.example/token" RequestType="Post" RequestEncoding="UrlEncoded" ResponseType="Json">
  <PostValues><Value Key="grant_type">refresh_token</Value><Value Key="refresh_token">[Refresh]</Value></PostValues></Request>
  <Rules><Rule Type="Any">access_token</Rule></Rules><Variables><Variable Name="Token" Path="access_token"/><Variable Name="Instance" Path="instance_url"/></Variables>
  <Outputs><Output Type="Bearer" Value="[Token]"/><Output Type="BearerExpiration" Value="60"/></Outputs></Scenario>`;
const byScenario = '<Authentication Type="Scenario"><Value>Login</Value></Authentication>';
const granted = `<Parameter Name="Client" Default="c 1"/><Parameter Name="Refresh" Type="OAuth" RequestUrl="https://login.example/authorize"
  RequestUrlParameters="client_id=[Client]&amp;redirect_uri=[RedirectUri]&amp;state=[State]" ResponseScenario="Grant"/>`;

const xml = template(
  bearer +
    lookup('[Instance]/people?n=[EscapedNumber]') +
    '<Scenario Id="ReportCall" Type="REST"><Request Url="[Instance]/task" RequestType="Post" RequestEncoding="Json" ResponseType="Json"><PostValues><Value Key="who">[EntityId]</Value></PostValues></Request><Rules><Rule Type="Any">id</Rule></Rules><Outputs AllowEmpty="false"/></Scenario>',
  { authentication: byScenario, parameters: granted },
);

test('one login serves simultaneous lookups until it expires, also in the middle of the work', async () => {
  const { customer, sent, deliver, log } = await connectTemplate({
    xml,
    parameters: { Refresh: 'kept' },
    answer: tokenCrm().answer,
  });
  await Promise.all(['+33612345678', '+33612345679', '+33612345670'].map((number) => search(customer, number)));
  expect(sent().filter((line) => line.includes('/token'))).toHaveLength(1);
  stored(await customer.rest('POST', paths.calls, { body: callOf('Inbound') }));
  customer.pass(61 * minutes);
  await deliver();
  expect(sent()).toEqual(['POST login.example/token', 'POST na1.sf.example/task']);
  expect(await log()).toMatchObject({ state: 'delivered' });
});

test('a token that is refused is renewed once, and what was asked is asked again', async () => {
  const crm = tokenCrm();
  const { customer, sent } = await connectTemplate({ xml, parameters: { Refresh: 'kept' }, answer: crm.answer });
  await search(customer, '+33612345678');
  sent();
  crm.revoke();
  expect((await search(customer, '+33612345699')).contacts).toHaveLength(1);
  expect(sent().slice(0, 3)).toEqual([
    'GET na1.sf.example/people?n=%2B33612345699',
    'POST login.example/token',
    'GET na1.sf.example/people?n=%2B33612345699',
  ]);
});

test('a login that fails is told, and what was to be reported waits for it', async () => {
  const { customer, deliver, log } = await connectTemplate({
    xml,
    parameters: { Refresh: 'lost' },
    answer: () => ({ status: 400 }),
  });
  expect((await search(customer, '+33612345678')).contacts).toMatchObject([{ is_placeholder: true }]);
  stored(await customer.rest('POST', paths.calls, { body: callOf('Inbound') }));
  await deliver();
  expect(await log()).toMatchObject({ state: 'pending', message: expect.stringContaining('Logging in failed') });
});

test('a login may give headers only, or nothing but what requests are made of', async () => {
  for (const [output, path, headers] of [
    [
      '<Output Type="HeaderName" Value="X-Session"/><Output Type="HeaderValue" Value="[Token]"/>',
      '/people',
      { 'x-session': 'token-1' },
    ],
    ['<Output Type="Session" Value="[Token]"/>', '/people?session=[Session]', {}],
  ] as const) {
    const login = bearer.replace(/<Output Type.*(?=<\/Outputs>)/, output);
    const { customer, asked } = await connectTemplate({
      xml: template(login + lookup(`https://h.example${path}`), { authentication: byScenario, parameters: granted }),
      parameters: { Refresh: 'kept' },
      answer: (request) => (request.path === '/token' ? { access_token: 'token-1' } : { people: [person] }),
    });
    expect((await search(customer, '+33612345678')).contacts).toMatchObject([{ id: 'c1' }]);
    expect(asked[1]).toMatchObject({
      path: path.replace('[Session]', 'token-1'),
      headers: { accept: 'application/json', ...headers },
    });
  }
});

test('access is granted in the CRM’s own pages, and the parameter to keep is answered', async () => {
  const grant = `<Scenario Id="Grant" Type="REST"><Request Url="https://login.example/token" RequestType="Post" RequestEncoding="UrlEncoded" ResponseType="Json">
    <PostValues><Value Key="code">[code]</Value><Value Key="redirect_uri">[RedirectUri]</Value></PostValues></Request>
    <Rules><Rule Type="Any">refresh_token</Rule></Rules><Variables><Variable Name="R" Path="refresh_token"/></Variables><Outputs><Output Type="Result" Value="[R]"/></Outputs></Scenario>`;
  const crm = await newCrm(tokenCrm().answer);
  const file = xml.replace(bearer, bearer + grant);
  const kind = connectors['3cx-template'];
  const setup = { publicUrl, country: 'FR', timeZone: 'UTC', send: crm.send, now: () => new Date(0) };
  const connection = kind.connect(
    { ...setup, store: store.forCustomer(crypto.randomUUID()) },
    kind.configuration.parse({ file, parameters: {} }),
  );
  expect(connection.authorization?.url('https://own.example/back?a=1', 's&1')).toBe(
    'https://login.example/authorize?client_id=c%201&redirect_uri=https%3A%2F%2Fown.example%2Fback%3Fa%3D1&state=s%261',
  );
  expect(await connection.authorization?.complete('code-1', 's&1', 'https://own.example/back?a=1')).toEqual({
    parameter: 'Refresh',
    value: 'fresh-token',
  });
  expect(crm.asked[0]?.body).toBe('code=code-1&redirect_uri=https%3A%2F%2Fown.example%2Fback%3Fa%3D1');
});

test('entities are asked in the order that was chosen, each record read by a chain of its own', async () => {
  const entity = (name: string) => `<Scenario Id="" Type="REST" EntityId="${name}" EntityOrder="[Order]">
    <Request SkipIf="[FoundRecordCount]&gt;0" Url="https://sf.example/query?q=SELECT Id FROM ${name} WHERE Phone='[Number]'" RequestType="Get" ResponseType="Json"/>
    <Rules><Rule Type="Any">records.Id</Rule></Rules><Variables><Variable Name="Id" Path="records.Id"/></Variables><Outputs Next="Read${name}" AllowEmpty="false"/></Scenario>
    <Scenario Id="Read${name}" Type="REST"><Request Url="https://sf.example/${name}/[Id]" RequestType="Get" ResponseType="Json"/>
    <Rules><Rule Type="Any">LastName</Rule></Rules><Variables><Variable Name="First" Path="LastName"/><Variable Name="Phone" Path="Phone"/></Variables>${outputs(`https://sf.example/${name}/[Id]`)}</Scenario>`;
  const { customer, sent } = await connectTemplate({
    xml: template(entity('Contact') + entity('Lead'), {
      parameters: '<Parameter Name="Order" Type="List" Default="Contact/Lead" ListValues="Contact/Lead,Lead/Contact"/>',
    }),
    parameters: { Order: 'Lead/Contact' },
    answer: ({ path }) =>
      path.startsWith('/query')
        ? { records: [{ Id: '1' }, { Id: '2' }] }
        : { LastName: path.slice(-1), Phone: '0612345678' },
  });
  expect((await search(customer, '+33612345678')).contacts).toMatchObject([{ id: '1' }, { id: '2' }]);
  expect(sent()).toEqual([
    'GET sf.example/query?q=SELECT%20Id%20FROM%20Lead%20WHERE%20Phone=%27+33612345678%27',
    'GET sf.example/Lead/1',
    'GET sf.example/Lead/2',
  ]);
});
