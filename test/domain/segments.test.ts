import { expect, test } from 'vitest';
import { type CallLife, lifeOf, logCall, saveContext } from '../support/life.ts';
import { paths } from '../support/rest.ts';
import { newCustomer } from '../support/world.ts';

/** A context of a leg that began at this time of 1 March 2026. */
const leg = (time: string, type: string, known: object = {}) => ({
  start_time_utc: `2026-03-01T${time}Z`,
  start_time_reference: 'segment',
  segment_dn_type: type,
  context_data: known,
});
const whole = (time: string, known: object = {}) => ({ start_time_utc: `2026-03-01T${time}Z`, context_data: known });
const start = (time: string) => ({ start_time_utc: `2026-03-01T${time}Z` });

const brief = (life: CallLife) => life.segments.map(({ dnType, startTime }) => `${dnType} ${startTime.slice(11, 19)}`);

test('contexts of segments become the segments of the call, in order, each until the next begins', async () => {
  const customer = await newCustomer();
  await saveContext(customer, { ...leg('10:01:00', 'extension'), number_to: '101' });
  await saveContext(customer, { ...leg('10:00:05', 'ivr') });
  await saveContext(customer, { ...leg('10:00:20', 'call_queue'), number_to: '800' });
  await logCall(customer);
  const { body } = await customer.rest('GET', `${paths.calls}?include=segments`);
  const segment = { id: expect.any(String), answered: false, display_name: null, answer_time: null };
  const time = (clock: string) => `2026-03-01T${clock}Z`;
  expect(body.data[0].segments).toEqual([
    { ...segment, order: 1, dn_type: 'ivr', dn: null, start_time: time('10:00:05'), end_time: time('10:00:20') },
    {
      ...segment,
      order: 2,
      dn_type: 'call_queue',
      dn: '800',
      start_time: time('10:00:20'),
      end_time: time('10:01:00'),
    },
    {
      ...segment,
      order: 3,
      dn_type: 'extension',
      dn: '101',
      answered: true,
      start_time: time('10:01:00'),
      end_time: null,
    },
  ]);
});

test('segments are told only when they are asked for', async () => {
  const customer = await newCustomer();
  await saveContext(customer, leg('10:00:05', 'ivr'));
  await logCall(customer);
  expect((await customer.rest('GET', paths.calls)).body.data[0]).not.toHaveProperty('segments');
});

test('keys of the whole call win over those of its segments, and a later segment over an earlier one', async () => {
  const customer = await newCustomer();
  await saveContext(
    customer,
    leg('10:01:00', 'extension', { first: 'extension', second: 'extension', third: 'extension' }),
  );
  await saveContext(customer, whole('10:00:00', { first: 'call' }));
  await saveContext(customer, leg('10:00:05', 'ivr', { first: 'ivr', second: 'ivr', fourth: 'ivr' }));
  const life = await lifeOf(customer, await logCall(customer));
  expect(life.contextData).toEqual({ first: 'call', second: 'extension', third: 'extension', fourth: 'ivr' });
});

test('a segment may begin at any moment of the call, also long after its start', async () => {
  const customer = await newCustomer();
  await saveContext(customer, leg('10:50:00', 'extension'));
  const call = await logCall(customer, { end_time_utc: '2026-03-01T10:55:00Z', duration: undefined });
  await saveContext(customer, leg('10:30:00', 'call_queue'));
  const life = await lifeOf(customer, call);
  expect(brief(life)).toEqual(['CALL_QUEUE 10:30:00', 'EXTENSION 10:50:00']);
  expect(life.segments.at(-1)?.endTime).toBe('2026-03-01T10:55:00.000Z');
});

test.each([
  ['five minutes before the start', '09:55:00', true],
  ['earlier', '09:54:59', false],
  ['five minutes after the end', '10:08:00', true],
  ['later', '10:08:01', false],
])('a segment that seems to begin %s belongs to the call: %s %s', async (_, time, belongs) => {
  for (const contextFirst of [true, false]) {
    const customer = await newCustomer();
    if (contextFirst) await saveContext(customer, leg(time, 'ivr'));
    const call = await logCall(customer);
    if (!contextFirst) await saveContext(customer, leg(time, 'ivr'));
    expect((await lifeOf(customer, call)).segments).toHaveLength(belongs ? 1 : 0);
  }
});

test('a late segment takes its place among the others, and its data its place in the merge', async () => {
  const customer = await newCustomer();
  await saveContext(customer, whole('10:00:00', { who: 'call' }));
  await saveContext(customer, leg('10:01:00', 'extension', { who: 'extension', leg: 'extension' }));
  const call = await logCall(customer);
  await saveContext(customer, leg('10:00:10', 'ivr', { leg: 'ivr', menu: 2 }));
  const life = await lifeOf(customer, call);
  expect(brief(life)).toEqual(['IVR 10:00:10', 'EXTENSION 10:01:00']);
  expect(life.contextData).toEqual({ who: 'call', leg: 'extension', menu: 2 });
});

