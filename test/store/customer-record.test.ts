import { expect, test } from 'vitest';
import { readCustomers } from '../../src/store/customer-record.ts';
import { newCustomer, store } from '../support/world.ts';

const at = new Date('2026-03-01T10:00:00.123Z');
const bytes = Uint8Array.of(0, 1, 2, 255);

async function fill(customerId: string): Promise<void> {
  const { operator } = store;
  const [second, first, removed] = Array.from({ length: 3 }, () => crypto.randomUUID()) as [string, string, string];
  await operator.integration.deleteMany({ where: { customerId } });
  await operator.integration.createMany({
    data: [
      { customerId, id: second, connector: 'native', position: 2, createdAt: at, updatedAt: at },
      { customerId, id: first, connector: 'echo', name: 'É', position: 1, configuration: bytes, chatLogging: false },
      { customerId, id: removed, connector: 'echo', position: null },
    ],
  });
  await operator.webhook.createMany({
    data: [true, true, false].map((enabled) => ({
      customerId,
      id: crypto.randomUUID(),
      url: 'https://example.com',
      events: ['a.b', 'c"{,}'],
      enabled,
      secret: bytes,
    })),
  });
  await operator.customer.update({ where: { id: customerId }, data: { retentionDays: 90, chatsWithoutEmail: true } });
}

/** What was read, with its bytes as numbers: the driver has a class of its own for them. */
const plain = (value: unknown) =>
  JSON.stringify(value, (_, each) =>
    each?.type === 'Buffer' ? each.data : ArrayBuffer.isView(each) ? [...(each as Uint8Array)] : each,
  );

test('a customer is read as Prisma reads it, with its integrations in order and its webhooks that are enabled', async () => {
  const [{ id }, { id: other }] = [await newCustomer(), await newCustomer()];
  await fill(id);
  const ids = [id, other, crypto.randomUUID()];
  const expected = await store.operator.customer.findMany({
    where: { id: { in: ids } },
    include: {
      workspace: true,
      integrations: { where: { position: { not: null } }, orderBy: { position: 'asc' } },
      webhooks: { where: { enabled: true }, select: { id: true, events: true }, orderBy: { id: 'asc' } },
    },
  });
  const read = await readCustomers(store, ids);
  const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
  expect(read.toSorted(byId).map((each) => JSON.parse(plain(each)))).toEqual(
    expected.toSorted(byId).map((each) => JSON.parse(plain(each))),
  );
  expect(read.find((customer) => customer.id === id)).toMatchObject({
    retentionDays: 90,
    integrations: [
      { name: 'É', position: 1 },
      { position: 2, createdAt: at },
    ],
    webhooks: [{ events: ['a.b', 'c"{,}'] }, { events: ['a.b', 'c"{,}'] }],
  });
});
