import { createInterface } from 'node:readline/promises';
import { runCommand, UsageError } from './admin/commands.ts';
import { readEnvironment, SettingError } from './env.ts';
import { explain } from './explain.ts';
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
  try {
    const publicUrl = environment.PUBLIC_URL ?? `http://${environment.HOST}:${environment.PORT}`;
    const answer = await command({ store, now: new Date(), publicUrl, readLine });
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  } finally {
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
