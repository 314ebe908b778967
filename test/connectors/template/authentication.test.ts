import { describe, expect, test } from 'vitest';
import { parseTemplate } from '../../../src/connectors/template/parse.ts';
import { openTemplate } from '../../../src/connectors/template/run.ts';
import { mockCrm, open, templateXml } from './crm.ts';

const lookup = `<Scenario Id=""><Request Url="https://crm.example/people" /><Rules><Rule Type="Any">id</Rule></Rules></Scenario>`;

const login = (outputs: string, variables = '') => `<Scenario Id="Login">
  <Request Url="https://crm.example/token" RequestType="Post" RequestEncoding="UrlEncoded"><PostValues>
    <Value Key="grant_type">refresh_token</Value><Value Key="refresh_token">[Access]</Value></PostValues></Request>
  <Rules><Rule Type="Any">access_token</Rule></Rules>
  <Variables><Variable Name="Token" Path="access_token" /><Variable Name="Expires" Path="expires_in" />${variables}</Variables>
  <Outputs AllowEmpty="false">${outputs}</Outputs></Scenario>`;

const byScenario = '<Authentication Type="Scenario"><Value>Login</Value></Authentication>';
const bearer = '<Output Type="Bearer" Value="[Token]" /><Output Type="BearerExpiration" Value="[Expires/60]" />';
const parameters = `<Parameter Name="User" Type="String" /><Parameter Name="ApiKey" Type="Password" />
  <Parameter Name="ClientId" Type="String" Default="cl ient" /><Parameter Name="ClientSecret" Type="Password" Default="s3cret" />
  <Parameter Name="Access" Type="OAuth" RequestUrl="https://crm.example/authorize"
    RequestUrlParameters="response_type=code&amp;scope=api%20refresh&amp;client_id=[ClientId]&amp;redirect_uri=[RedirectUri]&amp;state=[State]"
    ResponseScenario="Granted" />`;
const granted = `<Scenario Id="Granted"><Request Url="https://crm.example/token" RequestType="Post"><PostValues>
    <Value Key="grant_type">authorization_code</Value><Value Key="code">[code]</Value><Value Key="redirect_uri">[RedirectUri]</Value>
    <Value Key="client_secret">[ClientSecret]</Value></PostValues></Request>
  <Rules><Rule Type="Any">refresh_token</Rule></Rules><Variables><Variable Name="Refresh" Path="refresh_token" /></Variables>
  <Outputs><Output Type="Result" Value="[Refresh]" /></Outputs></Scenario>`;

const xml = (scenarios: string, authentication = byScenario) =>
  templateXml(lookup + scenarios + granted, { parameters, authentication });

/** A CRM whose tokens live an hour, and that takes only the last one it gave out. */
function tokenCrm(expires: unknown = 3600) {
  let count = 0;
  const valid = new Set<string>();
  const crm = mockCrm({
    '/token': () => {
      const token = `token-${++count}`;
      valid.clear();
      valid.add(`Bearer ${token}`);
      return { access_token: token, refresh_token: 'refresh-1', expires_in: expires };
    },
    '/people': ({ headers }) => (valid.has(headers.authorization ?? '') ? { id: 1 } : { status: 401, body: '' }),
  });
  return {
    ...crm,
    revoke: () => valid.clear(),
    logins: () => crm.sent().filter((sent) => sent.includes('/token')).length,
  };
}

function openAt(crm: ReturnType<typeof tokenCrm>, source: string) {
  let time = Date.parse('2026-01-05T09:00:00Z');
  const opened = openTemplate(parseTemplate(source), {
    parameters: { Access: 'kept-refresh' },
    send: crm.send,
    now: () => new Date(time),
    unknownVariables: 'literal',
  });
  const wait = (minutes: number) => {
    time += minutes * 60_000;
  };
  return { ...opened, wait };
}

