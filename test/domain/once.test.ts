import { describe, expect, test } from 'vitest';
import { minutes, newTimedCustomer, seconds } from '../support/clock.ts';
import {
  countRows,
  graphqlCall,
  graphqlChat,
  type LogReport,
  legacyCall,
  legacyChat,
  logCallByGraphql,
  logCallByRest,
  logChatByGraphql,
  logChatByRest,
} from '../support/report.ts';
import { newCustomer } from '../support/world.ts';

interface Face {
  log: LogReport;
  report: Record<string, unknown>;
  /** The same report, said in other words. */
  respelled: Record<string, unknown>;
  /** Another report. */
  other: Record<string, unknown>;
  conflict: string;
}

const legacyConflict = '422 idempotency_conflict';
const graphqlConflict = 'BAD_USER_INPUT IDEMPOTENCY_CONFLICT';

const faces: [string, Face][] = [
  [
    'calls in REST',
    {
      log: logCallByRest,
      report: legacyCall,
      respelled: {
        ...legacyCall,
        number_from: undefined,
        number_to: undefined,
        number_external: '+33 6 12 34 56 78',
        number_internal: '101',
      },
      other: { ...legacyCall, status: 'failed' },
      conflict: legacyConflict,
    },
  ],
  [
    'calls in GraphQL',
    {
      log: logCallByGraphql,
      report: graphqlCall,
      respelled: {
        ...graphqlCall,
        numberFrom: '0033612345678',
        startTime: '2026-03-01T11:00:00.4+01:00',
        subject: null,
      },
      other: { ...graphqlCall, numberTo: '102' },
      conflict: graphqlConflict,
    },
  ],
  [
    'chats in REST',
    {
      log: logChatByRest,
      report: { ...legacyChat, number_external: '0612345678' },
      respelled: { ...legacyChat, number_external: 'tel:+33612345678' },
      other: { ...legacyChat, number_external: '0612345678', chat_messages: 'Hello again' },
      conflict: legacyConflict,
    },
  ],
  [
    'chats in GraphQL',
    {
      log: logChatByGraphql,
      report: { ...graphqlChat, numberExternal: '0612345678' },
      respelled: { ...graphqlChat, numberExternal: '+33 (0)6 12 34 56 78' },
      other: { ...graphqlChat, numberExternal: '0612345678', email: 'marc@example.com' },
      conflict: graphqlConflict,
    },
  ],
];

describe.each(faces)('%s', (_, { log, report, respelled, other, conflict }) => {
  test('the same key with the same payload answers the first report, also when it is spelled differently', async () => {
    const customer = await newCustomer();
    const { id } = await log(customer, report, 'key');
    expect(id).toBeDefined();
    for (const again of [report, respelled]) {
      expect(await log(customer, again, 'key')).toEqual({ id, replayed: true, refused: null });
    }
  });

  test('the same key with another payload is refused, and nothing is stored', async () => {
    const customer = await newCustomer();
    await log(customer, report, 'key');
    const before = await countRows(customer);
    expect(await log(customer, other, 'key')).toEqual({ id: undefined, replayed: false, refused: conflict });
    expect(await countRows(customer)).toEqual(before);
  });

  test('a repeat under another key or none is the same report, and its key then stands for it', async () => {
    const customer = await newCustomer();
    const { id } = await log(customer, report);
    for (const key of ['key', undefined, 'key']) {
      expect(await log(customer, report, key)).toEqual({ id, replayed: true, refused: null });
    }
    expect((await log(customer, other, 'key')).refused).toBe(conflict);
  });

  test('a refused report leaves its key unused', async () => {
    const customer = await newCustomer();
    await log(customer, report, 'taken');
    expect((await log(customer, other, 'taken')).refused).toBe(conflict);
    const broken = Object.fromEntries(
      Object.entries(report).filter(([name]) => !/email|external|direction/i.test(name)),
    );
    expect((await log(customer, broken, 'key')).refused).not.toBeNull();
    expect((await countRows(customer)).keys).toBe(1);
    expect(await log(customer, other, 'key')).toMatchObject({ refused: null });
  });

  test('a key is known for seven days, and may then stand for another report', async () => {
    const customer = await newTimedCustomer('2026-03-01T10:05:00Z');
    await log(customer, report, 'key');
    customer.goTo('2026-03-08T10:04:59Z');
    expect((await log(customer, other, 'key')).refused).toBe(conflict);
    customer.goTo('2026-03-08T10:05:00Z');
    expect(await log(customer, other, 'key')).toMatchObject({ refused: null });
    expect((await log(customer, report, 'key')).refused).toBe(conflict);
  });

  test('another customer’s equal report is another one, also under the same key', async () => {
    const [one, two] = [await newCustomer(), await newCustomer()];
    const first = await log(one, report, 'key');
    const second = await log(two, report, 'key');
    expect(second).toEqual({ id: expect.any(String), replayed: false, refused: null });
    expect(second.id).not.toBe(first.id);
  });
});

