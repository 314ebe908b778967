import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { newCustomer, store, type TestCustomer } from './support/world.ts';

// Pools, transactions and Prisma's adapter all go through a client's `query`.
const query = vi.spyOn(pg.Client.prototype, 'query');
beforeEach(() => void query.mockClear());
afterEach(() => void query.mockClear());

/** The statements that the work sends to the database. */
async function everyStatement(work: () => Promise<unknown>): Promise<string[]> {
  query.mockClear();
  await work();
  return query.mock.calls.map(([sent]) => (typeof sent === 'string' ? sent : (sent as { text: string }).text));
}

/** Besides those that read the credential, which is remembered, but only for less than a second. */
const statements = async (work: () => Promise<unknown>) =>
  (await everyStatement(work)).filter(
    (text) =>
      !/JOIN access_tokens|FROM (customers|workspaces)\s+WHERE id|FROM (integrations|webhooks)\s+WHERE customer_id = ANY|^DISCARD PLANS/.test(
        text,
      ),
  );

const whoAmI = '{ viewer { customer { name } } }';

test('a token that is not trusted any more is asked for by one statement, and read again only if something has changed', async () => {
  const { id, graphql } = await newCustomer();
  const credentials = async () => {
    await sleep(1300);
    const sent = await everyStatement(() => graphql(whoAmI));
    return sent.filter((text) => /access_tokens/.test(text));
  };
  await credentials();
  expect(await credentials()).toEqual([expect.stringContaining('JOIN access_tokens')]);
  // Once more it is asked for in the background, after it was used.
  await sleep(600);
  await store.operator.customer.update({ where: { id }, data: { name: 'Renamed' } });
  expect(await credentials()).toHaveLength(2);
  expect((await graphql(whoAmI)).body.data.viewer.customer.name).toBe('Renamed');
});

test('what a token means is read again after a minute, also if nothing seems to have changed', async () => {
  const { graphql } = await newCustomer();
  const ask = () => everyStatement(() => graphql(whoAmI));
  await ask();
  await sleep(500);
  const now = performance.now.bind(performance);
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + 59_000);
  onTestFinished(() => clock.mockRestore());
  const readings = async () => (await ask()).filter((text) => /token\.scopes/.test(text)).length;
  expect(await readings()).toBe(0);
  clock.mockImplementation(() => now() + 61_000);
  // The cache looks at the clock once a millisecond.
  await sleep(10);
  expect(await readings()).toBe(1);
});

test('of many requests with one credential that come while it is read, each has that answer', async () => {
  const customer = await newCustomer();
  const { token, tokenSecret } = await customer.contextToken();
  const context = { direction: 'inbound', number_from: '0612345678', number_to: '101' };
  const asking = {
    access_tokens: () => customer.graphql(whoAmI),
    context_tokens: () =>
      customer.rest('POST', `/api/crm/phone-calls-context/${token}/${tokenSecret}`, { body: context }),
  };
  for (const [table, ask] of Object.entries(asking)) {
    const sent = await everyStatement(async () => {
      const answers: ReturnType<typeof ask>[] = [];
      for (let at = 0; at < 20; at++) {
        answers.push(ask());
        await nextTurn();
      }
      for (const { status } of await Promise.all(answers)) expect(status).toBeLessThan(300);
    });
    // What says whether it has changed, and what it means.
    expect(sent.filter((text) => text.includes(table)).length).toBeLessThanOrEqual(2);
  }
});

/** Twenty calls, each with a contact, a context, a segment and a log. */
async function twentyCalls(customer: TestCustomer): Promise<void> {
  for (let at = 10; at < 30; at++) {
    const number = `+336123456${at}`;
    const time = `2026-03-01T10:${at}:00Z`;
    await customer.rest('POST', '/api/crm/lookup/contacts', { body: { last_name: `Number ${at}`, phone: number } });
    const context = { direction: 'inbound', number_from: number, number_to: '+33170990000', start_time_utc: time };
    await customer.rest('POST', '/api/crm/lookup/phone-calls/context', { body: context });
    await customer.rest('POST', '/api/crm/lookup/phone-calls/context', {
      body: { ...context, start_time_reference: 'segment', segment_dn_type: 'call_queue' },
    });
    await customer.rest('POST', '/api/crm/lookup/phone-calls', {
      body: {
        direction: 'inbound',
        status: 'completed',
        number_from: number,
        number_to: '101',
        start_time_utc: time,
        end_time_utc: `2026-03-01T10:${at}:30Z`,
      },
    });
  }
}

test('a page of twenty calls with their segments and logs takes at most four statements', async () => {
  const customer = await newCustomer();
  await twentyCalls(customer);
  const sent = await statements(async () => {
    const { body } = await customer.rest('GET', '/api/crm/lookup/phone-calls?include=segments,logs&per_page=20');
    expect(body.data).toHaveLength(20);
    for (const { segments, logs } of body.data) expect([segments.length, logs.length]).toEqual([1, 1]);
  });
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.length, sent.join('\n\n')).toBeLessThanOrEqual(4);
});

