import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMetrics } from '../../src/metrics.ts';
import { schema } from '../../src/schema/index.ts';
import { everyText } from '../support/at-rest.ts';
import { comparedWith } from '../support/comparisons.ts';
import { type CredentialState, type Credentials, makeCredentials, type Shown } from '../support/credential-states.ts';
import {
  context,
  graphqlOutcome,
  guards,
  legacyOutcome,
  lookupRequests,
  rootFields,
  tokenless,
} from '../support/guarded-places.ts';
import { newContact } from '../support/rest.ts';
import { newCustomer, serve } from '../support/world.ts';
import { sized, tell } from './rig.ts';

/** In a smoke every place meets every fourth state, and every state every fourth place. */
const every = sized(1, 4);

const scraper = 'a-token-for-the-metrics';
const lines: string[] = [];
const app = serve({
  openSchema: false,
  graphiql: false,
  log: pino({ level: 'trace' }, { write: (line: string) => lines.push(line) }),
  metrics: createMetrics({ token: scraper, countDeliveries: async () => ({}) }),
});

const canaries = { customer: 'canary-of-the-customer', other: 'canary-of-the-other' };
let credentials: Credentials;
const wrong: string[] = [];
let answers = 0;

beforeAll(async () => {
  const [customer, other] = [await newCustomer({ app }), await newCustomer({ app })];
  await newContact(customer, { last_name: canaries.customer, phone: '0612345678' });
  await newContact(other, { last_name: canaries.other, phone: '0612345678' });
  const use = (token: string) =>
    send('GET', '/api/crm/lookup/phone-calls', { headers: { authorization: `Bearer ${token}` } });
  credentials = await makeCredentials(customer, other, use);
  // From here on the revocations are a second old.
  await new Promise((later) => setTimeout(later, 1000));
});
afterAll(() =>
  tell('credentials', {
    places: Object.keys(guards).length + Object.keys(rootFields).length,
    states: credentials.states.length + credentials.pairs.length + credentials.sessions.length,
    answers,
    wrong: wrong.length,
  }),
);

async function send(method: string, path: string, { headers = {}, query = {} }: Shown, body?: object) {
  const url = new URL(path, 'http://test.local');
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const init = { method, headers: { ...(body && { 'content-type': 'application/json' }), ...headers } };
  const response = await app.fetch(new Request(url, { ...init, body: body && JSON.stringify(body) }));
  answers++;
  const streams = response.headers.get('content-type')?.startsWith('text/event-stream');
  const reader = response.body?.getReader();
  // Of a stream that stays open, the first piece says whether it was opened.
  let text = '';
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    text += Buffer.from(piece.value).toString();
    if (streams) await reader?.cancel();
  }
  return { status: response.status, headers: response.headers, text };
}

/** Whether an answer tells what only somebody else may know. */
function isForeign({ of }: CredentialState, text: string): boolean {
  const { customer, other } = credentials;
  return (of !== customer && text.includes(canaries.customer)) || (of !== other && text.includes(canaries.other));
}

function judge(place: string, state: CredentialState, found: string, expected: string, text: string): void {
  if (found !== expected) wrong.push(`${place}, ${state.name}: ${found} instead of ${expected}`);
  if (isForeign(state, text)) wrong.push(`${place}, ${state.name}: ${text.slice(0, 200)}`);
}

const chosen = (place: number) => credentials.states.filter((_, at) => (at + place) % every === 0);

test('every route and every root field stands in the table', () => {
  const routes = new Set(app.routes.map(({ method, path }) => `${method} ${path}`));
  expect([...routes].toSorted()).toEqual(Object.keys(guards).toSorted());
  const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}),
  );
  expect(fields.toSorted()).toEqual(Object.keys(rootFields).toSorted());
  const ofLookup = Object.keys(guards).filter((route) => guards[route] === 'lookup');
  expect(Object.keys(lookupRequests).toSorted()).toEqual(ofLookup.toSorted());
});

test('every lookup route answers every state of a credential as it should', async () => {
  const before = wrong.length;
  for (const [place, { method, path, body }] of Object.values(lookupRequests).flat().entries()) {
    for (const state of chosen(place)) {
      const answer = await send(method, path, state.shown, body);
      judge(`${method} ${path}`, state, legacyOutcome(answer), state.lookup, answer.text);
      const inBody = body && { ...body, access_token: credentials.customer.token, token: credentials.customer.token };
      if (state.name === 'nothing' && body) {
        judge(`${path}, token in the body`, state, legacyOutcome(await send(method, path, {}, inBody)), 'none', '');
      }
    }
  }
  expect(wrong.slice(before)).toEqual([]);
});

test('every root field answers every state of a credential as it should', async () => {
  const before = wrong.length;
  for (const [place, [name, { document: query, variables, operator }]] of Object.entries(rootFields).entries()) {
    for (const state of chosen(place)) {
      const answer = await send('POST', '/graphql', accepting(state.shown), { query, variables });
      const expected = operator ? state.operator : state.lookup;
      judge(name, state, graphqlOutcome(answer), expected === 'bad' ? 'none' : expected, answer.text);
    }
  }
  expect(wrong.slice(before)).toEqual([]);
});