describe('Basic', () => {
  test('sends the value of its expression, which the trace does not show', async () => {
    const basic = '<Authentication Type="Basic"><Value>[User]:[ApiKey]</Value></Authentication>';
    const { lookupByNumber, crm } = open(
      xml('', basic),
      { people: { id: 1 } },
      { parameters: { User: 'ü', ApiKey: 'top-secret' } },
    );
    const trace = await lookupByNumber('1');
    expect(crm.requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from('ü:top-secret').toString('base64')}`);
    expect(trace.requests[0]?.headers.authorization).toBe('Basic •••');
  });

  test('that is refused is not repeated', async () => {
    const basic = '<Authentication Type="Basic"><Value>a:b</Value></Authentication>';
    const { lookupByNumber, crm } = open(xml('', basic), { people: { status: 401 } });
    expect((await lookupByNumber('1')).warnings).toEqual(['The request of "" was answered with 401.']);
    expect(crm.requests).toHaveLength(1);
  });
});

describe('a login scenario', () => {
  test('runs once for many lookups, until its token expires', async () => {
    const crm = tokenCrm();
    const opened = openAt(crm, xml(login(bearer)));
    await Promise.all([opened.lookupByNumber('1'), opened.lookupByNumber('2'), opened.lookupByNumber('3')]);
    opened.wait(59);
    const { steps, warnings } = await opened.lookupByNumber('4');
    expect({ steps, warnings }).toEqual({ steps: [{ scenario: '', outcome: 'found', records: 1 }], warnings: [] });
    expect(crm.logins()).toBe(1);
    expect(crm.requests[0]?.body).toBe('grant_type=refresh_token&refresh_token=kept-refresh');
    opened.wait(1);
    await opened.lookupByNumber('5');
    expect(crm.logins()).toBe(2);
  });

  test('runs once more where its token is refused, and the request is repeated once', async () => {
    const crm = tokenCrm();
    const opened = openAt(crm, xml(login(bearer)));
    await opened.lookupByNumber('1');
    crm.revoke();
    const { requests, steps, warnings } = await opened.lookupByNumber('2');
    expect(requests.map(({ scenario, status }) => [scenario, status])).toEqual([
      ['', 401],
      ['Login', 200],
      ['', 200],
    ]);
    expect(steps.at(-1)).toEqual({ scenario: '', outcome: 'found', records: 1 });
    expect(warnings).toEqual([]);
  });

  test('that does not help is not tried again and again', async () => {
    const crm = mockCrm({ '/token': { access_token: 'x', expires_in: 60 }, '/people': { status: 401, body: '' } });
    const { lookupByNumber } = open(xml(login(bearer)), {}, { send: crm.send });
    expect((await lookupByNumber('1')).warnings).toEqual(['The request of "" was answered with 401.']);
    expect(crm.sent().map((sent) => sent.slice(-6))).toEqual(['/token', 'people', '/token', 'people']);
  });

  test('that fails sends nothing else', async () => {
    const { lookupByNumber, crm } = open(xml(login(bearer)), { '/token': { status: 400, body: '' } });
    const { warnings } = await lookupByNumber('1');
    expect(crm.sent()).toEqual(['POST https://crm.example/token']);
    expect(warnings).toEqual([
      'The request of "Login" was answered with 400.',
      'Logging in gave neither a Bearer nor a header.',
    ]);
  });

  test('without an expiry is used until it is refused; one of no minutes never again', async () => {
    const lasting = tokenCrm();
    const opened = openAt(lasting, xml(login('<Output Type="Bearer" Value="[Token]" />')));
    await opened.lookupByNumber('1');
    opened.wait(1_000_000);
    await opened.lookupByNumber('2');
    expect(lasting.logins()).toBe(1);
    const fleeting = tokenCrm(0);
    const again = openAt(fleeting, xml(login(bearer)));
    await again.lookupByNumber('1');
    await again.lookupByNumber('2');
    expect(fleeting.logins()).toBe(2);
  });

  test('may give a header of its own, and what it read is known to every scenario', async () => {
    const outputs = '<Output Type="HeaderName" Value="X-Session" /><Output Type="HeaderValue" Value="[Token]" />';
    const source = xml(login(outputs, '<Variable Name="Uid" Path="user.id" />')).replace('/people', '/people/[Uid]');
    const { lookupByNumber, crm } = open(source, {
      '/token': { access_token: 'session-1', user: { id: 9 } },
      '/people/9': { id: 1 },
    });
    const trace = await lookupByNumber('1');
    expect(crm.requests[1]).toMatchObject({
      url: 'https://crm.example/people/9',
      headers: { 'x-session': 'session-1' },
    });
    expect(trace.requests[1]?.headers['x-session']).toBe('•••');
    expect(trace.warnings).toEqual([]);
  });

  test('may itself be a chain', async () => {
    const source = xml(
      login(bearer)
        .replace('<Outputs AllowEmpty="false">', '<Outputs Next="Renew" AllowEmpty="false">')
        .concat(`<Scenario Id="Renew"><Request Url="https://crm.example/renew?t=[Token]" /><Rules><Rule Type="Any">final</Rule></Rules>
          <Variables><Variable Name="Final" Path="final" /></Variables><Outputs><Output Type="Bearer" Value="[Final]" /></Outputs></Scenario>`),
    );
    const { lookupByNumber, crm } = open(source, {
      '/token': { access_token: 'a' },
      '/renew?t=a': { final: 'b' },
      people: { id: 1 },
    });
    await lookupByNumber('1');
    expect(crm.requests.at(-1)?.headers.authorization).toBe('Bearer b');
  });
});

describe('access that a person grants', () => {
  test('begins at a page that is asked for with encoded values', () => {
    const { authorizeUrl } = open(xml(login(bearer)));
    expect(authorizeUrl('https://pbx.example/cb?a=1', 's&1')).toBe(
      'https://crm.example/authorize?response_type=code&scope=api%20refresh&client_id=cl%20ient&redirect_uri=https%3A%2F%2Fpbx.example%2Fcb%3Fa%3D1&state=s%261',
    );
  });

  test('ends with a refresh token that is kept as the parameter’s value and used by the next login', async () => {
    const crm = tokenCrm();
    const opened = openAt(crm, xml(login(bearer)));
    opened.authorizeUrl('https://pbx.example/cb', 'state-1');
    const { granted: got, requests, warnings } = await opened.completeAuthorization('code-1', 'state-1');
    expect({ got, warnings }).toEqual({ got: { parameter: 'Access', value: 'refresh-1' }, warnings: [] });
    expect(crm.requests[0]?.headers.authorization).toBeUndefined();
    expect(crm.requests[0]?.body).toBe(
      'grant_type=authorization_code&code=code-1&redirect_uri=https%3A%2F%2Fpbx.example%2Fcb&client_secret=s3cret',
    );
    expect(requests[0]?.body).toMatch(/&code=•••&.*&client_secret=•••$/);
    await opened.lookupByNumber('1');
    expect(crm.requests[1]?.body).toBe('grant_type=refresh_token&refresh_token=refresh-1');
    await opened.completeAuthorization('code-2', 'state-1');
    const again = await opened.lookupByNumber('2');
    expect(again.requests.map(({ scenario, status }) => [scenario, status])).toEqual([
      ['Login', 200],
      ['', 200],
    ]);
  });

  test('that is refused grants nothing and changes nothing', async () => {
    const { completeAuthorization, authorizeUrl } = open(xml(login(bearer)), { '/token': { status: 400, body: '' } });
    authorizeUrl('https://pbx.example/cb', 'mine');
    const { granted: got, warnings } = await completeAuthorization('bad', 'other');
    expect(got).toBeNull();
    expect(warnings).toEqual([
      'The request of "Granted" was answered with 400.',
      'The authorization gave no Result.',
      'The state is not the one that was sent.',
    ]);
  });

  test('needs a parameter for it', () => {
    expect(() => open(templateXml(lookup)).authorizeUrl('https://pbx.example/cb', 's')).toThrow(
      'This template has no parameter of type OAuth.',
    );
  });
});

test('no secret stands in a trace, however a request writes it', async () => {
  const secret = 'a "b"&c é';
  const post = `<Scenario Id="ReportCall"><Request Url="https://crm.example/[ApiKey]?k=[EscapedApiKey]" RequestType="Post" RequestEncoding="Json">
    <Headers><Value Key="X-Key">[ApiKey]</Value></Headers><PostValues><Value Key="key">[ApiKey]</Value></PostValues></Request></Scenario>`;
  const form = post.replace('ReportCall', 'ReportChat').replace('"Json"', '"UrlEncoded"');
  const opened = open(
    xml(post + form, '<Authentication Type="No" />'),
    { POST: {} },
    { parameters: { ApiKey: secret } },
  );
  const startedAt = new Date(0);
  const call = await opened.reportCall({ callType: 'Missed', number: '1', startedAt });
  const chat = await opened.reportChat({ messages: '', startedAt });
  expect(opened.crm.requests[0]?.body).toBe(JSON.stringify({ key: secret }));
  for (const trace of [call, chat]) {
    expect(trace.requests[0]).toMatchObject({ url: 'https://crm.example/•••?k=•••', headers: { 'x-key': '•••' } });
    expect(trace.requests[0]?.body).toMatch(/^(\{"key":"•••"\}|key=•••)$/);
  }
});
