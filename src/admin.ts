import { createInterface } from 'node:readline/promises';
import { runCommand, UsageError } from './admin/commands.ts';
import { connectors } from './connectors/index.ts';
import { findCustomerRecord, openCustomers } from './domain/customer.ts';
import { readEnvironment, SettingError } from './env.ts';
import { createLocalEventBus } from './events/event-bus.ts';
import { explain } from './explain.ts';
import { openOutgoing } from './outgoing/outgoing.ts';
import { openStore } from './store/open.ts';

/** The operator's command line: one command, one JSON object. It works while the server runs and while it does not. */
async function main(words: string[]): Promise<void> {
  const command = runCommand(words);
  const environment = readEnvironment(process.env);
  const store = await openStore({
    databaseUrl: environment.DATABASE_URL,
    dataDir: environment.DATA_DIR,
    secretKeys: environment.SECRET_KEY,
    join: true,
  });
  const outgoing = openOutgoing({ allowPrivateTargets: environment.ALLOW_PRIVATE_TARGETS });
  try {
    const publicUrl = environment.PUBLIC_URL ?? `http://${environment.HOST}:${environment.PORT}`;
    const now = new Date();
    const events = createLocalEventBus();
    const open = openCustomers({
      ...{ store, connectors, events, publicUrl, lookupDeadlineMs: environment.LOOKUP_DEADLINE_MS },
      ...{ send: outgoing.send, now: () => now },
    });
    const openCustomer = async (id: string) => open(await findCustomerRecord(store, id));
    const answer = await command({ store, connectors, openCustomer, now, publicUrl, readLine });
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  } finally {
    await outgoing.close();
    await store.close();
  }
}

async function readLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line;
  return '';
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof UsageError ? error.message : explain(error)}\n`);
  process.exitCode = error instanceof UsageError || error instanceof SettingError ? 2 : 1;
}