const accepting = ({ headers, query = {} }: Shown): Shown => ({
  headers: { accept: 'text/event-stream, application/json', ...headers },
  query,
});

test('the route of context tokens looks at its own pair and at nothing else', async () => {
  const before = wrong.length;
  const save = (pair: { token: string; tokenSecret: string }, shown: Shown = {}) =>
    send('POST', `/api/crm/phone-calls-context/${pair.token}/${pair.tokenSecret}`, shown, context);
  const statusOf = (good: boolean) => (good ? 201 : 404);
  for (const [name, pair, good] of credentials.pairs) {
    for (const state of [{ shown: {}, name: 'nothing' }, ...chosen(0)]) {
      const { status } = await save(pair, state.shown);
      if (status !== statusOf(good)) wrong.push(`pair ${name}, ${state.name}: ${status}`);
    }
  }
  const [, pair] = credentials.pairs[0] as Credentials['pairs'][number];
  for (const path of [pair.token, `${pair.token}/`, `${pair.token}/${pair.tokenSecret}/more`, '']) {
    const query = { tokenSecret: pair.tokenSecret, secret: pair.tokenSecret };
    const { status } = await send('POST', `/api/crm/phone-calls-context/${path}`, { query }, context);
    if (status !== 404) wrong.push(`pair in the query: ${status}`);
  }
  expect(wrong.slice(before)).toEqual([]);
});

test('what a token does not open answers with every token as without one', async () => {
  const before = wrong.length;
  for (const [place, [route, guard]] of Object.entries(guards).entries()) {
    if (!['open', 'person', 'form', 'client', 'scraper'].includes(guard)) continue;
    const [method = '', path = ''] = route.split(' ');
    const ask = (shown: Shown) => send(method, tokenless[route] ?? path, shown, method === 'POST' ? {} : undefined);
    const without = await ask({});
    if (guard !== 'open' && guard !== 'person' && without.status < 300) wrong.push(`${route}: open`);
    for (const state of chosen(place)) {
      if (state.name === 'the cookie of a session') continue;
      const { status, text } = await ask({ headers: state.shown.headers ?? {} });
      // A client's secret may come by Basic as well; what comes here is none.
      const same = status === without.status || (guard === 'client' && (status === 400 || status === 401));
      if (!same || isForeign({ ...state, of: undefined } as never, text))
        wrong.push(`${route}, ${state.name}: ${status}`);
    }
  }
  expect(wrong.slice(before)).toEqual([]);
});

test('a session opens what persons see, and no data', async () => {
  const before = wrong.length;
  for (const [name, cookie, good] of credentials.sessions) {
    const shown = { headers: { cookie: `crm_session=${cookie}` } };
    const { email } = JSON.parse((await send('GET', '/dashboard/access', shown)).text);
    const { status } = await send('GET', '/3cx/check?phone=1', shown);
    if ((email !== null) !== good || status !== (good ? 200 : 302)) wrong.push(`session ${name}: ${email}, ${status}`);
    const post = await send('POST', '/dashboard/access', shown, { customer: credentials.customer.id });
    if (post.status !== 403) wrong.push(`session ${name} without its form: ${post.status}`);
  }
  for (const [token, status] of [
    [scraper, 200],
    [`${scraper}x`, 401],
    ['', 401],
    [credentials.customer.token, 401],
  ] as const) {
    const answer = await send('GET', '/metrics', { headers: { authorization: `Bearer ${token}` } });
    if (answer.status !== status) wrong.push(`metrics with ${token}: ${answer.status}`);
  }
  expect(wrong.slice(before)).toEqual([]);
});

test('secrets are hashed at rest, and stand in no line of the log', async () => {
  const { secrets } = credentials;
  const kept = await everyText();
  // A secret's random part is enough to be one.
  const forms = secrets.flatMap((secret) => [secret, secret.slice(-40), Buffer.from(secret).toString('hex')]);
  expect(forms.filter((form) => kept.some((text) => text.includes(form)))).toEqual([]);
  expect(kept.length).toBeGreaterThan(20);
  expect(lines.length).toBeGreaterThan(answers / 2);
  const log = lines.join('\n');
  expect([...secrets, scraper].filter((secret) => log.includes(secret) || log.includes(secret.slice(-40)))).toEqual([]);
});

test('where a secret is compared, it is compared by its hash, in constant time', async () => {
  const [, pair] = credentials.pairs.find(([name]) => name === 'wrong secret') as Credentials['pairs'][number];
  const byPair = await comparedWith(() =>
    send('POST', `/api/crm/phone-calls-context/${pair.token}/${pair.tokenSecret}`, {}, context),
  );
  const byScraper = await comparedWith(() => send('GET', '/metrics', { headers: { authorization: 'Bearer x' } }));
  const client = { grant_type: 'client_credentials', client_id: credentials.client, client_secret: 'x' };
  const byClient = await comparedWith(() => send('POST', '/oauth/token', {}, client));
  expect({ byPair, byScraper, byClient }).toEqual({
    byPair: expect.arrayContaining([32]),
    byScraper: expect.arrayContaining([32]),
    byClient: expect.arrayContaining([32]),
  });
});
