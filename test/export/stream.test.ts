import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { expect, onTestFinished, test } from 'vitest';
import { DomainError } from '../../src/errors.ts';
import type { Statement } from '../../src/store/customer-store.ts';
import { download } from '../support/download.ts';
import { fillHistory } from '../support/history.ts';
import { newCustomer, serve, store } from '../support/world.ts';

const path = '/export/phone-calls.ndjson';
const batch = 200;

/** A server whose database counts the batches that are read of it, and fails at one of them. */
function counting(failAt = Number.POSITIVE_INFINITY) {
  const counted = { read: 0 };
  const forCustomer = (id: string) => {
    const rows = store.forCustomer(id);
    return Object.assign(Object.create(rows), {
      rows: async (query: Statement<unknown>, ...values: unknown[]) => {
        if (!query.text.includes('FROM phone_calls')) return rows.rows(query, ...values);
        if (++counted.read >= failAt) throw new DomainError('SERVICE_UNAVAILABLE', 'The database cannot be reached.');
        return rows.rows(query, ...values);
      },
    });
  };
  return { counted, server: serve({ store: { ...store, forCustomer } }) };
}

async function customerWith(batches: number) {
  const customer = await newCustomer();
  await fillHistory(customer.id, batches * batch);
  return customer;
}

/** Waits until nothing is read any more. */
async function settled(counted: { read: number }): Promise<number> {
  for (let before = -1; counted.read !== before; ) {
    before = counted.read;
    await new Promise((later) => setTimeout(later, 250));
  }
  return counted.read;
}

test('rows are read only as fast as they are taken', async () => {
  const { counted, server } = counting();
  const reader = (await download(await customerWith(5), path, { server })).body?.getReader();
  expect(await settled(counted)).toBeLessThanOrEqual(2);
  await reader?.read();
  await reader?.read();
  expect(await settled(counted)).toBeLessThanOrEqual(4);
  await reader?.cancel();
});

test('nothing more is read once the reader has gone', async () => {
  const { counted, server } = counting();
  const reader = (await download(await customerWith(5), path, { server })).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect(await settled(counted)).toBeLessThanOrEqual(3);
});

/** The address of a server that really listens, so that a broken connection is one. */
async function listening({ fetch }: Pick<ReturnType<typeof serve>, 'fetch'>): Promise<string> {
  const server = createAdaptorServer({ fetch }).listen(0, '127.0.0.1') as Server;
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ask = (url: string, { token }: { token: string }, signal?: AbortSignal) =>
  fetch(url, { headers: { authorization: `Bearer ${token}` }, ...(signal && { signal }) });

test.each(['csv', 'ndjson'])('a database that fails midway breaks the connection off: %s', async (extension) => {
  const customer = await customerWith(3);
  const whole = await ask(`${await listening(counting().server)}/export/phone-calls.${extension}`, customer);
  expect((await whole.text()).trimEnd().split('\n')).toHaveLength(3 * batch + (extension === 'csv' ? 1 : 0));
  const broken = await ask(`${await listening(counting(3).server)}/export/phone-calls.${extension}`, customer);
  expect(broken.status).toBe(200);
  await expect(broken.text()).rejects.toThrow();
});

test('a database that is away from the beginning is told by a status', async () => {
  const response = await download(await customerWith(1), path, { server: counting(1).server });
  expect([response.status, await response.json()]).toEqual([
    503,
    { message: 'Service Unavailable.', error: 'service_unavailable' },
  ]);
  expect(response.headers.get('retry-after')).toBe('1');
});

test('a listener who hangs up stops the work', async () => {
  const { counted, server } = counting();
  const customer = await customerWith(80);
  const hangUp = new AbortController();
  const response = await ask(`${await listening(server)}${path}`, customer, hangUp.signal);
  await response.body?.getReader().read();
  hangUp.abort();
  expect(await settled(counted)).toBeLessThan(80);
});
