import { isUuid } from '../id.ts';
import { type CustomerRecord, readCustomers } from '../store/customer-record.ts';
import type { Store } from '../store/open.ts';

/** The customers for whom a person of a workspace may act, by name; only the named one, if an id is given. */
export async function customersOf(store: Store, workspaceId: string, id?: string): Promise<CustomerRecord[]> {
  if (id !== undefined && !isUuid(id)) return [];
  const where = { workspaceId, ...(id !== undefined && { id }) };
  const found = await store.operator.customer.findMany({ where, select: { id: true }, orderBy: { name: 'asc' } });
  const ids = found.map(({ id }) => id);
  return readCustomers(store, ids);
}
