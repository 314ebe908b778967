import { isUuid } from '../id.ts';
import { type CustomerRecord, customerRecord } from '../store/customer-record.ts';
import type { Store } from '../store/open.ts';

/** The customers for whom a person of a workspace may act, by name; only the named one, if an id is given. */
export async function customersOf(store: Store, workspaceId: string, id?: string): Promise<CustomerRecord[]> {
  if (id !== undefined && !isUuid(id)) return [];
  const where = { workspaceId, ...(id !== undefined && { id }) };
  return store.operator.customer.findMany({ where, orderBy: { name: 'asc' }, ...customerRecord });
}
