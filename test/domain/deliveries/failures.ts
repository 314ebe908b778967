import { expect, test } from 'vitest';
import { ConnectorFailure } from '../../../src/connectors/failure.ts';
import { hours, minutes, seconds } from '../../support/clock.ts';
import { newQueue, type Queue, receipt } from '../../support/queue.ts';
import { legacyCall, logCallByRest } from '../../support/report.ts';
import { store } from '../../support/world.ts';

const refused = async () => {
  throw new ConnectorFailure('refused', 'No such record.');
};
const unknown = async () => {
  throw new ConnectorFailure('unknown', 'The CRM may have taken it.');
};

const doubt = 'The CRM may have taken it.';

/** Logs calls of different seconds; our own journal takes them at once. */
async function logCalls({ customer }: Queue, count: number): Promise<void> {
  for (let at = 0; at < count; at++) {
    const start_time_utc = new Date(Date.UTC(2026, 2, 1, 10, 0, at)).toISOString();
    await logCallByRest(customer, { ...legacyCall, start_time_utc });
  }
}

const rowsOf = ({ customer }: Queue, connector: string) =>
  store.operator.delivery.findMany({
    where: { customerId: customer.id, integration: { connector } },
    orderBy: [{ attempts: 'desc' }, { dueAt: 'asc' }],
  });

test('what a CRM refuses is dead at once', async () => {
  const queue = await newQueue({ crm: { logPhoneCall: refused } });
  await logCalls(queue, 1);
  await queue.deliver();
  expect(await queue.logOf('crm')).toMatchObject({ state: 'dead', attempts: 1, message: 'No such record.' });
});

test('a CRM that asks to be left alone is, with everything that is due for it', async () => {
  let asked = 0;
  const logPhoneCall = async () => {
    if (asked++ === 0) throw new ConnectorFailure('unavailable', 'Too many requests.', 2 * hours);
    return receipt('R-1');
  };
  const queue = await newQueue({ crm: { logPhoneCall, maxConcurrentRequests: 2 } });
  await logCalls(queue, 5);
  const until = queue.customer.now().getTime() + 2 * hours;
  await queue.deliver();
  expect(asked).toBe(1);
  const rows = await rowsOf(queue, 'crm');
  expect(rows.map(({ attempts, dueAt }) => [attempts, dueAt.getTime()])).toEqual(
    [1, 0, 0, 0, 0].map((n) => [n, until]),
  );
  queue.customer.pass(2 * hours - 1);
  await queue.deliver();
  expect(asked).toBe(1);
  queue.customer.pass(1);
  await queue.deliver();
  expect(asked).toBe(6);
  expect((await rowsOf(queue, 'crm')).every(({ state }) => state === 'DELIVERED')).toBe(true);
});

test('while a CRM keeps failing only a few are tried; the others wait without using up an attempt', async () => {
  let asked = 0;
  const logPhoneCall = async () => {
    asked++;
    throw new ConnectorFailure('unavailable', 'Down.');
  };
  const queue = await newQueue({ crm: { logPhoneCall, maxConcurrentRequests: 2 } });
  await logCalls(queue, 10);
  await queue.deliver();
  expect(asked).toBe(3);
  const rows = await rowsOf(queue, 'crm');
  expect(rows.map(({ attempts, message }) => [attempts, message])).toEqual([
    ...Array(3).fill([1, 'Down.']),
    ...Array(7).fill([0, null]),
  ]);
  const waiting = rows.filter(({ attempts }) => attempts === 0);
  expect(waiting.map(({ dueAt }) => dueAt.getTime() - queue.customer.now().getTime())).toEqual(
    Array(7).fill(30 * seconds),
  );
});

test('a call that a CRM may have taken is told to it at most four times, long apart, and the log says so', async () => {
  const queue = await newQueue({ crm: { logPhoneCall: unknown } });
  await logCalls(queue, 1);
  for (const [index, pause] of [5 * minutes, 30 * minutes, 3 * hours].entries()) {
    await queue.deliver();
    expect(await queue.logOf('crm')).toMatchObject({ state: 'pending', attempts: index + 1, message: doubt });
    const [row] = await rowsOf(queue, 'crm');
    const wait = (row?.dueAt.getTime() ?? 0) - queue.customer.now().getTime();
    expect(wait).toBeGreaterThanOrEqual(pause / 2);
    expect(wait).toBeLessThanOrEqual(pause);
    queue.customer.pass(pause);
  }
  await queue.deliver();
  expect(await queue.logOf('crm')).toMatchObject({ state: 'dead', attempts: 4, message: doubt });
});

test('a CRM is given no more at once than it bears, less one for lookups', async () => {
  let underWay = 0;
  let most = 0;
  const logPhoneCall = async () => {
    most = Math.max(most, ++underWay);
    await new Promise((passed) => setTimeout(passed, 5));
    underWay--;
    return receipt('R-1');
  };
  const queue = await newQueue({ crm: { logPhoneCall, maxConcurrentRequests: 3 } });
  await logCalls(queue, 10);
  await queue.deliver();
  expect(most).toBe(2);
  expect((await rowsOf(queue, 'crm')).every(({ state }) => state === 'DELIVERED')).toBe(true);
});

test('what a CRM has taken is put down before the next one is through', async () => {
  const second = Promise.withResolvers<ReturnType<typeof receipt>>();
  let asked = 0;
  const logPhoneCall = async () => (asked++ === 0 ? receipt('R-1') : second.promise);
  const queue = await newQueue({ crm: { logPhoneCall, maxConcurrentRequests: 2 } });
  await logCalls(queue, 2);
  const delivering = queue.deliver();
  const delivered = async () => (await rowsOf(queue, 'crm')).filter(({ state }) => state === 'DELIVERED').length;
  await expect.poll(delivered, { timeout: 5000 }).toBe(1);
  second.resolve(receipt('R-2'));
  await delivering;
  expect(await delivered()).toBe(2);
});

test('what cannot begin while its row is held is put back, and tried by whoever comes next', async () => {
  let asked = 0;
  const logPhoneCall = async () => {
    asked++;
    queue.customer.pass(40 * seconds);
    return receipt('R-1');
  };
  const queue: Queue = await newQueue({ crm: { logPhoneCall, maxConcurrentRequests: 2 } });
  await logCalls(queue, 3);
  await queue.deliver();
  expect(asked).toBe(1);
  expect((await rowsOf(queue, 'crm')).map(({ state, attempts }) => [state, attempts])).toEqual([
    ['DELIVERED', 1],
    ['PENDING', 0],
    ['PENDING', 0],
  ]);
  await queue.deliver();
  await queue.deliver();
  expect(asked).toBe(3);
});

test('an integration that is switched off is not told what was to be pushed before', async () => {
  let asked = 0;
  const logPhoneCall = async () => {
    asked++;
    return receipt('R-1');
  };
  const queue = await newQueue({ crm: { logPhoneCall } });
  await logCalls(queue, 1);
  const where = { customerId: queue.customer.id, connector: 'crm' };
  await store.operator.integration.updateMany({ where, data: { callLogging: false } });
  await queue.deliver();
  expect(asked).toBe(0);
  const message = 'The integration cannot log this any more.';
  expect(await queue.logOf('crm')).toMatchObject({ state: 'dead', attempts: 1, message });
});
