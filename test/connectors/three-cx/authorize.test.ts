import { expect, test } from 'vitest';
import { hours, minutes } from '../../support/clock.ts';
import { newOperator, type Operator } from '../../support/integrations.ts';
import { type Asked, newCrm, type Reply } from '../../support/template-crm.ts';
import { publicUrl, store } from '../../support/world.ts';
import { search } from './calls.ts';
import { given, ledger, ledgerXml, person, readNumber } from './ledger.ts';
import { lookup, template } from './templates.ts';

interface Connected extends Operator {
  id: string;
  integration: string;
  asked: Asked[];
  pass(milliseconds: number): void;
}

/** A customer whose operator has connected a CRM by its template, in GraphQL. */
async function connect(
  file: string,
  parameters: Record<string, string>,
  answer: (asked: Asked) => Reply,
): Promise<Connected> {
  let time = Date.parse('2026-03-01T10:00:00Z');
  const { send, asked } = await newCrm(answer);
  const operator = await newOperator({ send, now: () => new Date(time) });
  const input = {
    name: 'Ledger',
    file,
    parameters: Object.entries(parameters).map(([name, value]) => ({ name, value })),
  };
  const { id: integration, problems } = await operator.ask('createIntegration', { connector: '3cx-template', input });
  expect(problems).toEqual([]);
  const pass = (milliseconds: number) => {
    time += milliseconds;
  };
  return { ...operator, integration, asked, pass };
}

/** Where the CRM's own page sends the browser of somebody who has allowed it. */
async function allowedAt({ ask, integration }: Connected): Promise<URL> {
  const { url } = await ask('authorizeIntegration', { id: integration });
  const { origin, pathname, searchParams } = new URL(url);
  const { redirect_uri: back = '', state = '', ...more } = Object.fromEntries(searchParams);
  expect({ at: origin + pathname, back, ...more }).toEqual({
    at: 'https://acme.ledger.example/oauth/authorize',
    back: `${publicUrl}/integrations/authorize/return`,
    response_type: 'code',
    client_id: 'front desk',
  });
  return new URL(`${back}?${new URLSearchParams({ code: 'good', state })}`);
}

async function browse({ app }: Connected, address: URL) {
  const response = await app.fetch(new Request(address));
  return { status: response.status, body: await response.text() };
}

async function newGranted() {
  const crm = ledger();
  const connected = await connect(ledgerXml, given, crm.answer);
  const address = await allowedAt(connected);
  expect(await browse(connected, address)).toMatchObject({ status: 200, body: expect.stringContaining('Ledger') });
  return { crm, connected, address };
}

const isGranted = async ({ ask, integration }: Connected): Promise<boolean> =>
  (await ask('integrations'))
    .find(({ id }: { id: string }) => id === integration)
    .parameters.find(({ name }: { name: string }) => name === 'Access').isSet;

test('a person grants access on the CRM’s page, and lookups log in by what it granted, once more when it expires or is refused', async () => {
  const { crm, connected } = await newGranted();
  expect(connected.asked.at(-1)).toEqual({
    host: 'acme.ledger.example',
    method: 'POST',
    path: '/oauth/token',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: `grant_type=authorization_code&code=good&redirect_uri=${encodeURIComponent(`${publicUrl}/integrations/authorize/return`)}&client_id=front+desk&client_secret=CANARY-secret`,
  });
  const row = await store.operator.integration.findFirstOrThrow({ where: { id: connected.integration } });
  expect(Buffer.from(row.configuration as Uint8Array).toString('latin1')).not.toContain('CANARY');
  const lookUp = async (number: string) => {
    const before = connected.asked.length;
    expect((await search(connected, number)).contacts).toMatchObject([{ id: 'p1', first_name: 'Eve' }]);
    return connected.asked.slice(before).map(({ path, headers }) => headers.authorization ?? path);
  };
  const first = 'Bearer CANARY-access-1';
  expect(await lookUp('+33612345601')).toEqual(['/oauth/token', first]);
  connected.pass(59 * minutes);
  expect(await lookUp('+33612345602')).toEqual([first]);
  connected.pass(minutes);
  expect(await lookUp('+33612345603')).toEqual(['/oauth/token', 'Bearer CANARY-access-2']);
  crm.revoke();
  expect(await lookUp('+33612345604')).toEqual(['Bearer CANARY-access-2', '/oauth/token', 'Bearer CANARY-access-3']);
  expect(crm.grantTypes).toEqual(['authorization_code', 'refresh_token', 'refresh_token', 'refresh_token']);
});