test('the same page with contacts and contexts takes one statement more for each', async () => {
  const customer = await newCustomer();
  await twentyCalls(customer);
  const sent = await statements(async () => {
    const { body } = await customer.graphql(`{
      phoneCalls(first: 20) {
        totalCount
        nodes { id contact { lastName } context { id call { id } } segments { dn } logs { state } }
      }
    }`);
    expect(body.data.phoneCalls.nodes).toHaveLength(20);
    expect(body.data.phoneCalls.nodes[0].contact).not.toBeNull();
    expect(body.data.phoneCalls.nodes[0].context.call).not.toBeNull();
  });
  expect(sent.length, sent.join('\n\n')).toBeLessThanOrEqual(7);
});

const figures = (selection: string, more = '') =>
  `query ($filter: PhoneCallFilter) { callStats(filter: $filter, ${more}) { ${selection} } }`;
const march = { filter: { startTime: { from: '2026-03-01T00:00:00Z', to: '2026-03-31T21:59:59Z' } } };

test.each([
  [
    'of a time, with their total',
    1,
    'rows { time measures { calls callers } } total { calls p90TalkSeconds }',
    '',
    march,
  ],
  [
    'compared with another time',
    2,
    'rows { time } total { calls } previous { calls }',
    'compareTo: PREVIOUS_YEAR',
    march,
  ],
  ['of all time, whose ends must be found', 2, 'rows { time } total { calls }', '', {}],
  ['of all time without rows', 1, 'total { calls }', '', {}],
  ['of which only the comparison is wanted', 1, 'previous { calls }', 'compareTo: PREVIOUS_WEEK', march],
  ['of which nothing is wanted', 0, 'asOf timeZone', 'compareTo: PREVIOUS_WEEK', march],
])('figures %s take this many statements: %i', async (_, count, selection, more, variables) => {
  const customer = await newCustomer();
  await customer.rest('POST', '/api/crm/lookup/phone-calls', {
    body: {
      direction: 'inbound',
      status: 'missed',
      number_from: '',
      number_to: '101',
      start_time_utc: '2026-03-01T10:00:00Z',
    },
  });
  const ask = async () => {
    const { body } = await customer.graphql(
      figures(selection, `bucket: DAY, groupBy: [AGENT, WEEKDAY], ${more}`),
      variables,
    );
    expect(body.errors).toBeUndefined();
  };
  expect(await statements(ask)).toHaveLength(count);
});

test('figures reckon only what is selected, fragments and directives included', async () => {
  const customer = await newCustomer();
  const [sent = ''] = await statements(() =>
    customer.graphql(
      `query ($no: Boolean = false) {
        callStats(bucket: DAY, filter: { startTime: { from: "2026-03-01T00:00:00Z", to: "2026-03-02T00:00:00Z" } }) {
          one: rows { measures { ...F @include(if: $no) missed } } two: rows { measures { ... { answered } } }
          total { calls callers @include(if: $no) ...G p90TalkSeconds @skip(if: true) }
        }
      }
      fragment F on CallStatsMeasures { medianTalkSeconds } fragment G on CallStatsMeasures { talkSeconds }`,
    ),
  );
  const reckoned = [...sent.matchAll(/AS "(\w+)"/g)].map(([, name]) => name);
  expect([...new Set(reckoned)].toSorted()).toEqual(['answered', 'calls', 'missed', 'talkSeconds']);
  expect([...sent.matchAll(/\(NULL\)::\w+ AS "(\w+)"/g)].map(([, name]) => name)).toEqual([
    'missed',
    'answered',
    'calls',
    'talkSeconds',
  ]);
});

test('the number of rows is counted only when it is asked for', async () => {
  const customer = await newCustomer();
  await customer.graphql('{ viewer { scopes } }');
  expect(await statements(() => customer.graphql('{ phoneCalls { nodes { id } } }'))).toHaveLength(1);
  expect(await statements(() => customer.graphql('{ phoneCalls { totalCount nodes { id } } }'))).toHaveLength(2);
});

test.each([
  ['by its whole number', 'phone=%2B33612345678'],
  ['by a national number', 'phone=0612345678'],
  ['by its last digits', 'phone=2345678'],
  ['by an extension', 'phone=101'],
  ['by email', 'email=camille.martin@example.com'],
  ['by a number that nobody has', 'phone=0699999999'],
])('a contact is looked for %s with one statement', async (_, search) => {
  const customer = await newCustomer();
  for (const last_name of ['Martin', 'Petit', 'Durand']) {
    const contact = { last_name, phone: '0612345678', email: 'camille.martin@example.com' };
    await customer.rest('POST', '/api/crm/lookup/contacts', { body: contact });
  }
  const path = `/api/crm/lookup/contacts/search?${search}`;
  expect((await customer.rest('GET', path)).status).toBe(200);
  expect(await statements(() => customer.rest('GET', path))).toHaveLength(1);
});

test('a good credential is read once for all requests of a moment, and a forged one never', async () => {
  const customer = await newCustomer();
  const ask = (token: string | null) => () => customer.rest('GET', '/api/crm/lookup/phone-calls', { token });
  const cold = (await everyStatement(ask(customer.token))).length;
  expect(cold).toBeGreaterThan((await statements(ask(customer.token))).length);
  expect(await everyStatement(ask(null))).toEqual([]);
  expect(await everyStatement(ask('crm_x'))).toEqual([]);
});
