import { runCommand, type Surroundings } from '../../src/admin/commands.ts';
import { connectors } from '../../src/connectors/index.ts';
import { findCustomerRecord, openCustomers } from '../../src/domain/customer.ts';
import { events, publicUrl, sendNothing, store } from './world.ts';

/** Runs an operator's command on the suite's database, in this process. */
export function adminCommand(words: string[], more: Partial<Surroundings> = {}): Promise<object> {
  const now = more.now ?? new Date();
  const kinds = more.connectors ?? connectors;
  const open = openCustomers({
    store: more.store ?? store,
    connectors: kinds,
    events,
    publicUrl,
    lookupDeadlineMs: 2000,
    send: sendNothing,
    now: () => now,
  });
  return runCommand(words)({
    store,
    connectors: kinds,
    openCustomer: async (id) => open(await findCustomerRecord(store, id)),
    now,
    publicUrl,
    readLine: async () => '',
    ...more,
  });
}