test.each([
  ['calls', logCallByRest, legacyCall, logCallByGraphql, graphqlCall],
  ['chats', logChatByRest, legacyChat, logChatByGraphql, graphqlChat],
])('both faces know each other’s %s and share one space of keys', async (_, byRest, legacy, byGraphql, graphql) => {
  const customer = await newCustomer();
  const { id } = await byRest(customer, legacy, 'rest');
  expect(await byGraphql(customer, graphql, 'rest')).toEqual({ id, replayed: true, refused: null });
  expect(await byGraphql(customer, graphql, 'graphql')).toEqual({ id, replayed: true, refused: null });
  expect((await byGraphql(customer, { ...graphql, subject: 'Other' }, 'rest')).refused).toBe(graphqlConflict);
  expect((await byRest(customer, { ...legacy, subject: 'Other' }, 'graphql')).refused).toBe(legacyConflict);
});

test('a key of a call is not a key of a chat', async () => {
  const customer = await newCustomer();
  await logCallByRest(customer, legacyCall, 'key');
  expect(await logChatByRest(customer, legacyChat, 'key')).toMatchObject({ replayed: false, refused: null });
});

test.each([
  ['start a second later', { start_time_utc: '2026-03-01T10:00:01Z' }],
  ['direction', { direction: 'outbound', number_from: '101', number_to: '0612345678' }],
  ['external number', { number_from: '0612345679' }],
  ['internal number', { number_to: '102' }],
])('another %s is another call', async (_, other) => {
  const customer = await newCustomer();
  const first = await logCallByRest(customer, legacyCall);
  const second = await logCallByRest(customer, { ...legacyCall, ...other });
  expect(second).toEqual({ id: expect.any(String), replayed: false, refused: null });
  expect(second.id).not.toBe(first.id);
});

test('another start or another party is another chat', async () => {
  const customer = await newCustomer();
  const others = [{}, { start_time_utc: '2026-03-01T10:00:01Z' }, { email: 'marc@example.com' }];
  const ids = new Set<string | undefined>();
  for (const other of others) ids.add((await logChatByRest(customer, { ...legacyChat, ...other })).id);
  expect(ids.size).toBe(3);
  expect(await countRows(customer)).toMatchObject({ chats: 3, deliveries: 3 });
});

test('a template and a middleware that both report one call make one call', async () => {
  const customer = await newCustomer();
  const { id } = await logCallByRest(customer, { ...legacyCall, source: '3CX' });
  const second = { ...legacyCall, source: 'middleware', status: 'Missed', answered: false };
  expect(await logCallByRest(customer, second)).toEqual({ id, replayed: true, refused: null });
  const { body } = await customer.graphql('query ($id: ID!) { phoneCall(id: $id) { source status answered } }', { id });
  expect(body.data.phoneCall).toEqual({ source: '3CX', status: 'COMPLETED', answered: true });
});

test.each([
  ['calls', logCallByRest, { ...legacyCall, start_time_utc: '', end_time_utc: '' }, legacyCall],
  ['chats', logChatByRest, { ...legacyChat, start_time_utc: '' }, legacyChat],
])(
  '%s without a start are the same within two minutes, and never one with a start',
  async (_, log, unstarted, started) => {
    const customer = await newTimedCustomer('2026-03-01T10:03:00Z');
    const { id } = await log(customer, unstarted);
    customer.pass(2 * minutes - seconds);
    expect(await log(customer, unstarted)).toMatchObject({ id, replayed: true });
    const second = await log(customer, started);
    expect(second).toMatchObject({ replayed: false });
    expect(await log(customer, unstarted)).toMatchObject({ id, replayed: true });
    customer.pass(minutes);
    const third = await log(customer, unstarted);
    expect(third).toMatchObject({ replayed: false });
    expect(new Set([id, second.id, third.id]).size).toBe(3);
  },
);
