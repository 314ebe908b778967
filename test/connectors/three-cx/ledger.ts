import type { Asked, Reply } from '../../support/template-crm.ts';
import { lookup, template } from './templates.ts';

const tokenRequest = (values: Record<string, string>) =>
  `<Request Url="https://[Account].ledger.example/oauth/token" RequestType="Post" RequestEncoding="UrlEncoded" ResponseType="Json"><PostValues>
  ${Object.entries({ ...values, client_id: '[ClientId]', client_secret: '[ClientSecret]' })
    .map(([name, value]) => `<Value Key="${name}">${value}</Value>`)
    .join('')}</PostValues></Request>`;
const grant = `<Scenario Id="KeepAccess" Type="REST">${tokenRequest({ grant_type: 'authorization_code', code: '[code]', redirect_uri: '[RedirectUri]' })}
  <Rules><Rule Type="Any">refresh_token</Rule></Rules><Variables><Variable Name="Kept" Path="refresh_token"/></Variables>
  <Outputs AllowEmpty="false"><Output Type="Result" Value="[Kept]"/></Outputs></Scenario>`;
const login = `<Scenario Id="LogIn" Type="REST">${tokenRequest({ grant_type: 'refresh_token', refresh_token: '[Access]' })}
  <Rules><Rule Type="Any">access_token</Rule></Rules>
  <Variables><Variable Name="Token" Path="access_token"/><Variable Name="Lasts" Path="expires_in"/></Variables>
  <Outputs AllowEmpty="false"><Output Type="Bearer" Value="[Token]"/><Output Type="BearerExpiration" Value="[Lasts/60]"/></Outputs></Scenario>`;
/** A template whose CRM grants access on a page of its own, and gives out tokens for what it granted. */
export const ledgerXml = template(
  login + grant + lookup('https://[Account].ledger.example/people?phone=[EscapedNumber]'),
  {
    authentication: '<Authentication Type="Scenario"><Value>LogIn</Value></Authentication>',
    parameters: `<Parameter Name="Account" Type="String" Title="Account"/><Parameter Name="ClientId" Type="String" Title="Client"/>
    <Parameter Name="ClientSecret" Type="Password" Title="Secret"/><Parameter Name="Access" Type="OAuth" Title="Access"
    RequestUrl="https://[Account].ledger.example/oauth/authorize" ResponseScenario="KeepAccess"
    RequestUrlParameters="response_type=code&amp;client_id=[ClientId]&amp;redirect_uri=[RedirectUri]&amp;state=[State]"/>`,
  },
);
/** What the template asks, but for the access. */
export const given = { Account: 'acme', ClientId: 'front desk', ClientSecret: 'CANARY-secret' };
export const person = (id: string, phone: string) => ({ id, first: 'Eve', phone });
/** The number that a lookup asks for. */
export const readNumber = (path: string) => new URL(path, 'http://h').searchParams.get('phone') ?? '';

/** A CRM that grants one refresh token for the code `good`, and takes only the newest access token, which lasts an hour. */
export function ledger() {
  let [count, valid] = [0, ''];
  const grantTypes: string[] = [];
  const answer = ({ path, headers, body }: Asked): Reply => {
    if (path !== '/oauth/token') {
      if (valid === '' || headers.authorization !== `Bearer ${valid}`) return { status: 401 };
      return { people: [person('p1', readNumber(path)), person('p2', '+33700000000')] };
    }
    const form = new URLSearchParams(body);
    grantTypes.push(form.get('grant_type') ?? '');
    if (form.get('client_secret') !== given.ClientSecret) return { status: 401 };
    if (form.get('code') === 'good') return { refresh_token: 'CANARY-refresh' };
    if (form.get('refresh_token') !== 'CANARY-refresh') return { status: 400, body: '{"error":"invalid_grant"}' };
    valid = `CANARY-access-${++count}`;
    return { access_token: valid, expires_in: 3600 };
  };
  const revoke = () => {
    valid = '';
  };
  return { answer, revoke, grantTypes };
}
