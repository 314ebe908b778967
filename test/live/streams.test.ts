import { expect, test } from 'vitest';
import { revokeAccessToken } from '../../src/auth/access-token.ts';
import { limits } from '../../src/limits.ts';
import { days, hours, minutes, newTimedCustomer, seconds, type TimedCustomer, utc } from '../support/clock.ts';
import { paths } from '../support/rest.ts';
import { type SseClient, subscribe } from '../support/sse.ts';
import { events, newCustomer, serve, store, type TestCustomer } from '../support/world.ts';

const query = 'subscription ($after: ID) { phoneCallLogged(after: $after) { id } }';

const logCall = async (customer: TestCustomer, at: number) => {
  const { body } = await customer.rest('POST', paths.calls, {
    body: {
      direction: 'outbound',
      status: 'completed',
      number_external: '0612345678',
      number_internal: '101',
      start_time_utc: utc(Date.parse('2026-03-01T00:00:00Z') + at * minutes),
    },
  });
  return body.call.id as string;
};

const open = (customer: TestCustomer, more: object = {}) =>
  subscribe({ token: customer.token, app: customer.app, query, ...more });

const idOf = async (stream: SseClient) => (await stream.next())?.data.data.phoneCallLogged.id as string;

const errorsOf = async (stream: SseClient) => (await stream.next())?.data.errors.map(({ message }: Error) => message);

test('after a cut everything that was missed follows, and then what is new', async () => {
  const customer = await newTimedCustomer();
  const first = await open(customer);
  await logCall(customer, 1);
  const before = await idOf(first);
  await first.cut();
  customer.pass(minutes);
  const missed = [await logCall(customer, 2), await logCall(customer, 3)];
  const again = await open(customer, { lastEventId: first.lastEventId() });
  expect([await idOf(again), await idOf(again)]).toEqual(missed);
  const live = await logCall(customer, 4);
  expect(await idOf(again)).toBe(live);
  const byArgument = await open(customer, { variables: { after: first.lastEventId() } });
  expect([await idOf(byArgument), await idOf(byArgument), await idOf(byArgument)]).toEqual([...missed, live]);
  expect(missed).not.toContain(before);
});

test('many pages that were missed follow whole, each once, whatever is logged meanwhile', async () => {
  const customer = await newTimedCustomer();
  const first = await open(customer);
  await first.block();
  await first.cut();
  const missed: string[] = [];
  for (let at = 0; at < 50; at++) missed.push(await logCall(customer, at));
  const again = await open(customer, { lastEventId: first.lastEventId() });
  const heard = [await idOf(again)];
  const meanwhile = await logCall(customer, 100);
  while (heard.length < 51) heard.push(await idOf(again));
  expect(heard.toSorted()).toEqual([...missed, meanwhile].toSorted());
});

test('what came shortly before a cut comes again only under the same id', async () => {
  const customer = await newTimedCustomer();
  const first = await open(customer);
  await logCall(customer, 1);
  const sent = await first.next();
  await logCall(customer, 2);
  await first.next();
  await first.cut();
  const again = await open(customer, { lastEventId: first.lastEventId() });
  expect((await again.next())?.id).toBe(sent?.id);
});

test('a call whose clock was behind, and which was stored after the cut, is not lost', async () => {
  const customer = await newTimedCustomer();
  const first = await open(customer);
  await logCall(customer, 1);
  await first.next();
  await first.cut();
  customer.pass(-20 * seconds);
  const late = await logCall(customer, 2);
  const again = await open(customer, { lastEventId: first.lastEventId() });
  expect(await idOf(again)).toBe(late);
});

test('of several changes of a call that were missed, the last is told', async () => {
  const customer = await newTimedCustomer();
  const updates = 'subscription { phoneCallUpdated { subject body } }';
  const first = await subscribe({ ...customer, query: updates });
  await first.block();
  await first.cut();
  const report = (more: object) =>
    customer.rest('POST', paths.calls, {
      body: { direction: 'inbound', status: 'missed', number_external: '0612345678', number_internal: '1', ...more },
    });
  // The clock stands still, and still every change is later than the one before.
  for (const more of [{}, { subject: 'A' }, { body: 'B' }]) await report(more);
  const again = await subscribe({ ...customer, query: updates, lastEventId: first.lastEventId() });
  expect((await again.next())?.data.data.phoneCallUpdated).toEqual({ subject: 'A', body: 'B' });
  await report({ summary: 'C' });
  expect((await again.next())?.data.data.phoneCallUpdated).toEqual({ subject: 'A', body: 'B' });
});

