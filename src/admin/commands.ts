import { type Commands, parseCommand, type Surroundings, UsageError } from './command.ts';
import { credentialCommands } from './credential-commands.ts';
import { deliveryCommands } from './delivery-commands.ts';
import { integrationCommands } from './integration-commands.ts';
import { privacyCommands } from './privacy-commands.ts';
import { secretCommands } from './secret-commands.ts';
import { tenantCommands } from './tenant-commands.ts';
import { webhookCommands } from './webhook-commands.ts';

/** Everything an operator can do, by the words that ask for it. */
const commands: Commands = {
  ...tenantCommands,
  ...credentialCommands,
  ...integrationCommands,
  ...deliveryCommands,
  ...privacyCommands,
  ...secretCommands,
  ...webhookCommands,
};

/** Reads the words of a command line; answers what runs it. Throws `UsageError` in one sentence. */
export function runCommand(words: string[]): (surroundings: Surroundings) => Promise<object> {
  const [noun = '', verb = '', ...rest] = words;
  const found = commands[`${noun} ${verb}`];
  if (!found) {
    throw new UsageError(
      `Unknown command "${[noun, verb].join(' ').trim()}"; the commands are: ${Object.keys(commands).join(', ')}.`,
    );
  }
  const input = parseCommand(found, rest);
  return (surroundings) => found.run(surroundings, input);
}

export { type Surroundings, UsageError };
