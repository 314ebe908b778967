import { expect, test, vi } from 'vitest';
import { startBackground } from '../../../src/background.ts';
import { hours, seconds } from '../../support/clock.ts';
import { newQueue, receipt } from '../../support/queue.ts';
import { legacyCall, logCallByRest } from '../../support/report.ts';
import { sendNothing, store } from '../../support/world.ts';

test('a background that is stopped begins nothing more, gives a CRM that hangs eight seconds, and says what may have arrived', async () => {
  const calls = 5;
  const atOnce = 3;
  let hanging = true;
  let pushed = 0;
  const begun = Promise.withResolvers<void>();
  const logPhoneCall = () => {
    if (++pushed === atOnce) begun.resolve();
    return hanging ? new Promise<never>(() => {}) : Promise.resolve(receipt('R-1'));
  };
  const { customer, setup, deliver } = await newQueue({ crm: { logPhoneCall } });
  for (let at = 0; at < calls; at++) {
    await logCallByRest(customer, { ...legacyCall, number_to: String(101 + at) });
  }
  const where = { customerId: customer.id, integration: { connector: 'crm' } };
  const logs = async () => {
    const found = await store.operator.delivery.findMany({ where, orderBy: { attempts: 'desc' } });
    return found.map(({ state, attempts, uncertain, message }) => ({ state, attempts, uncertain, message }));
  };

  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const background = startBackground({ ...setup, send: sendNothing, log: { warn: vi.fn() } as never });
    await begun.promise;
    let ended = false;
    const stopped = background.stop().then(() => (ended = true));
    await vi.advanceTimersByTimeAsync(8 * seconds - 1);
    expect({ ended, pushed }).toEqual({ ended: false, pushed: atOnce });
    await vi.advanceTimersByTimeAsync(1);
    await stopped;
  } finally {
    vi.useRealTimers();
  }
  const message = 'No answer before the server was stopped. The CRM may have taken it all the same.';
  expect(await logs()).toEqual([
    ...Array(atOnce).fill({ state: 'PENDING', attempts: 1, uncertain: 1, message }),
    ...Array(calls - atOnce).fill({ state: 'PENDING', attempts: 0, uncertain: 0, message: null }),
  ]);

  hanging = false;
  // Those that were only put back are due at once.
  expect(await deliver()).toBe(calls - atOnce);
  customer.pass(hours);
  expect(await deliver()).toBe(atOnce);
  expect((await logs()).map(({ state }) => state)).toEqual(Array(calls).fill('DELIVERED'));
});