test('an id of another subscription, of another customer, too old or made up is refused with a sentence', async () => {
  const [customer, other] = [await newTimedCustomer(), await newTimedCustomer()];
  const ids: string[] = [];
  for (const [whose, kind] of [
    [customer, 'chatLogged'],
    [other, 'phoneCallLogged'],
  ] as [TimedCustomer, string][]) {
    const stream = await subscribe({ ...whose, query: `subscription { ${kind} { id } }` });
    await stream.block();
    ids.push(stream.lastEventId() as string);
  }
  const foreign = 'The event id does not belong to this subscription.';
  for (const after of [...ids, '42', 'phoneCallLogged.x.y.z']) {
    expect(await errorsOf(await open(customer, { variables: { after } }))).toEqual([foreign]);
  }
  const stream = await open(customer);
  await stream.block();
  customer.pass(days + hours);
  expect(await errorsOf(await open(customer, { lastEventId: stream.lastEventId() }))).toEqual([
    'The event id is older than a day; subscribe without it, and list what has changed since.',
  ]);
});

test('a stream in which nothing happens shows that it lives, and from where to resume', async () => {
  const customer = await newCustomer();
  const stream = await open(customer, { app: serve({ heartbeatMs: 20 }) });
  const beats = [await stream.block(), await stream.block(), await stream.block()];
  const beat = { id: expect.stringMatching(/^phoneCallLogged\.[0-9a-f]{8}\.\d+\.-$/), comment: true };
  expect(beats).toEqual([beat, beat, beat]);
});

test('a revoked token ends its streams, and no others', async () => {
  const customer = await newCustomer();
  const kept = await open(customer);
  const token = await customer.tokenWith(['client', 'crm']);
  const stream = await subscribe({ token, query });
  const row = await store.operator.accessToken.findFirstOrThrow({
    where: { customerId: customer.id },
    orderBy: { id: 'desc' },
  });
  await revokeAccessToken(store, row.id, new Date());
  expect((await stream.next())?.data).toEqual({
    errors: [{ message: 'Unauthenticated.', extensions: { code: 'UNAUTHENTICATED' } }],
  });
  expect(await stream.next()).toEqual({ event: 'complete', comment: false });
  expect(await stream.next()).toBeNull();
  const id = await logCall(customer, 1);
  expect(await idOf(kept)).toBe(id);
});

test('a token ends its streams when its time is over', async () => {
  const customer = await newTimedCustomer();
  const token = await customer.tokenWith(['client', 'crm'], new Date(customer.now().getTime() + minutes));
  const stream = await subscribe({ token, query, app: customer.app });
  customer.pass(2 * minutes);
  expect(await errorsOf(stream)).toEqual(['Unauthenticated.']);
});

test('a server that is to end breaks its streams off without completing them, so that they are resumed', async () => {
  const customer = await newCustomer();
  const stopping = new AbortController();
  const stream = await open(customer, { app: serve({ stopping: stopping.signal }) });
  const waiting = stream.next();
  stopping.abort();
  expect(await waiting).toBeNull();
});

test('a reader that takes nothing is remembered as no more than a bounded number of ids, and misses nothing', async () => {
  const customer = await newCustomer();
  const stream = await open(customer);
  const ids = [await logCall(customer, 1), await logCall(customer, 2)];
  const invented = Array.from({ length: 3000 }, () => ({ kind: 'phoneCallLogged' as const, id: crypto.randomUUID() }));
  events.publish(customer.id, invented);
  ids.push(await logCall(customer, 3));
  expect([await idOf(stream), await idOf(stream), await idOf(stream)].toSorted()).toEqual(ids.toSorted());
});

test('streams that were closed count no more, and too many are refused', async () => {
  const customer = await newCustomer();
  const streams = await Promise.all(Array.from({ length: limits.streamsPerCustomer }, () => open(customer)));
  const refused = `Only ${limits.streamsPerCustomer} streams may be open at once.`;
  expect(await errorsOf(await open(customer))).toEqual([refused]);
  await Promise.all(streams.map((stream) => stream.cut()));
  expect(events.listeners(customer.id)).toBe(0);
  const stream = await open(customer);
  const id = await logCall(customer, 1);
  expect(await idOf(stream)).toBe(id);
});