test('a late update of a segment reaches the call and adds no second segment', async () => {
  const customer = await newCustomer();
  const id = await saveContext(customer, leg('10:00:10', 'ivr', { menu: 1 }));
  const call = await logCall(customer);
  expect(await saveContext(customer, leg('10:00:10', 'ivr', { menu: 2 }))).toBe(id);
  const life = await lifeOf(customer, call);
  expect(brief(life)).toEqual(['IVR 10:00:10']);
  expect(life.contextData).toEqual({ menu: 2 });
});

test('a segment of a call that is only announced waits for it, though another call has just ended', async () => {
  const customer = await newCustomer();
  await saveContext(customer, whole('10:00:00', { call: 1 }));
  const first = await logCall(customer);
  await saveContext(customer, whole('10:06:00', { call: 2 }));
  await saveContext(customer, leg('10:06:10', 'ivr', { menu: 2 }));
  expect((await lifeOf(customer, first)).segments).toEqual([]);
  const second = await logCall(customer, start('10:06:00'));
  expect(await lifeOf(customer, first)).toMatchObject({ contextData: { call: 1 }, segments: [] });
  const life = await lifeOf(customer, second);
  expect(life.contextData).toEqual({ call: 2, menu: 2 });
  expect(brief(life)).toEqual(['IVR 10:06:10']);
});

test('a segment that a call took for want of a nearer one moves to the nearer one when that is logged', async () => {
  const customer = await newCustomer();
  await saveContext(customer, leg('10:00:10', 'ivr', { menu: 1 }));
  const first = await logCall(customer);
  await saveContext(customer, leg('10:06:10', 'ivr', { menu: 2 }));
  const second = await logCall(customer, start('10:06:00'));
  expect((await lifeOf(customer, first)).contextData).toEqual({ menu: 1 });
  expect((await lifeOf(customer, second)).contextData).toEqual({ menu: 2 });
  expect(brief(await lifeOf(customer, first))).toEqual(['IVR 10:00:10']);
  expect(brief(await lifeOf(customer, second))).toEqual(['IVR 10:06:10']);
});

test('of two calls at once, each takes the segments that began after its own start', async () => {
  for (const order of [
    ['10:00:00', '10:08:00'],
    ['10:08:00', '10:00:00'],
  ]) {
    const customer = await newCustomer();
    await saveContext(customer, whole('10:00:00'));
    await saveContext(customer, whole('10:08:00'));
    await saveContext(customer, leg('10:00:30', 'ivr'));
    await saveContext(customer, leg('10:08:30', 'call_queue'));
    const lives: Record<string, string> = {};
    for (const time of order) lives[time] = await logCall(customer, { ...start(time), duration: 900 });
    expect(brief(await lifeOf(customer, lives['10:00:00'] as string))).toEqual(['IVR 10:00:30']);
    expect(brief(await lifeOf(customer, lives['10:08:00'] as string))).toEqual(['CALL_QUEUE 10:08:30']);
  }
});

test('a leg that begins with its call belongs to it, though another call runs and the clocks differ by a second', async () => {
  for (const logs of [
    ['10:00:01', '10:02:31'],
    ['10:02:31', '10:00:01'],
  ]) {
    const customer = await newCustomer();
    await saveContext(customer, whole('10:00:00', { call: 1 }));
    await saveContext(customer, whole('10:02:30', { call: 2 }));
    await saveContext(customer, leg('10:02:30', 'ivr', { menu: 2 }));
    const ids: Record<string, string> = {};
    for (const time of logs) ids[time] = await logCall(customer, { ...start(time), duration: 600 });
    expect((await lifeOf(customer, ids['10:00:01'] as string)).contextData).toEqual({ call: 1 });
    expect((await lifeOf(customer, ids['10:02:31'] as string)).contextData).toEqual({ call: 2, menu: 2 });
  }
});

test('a repeat that tells the end of the call gives its segments their end, and the call those that now fit', async () => {
  const customer = await newCustomer();
  await saveContext(customer, whole('10:00:00', { call: 1 }));
  await saveContext(customer, leg('10:00:10', 'ivr', { menu: 1 }));
  await saveContext(customer, leg('10:20:00', 'extension', { agent: 'Anne' }));
  const call = await logCall(customer, { duration: undefined });
  expect(brief(await lifeOf(customer, call))).toEqual(['IVR 10:00:10']);
  await logCall(customer, { end_time_utc: '2026-03-01T10:30:00Z', duration: undefined });
  const life = await lifeOf(customer, call);
  expect(life.contextData).toEqual({ call: 1, menu: 1, agent: 'Anne' });
  expect(brief(life)).toEqual(['IVR 10:00:10', 'EXTENSION 10:20:00']);
  expect(life.segments.at(-1)?.endTime).toBe('2026-03-01T10:30:00.000Z');
});