test('the way back works once: whoever comes again, too late, or with another customer’s state is told what to do, and grants nothing', async () => {
  const { crm, connected, address } = await newGranted();
  const again = await browse(connected, address);
  expect(again.status).toBe(400);
  expect(again.body).toContain('This request is no longer good. Begin again.');
  expect(again.body).toContain('<code>integration authorize</code>');
  const other = await connect(ledgerXml, given, crm.answer);
  const [own, foreign] = [await allowedAt(connected), await allowedAt(other)];
  const sealed = (url: URL) => url.searchParams.get('state')?.split('.')[1];
  own.searchParams.set('state', `${other.id}.${sealed(own)}`);
  const late = new URL(foreign);
  foreign.searchParams.set('state', `${connected.id}.${sealed(foreign)}`);
  for (const stolen of [own, foreign]) expect(await browse(other, stolen)).toMatchObject({ status: 400 });
  other.pass(hours);
  expect(await browse(other, late)).toMatchObject({ status: 400 });
  expect([await isGranted(connected), await isGranted(other)]).toEqual([true, false]);
  expect(crm.grantTypes).toEqual(['authorization_code']);
});

test('a test tells each request, whom it found and whom it dropped, and no secret', async () => {
  const { connected } = await newGranted();
  const told = await connected.ask('testIntegration', { id: connected.integration, phone: '06 12 34 56 78' });
  const record = (id: string, phone: string, dropped: string | null) => ({
    step: 'lookup by number',
    fields: {
      ...{ ContactUrl: `https://crm.example/${id}`, FirstName: 'Eve', PhoneBusiness: phone },
      ...{ EntityId: id, EntityType: 'Contacts' },
    },
    dropped,
  });
  expect(told).toEqual({
    number: '+33612345678',
    kind: null,
    warnings: [],
    requests: [
      {
        step: 'LogIn',
        method: 'POST',
        url: 'https://acme.ledger.example/oauth/token',
        headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
        body: 'grant_type=refresh_token&refresh_token=•••&client_id=front+desk&client_secret=•••',
        ...{ status: 200, error: null },
      },
      {
        step: 'lookup by number',
        method: 'GET',
        url: 'https://acme.ledger.example/people?phone=%2B33612345678',
        headers: { authorization: 'Bearer •••', accept: 'application/json' },
        ...{ body: null, status: 200, error: null },
      },
    ],
    records: [
      record('p1', '+33612345678', null),
      record('p2', '+33700000000', 'None of its phone outputs is +33612345678.'),
    ],
  });
});

test('a template with a name and a key logs in by them with each request (RFC 7617)', async () => {
  const xml = template(lookup('https://crm.example/people?phone=[EscapedNumber]'), {
    authentication: '<Authentication Type="Basic"><Value>[User]:[Key]</Value></Authentication>',
    parameters: '<Parameter Name="User" Type="String"/><Parameter Name="Key" Type="Password"/>',
  });
  const connected = await connect(xml, { User: 'zoë', Key: 'open:sesame' }, ({ path }) => ({
    people: [person('b1', readNumber(path))],
  }));
  const { contacts } = await search(connected, '+33612345678');
  expect(contacts).toMatchObject([{ id: 'b1', first_name: 'Eve', phone_business_1: '+33612345678' }]);
  expect(connected.asked).toEqual([
    {
      host: 'crm.example',
      method: 'GET',
      path: '/people?phone=%2B33612345678',
      headers: { authorization: 'Basic em/DqzpvcGVuOnNlc2FtZQ==', accept: 'application/json' },
      body: '',
    },
  ]);
});
