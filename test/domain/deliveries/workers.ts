import { expect, test, vi } from 'vitest';
import { startBackground } from '../../../src/background.ts';
import { minutes, seconds } from '../../support/clock.ts';
import { newQueue, type Queue, receipt } from '../../support/queue.ts';
import { legacyCall, logCallByRest } from '../../support/report.ts';
import { sendNothing, store } from '../../support/world.ts';

/** A CRM that takes everything at once. */
const prompt = { logPhoneCall: async ({ id }: { id: string }) => receipt(id) };

/** How many pushes to a CRM have arrived at the first attempt. */
const countArrived = ({ customer }: Pick<Queue, 'customer'>, connector: string) =>
  store.operator.delivery.count({
    where: { customerId: customer.id, integration: { connector }, state: 'DELIVERED', attempts: 1 },
  });

/** Lets time-outs of this process pass at once; the database is not waited for meanwhile. */
async function withTimers(queue: Queue, work: (delivering: Promise<number>) => Promise<void>) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    await work(queue.deliver());
  } finally {
    vi.useRealTimers();
  }
}

test('a CRM that hangs is given thirty seconds, and holds up no other', async () => {
  const called = Promise.withResolvers<void>();
  const logPhoneCall = () => {
    called.resolve();
    return new Promise<never>(() => {});
  };
  const queue = await newQueue({ hanging: { logPhoneCall }, prompt });
  await logCallByRest(queue.customer, legacyCall);
  await withTimers(queue, async (delivering) => {
    await called.promise;
    await expect.poll(async () => (await queue.logOf('prompt')).state).toBe('delivered');
    expect(await queue.logOf('hanging')).toMatchObject({ state: 'pending', attempts: 1, message: null });
    await vi.advanceTimersByTimeAsync(30 * seconds);
    await delivering;
  });
  expect(await queue.logOf('hanging')).toMatchObject({
    state: 'pending',
    message: 'No answer within 30 seconds. The CRM may have taken it all the same.',
  });
});

test('eight workers at once push everything exactly once', async () => {
  const pushed: string[] = [];
  const crms = ['one', 'other'];
  const keeping = (name: string) => ({
    logPhoneCall: async ({ id }: { id: string }) => {
      pushed.push(`${name} ${id}`);
      return receipt(id);
    },
  });
  const { customer, deliver } = await newQueue(Object.fromEntries(crms.map((name) => [name, keeping(name)])));
  for (let second = 0; second < 150; second += 25) {
    const reports = Array.from({ length: 25 }, (_, index) => ({
      ...legacyCall,
      number_from: `06123456${10 + index}`,
      start_time_utc: new Date(Date.UTC(2026, 2, 1, 10, 0, second)).toISOString(),
    }));
    const logged = await Promise.all(reports.map((report) => logCallByRest(customer, report)));
    expect(logged.map(({ refused }) => refused)).toEqual(Array(25).fill(null));
  }
  // Workers that meet at the same rows may go away with fewer than there are; the next round takes those.
  let tried = 0;
  for (let round = 0; tried < 300 && round < 20; round++) {
    const counts = await Promise.all(Array.from({ length: 8 }, () => deliver()));
    tried += counts.reduce((sum, count) => sum + count);
  }
  expect(tried).toBe(300);
  expect(await deliver()).toBe(0);
  expect(pushed).toHaveLength(300);
  expect(new Set(pushed).size).toBe(300);
  for (const name of crms) expect(await countArrived({ customer }, name)).toBe(150);
});

test('what a worker held when it died is free again after a minute', async () => {
  const { customer, deliver, logOf } = await newQueue({ prompt });
  await logCallByRest(customer, legacyCall);
  const dying = () => {
    throw new Error('The process is killed.');
  };
  await expect(deliver({ openCustomer: dying })).rejects.toThrow('killed');
  customer.pass(minutes - 1);
  expect(await deliver()).toBe(0);
  customer.pass(1);
  expect(await deliver()).toBe(1);
  expect(await logOf('prompt')).toMatchObject({ state: 'delivered', attempts: 2 });
});

test('a worker that was too slow does not overwrite what another has put down', async () => {
  const slow = Promise.withResolvers<ReturnType<typeof receipt>>();
  const called = Promise.withResolvers<void>();
  let attempts = 0;
  const logPhoneCall = async () => {
    called.resolve();
    return ++attempts === 1 ? slow.promise : receipt('R-2');
  };
  const { customer, deliver, logOf } = await newQueue({ crm: { logPhoneCall } });
  await logCallByRest(customer, legacyCall);
  const first = deliver();
  await called.promise;
  customer.pass(minutes);
  await deliver();
  slow.resolve(receipt('R-1'));
  await first;
  expect(await logOf('crm')).toMatchObject({ state: 'delivered', attempts: 2, remote_id: 'R-2' });
});

test('the background delivers what is due, and stops when it is told to', async () => {
  const pushing = Promise.withResolvers<void>();
  const release = Promise.withResolvers<ReturnType<typeof receipt>>();
  const logPhoneCall = () => {
    pushing.resolve();
    return release.promise;
  };
  const { customer, setup, logOf } = await newQueue({ crm: { logPhoneCall } });
  await logCallByRest(customer, legacyCall);
  const warn = vi.fn();
  const background = startBackground({ ...setup, send: sendNothing, log: { warn } as never });
  await pushing.promise;
  const stopped = background.stop();
  release.resolve(receipt('R-1'));
  await stopped;
  expect(await logOf('crm')).toMatchObject({ state: 'delivered', remote_id: 'R-1' });
  await logCallByRest(customer, { ...legacyCall, number_to: '102' });
  await new Promise((passed) => setTimeout(passed, 700));
  const waiting = { customerId: customer.id, state: 'PENDING' as const, attempts: 0 };
  expect(await store.operator.delivery.count({ where: waiting })).toBe(1);
  expect(warn).not.toHaveBeenCalled();
});

test('the background goes on after a failure', async () => {
  const { customer, setup, logOf } = await newQueue({ prompt });
  await logCallByRest(customer, legacyCall);
  let failures = 0;
  const openCustomer: typeof setup.openCustomer = (record) => {
    if (failures++ === 0) throw new Error('Not now.');
    return setup.openCustomer(record);
  };
  const warn = vi.fn();
  const background = startBackground({ ...setup, send: sendNothing, openCustomer, log: { warn } as never });
  await expect.poll(() => warn.mock.calls.length, { timeout: 5000 }).toBe(1);
  customer.pass(minutes);
  await expect.poll(async () => (await logOf('prompt')).state, { timeout: 5000 }).toBe('delivered');
  await background.stop();
});

test('a CRM that hangs does not hold up calls that are reported meanwhile', async () => {
  const called = Promise.withResolvers<void>();
  const release = Promise.withResolvers<ReturnType<typeof receipt>>();
  const logPhoneCall = () => {
    called.resolve();
    return release.promise;
  };
  const { customer, setup } = await newQueue({ hanging: { logPhoneCall }, prompt });
  const background = startBackground({ ...setup, send: sendNothing, log: { warn: vi.fn() } as never });
  try {
    await logCallByRest(customer, legacyCall);
    await called.promise;
    await logCallByRest(customer, { ...legacyCall, number_to: '102' });
    await expect.poll(() => countArrived({ customer }, 'prompt'), { timeout: 2000 }).toBe(2);
  } finally {
    release.resolve(receipt('R-1'));
    await background.stop();
  }
});
