import { resealSecrets } from '../domain/reseal.ts';
import { type Commands, command } from './command.ts';

/** What is encrypted at rest. */
export const secretCommands = {
  'secret reseal': command({}, ({ store }) => resealSecrets(store)),
} satisfies Commands;
