import { resealSecrets } from '../domain/reseal.ts';
import { type Commands, command } from './command.ts';
import { id } from './options.ts';

/** What is encrypted at rest. */
export const secretCommands = {
  'secret reseal': command({ customer: id.optional() }, ({ store }, { customer }) => resealSecrets(store, customer)),
} satisfies Commands;
