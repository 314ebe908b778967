import { runCommand, UsageError } from './admin/commands.ts';
import { readEnvironment, SettingError } from './env.ts';
import { DomainError } from './errors.ts';
import { openStore } from './store/open.ts';

/** The operator's command line: one command, one JSON object. It works while the server runs and while it does not. */
async function main(words: string[]): Promise<void> {
  const command = runCommand(words);
  const environment = readEnvironment(process.env);
  const store = await openStore({ databaseUrl: environment.DATABASE_URL, dataDir: environment.DATA_DIR, join: true });
  try {
    process.stdout.write(`${JSON.stringify(await command(store, new Date()))}\n`);
  } finally {
    await store.close();
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const usage = error instanceof UsageError || error instanceof SettingError;
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = usage ? 2 : 1;
  if (!usage && !(error instanceof DomainError)) process.stderr.write(`${(error as Error).stack}\n`);
}
