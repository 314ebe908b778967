import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { ConnectorKinds } from '../connectors/connector.ts';
import type { Customer } from '../domain/customer.ts';
import type { Store } from '../store/open.ts';

/** What a command may need beside its options. */
export interface Surroundings {
  store: Store;
  connectors: ConnectorKinds;
  /** Makes a customer ready to be worked for. Throws `NOT_FOUND`. */
  openCustomer(id: string): Promise<Customer>;
  now: Date;
  /** Begins the links that a command prints. */
  publicUrl: string;
  /** The first line of standard input. */
  readLine(): Promise<string>;
}

/** The words cannot be understood; the message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface Command {
  options: z.ZodObject;
  // biome-ignore lint/suspicious/noExplicitAny: a table holds commands of different options.
  run(surroundings: Surroundings, input: any): Promise<object>;
}

/** Commands by the words that ask for them: a noun and a verb. */
export type Commands = Record<string, Command>;

/** A command, by its options and what it does with them. */
export const command = <Options extends z.ZodRawShape>(
  options: Options,
  run: (surroundings: Surroundings, input: z.output<z.ZodObject<Options>>) => Promise<object>,
): Command => ({ options: z.object(options), run });

/**
 * Reads `--name value` pairs, several of a name where its option takes a list, and `--name` alone for what is either
 * there or not. Throws `UsageError` for one that is unknown, missing or wrong.
 */
export function parseCommand({ options }: Command, words: string[]): unknown {
  const input = options.safeParse(readWords(options, words));
  if (input.success) return input.data;
  const [issue] = input.error.issues;
  const name = String(issue?.path[0]);
  const missing = !words.some((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  throw new UsageError(missing ? `--${name} is needed.` : `--${name} ${issue?.message}.`);
}

function readWords({ shape }: z.ZodObject, args: string[]): Record<string, unknown> {
  const names = Object.keys(shape);
  const takes = (name: string, value: unknown) => shape[name]?.safeParse(value).success === true;
  const optionOf = (name: string) =>
    ({ type: takes(name, true) ? 'boolean' : 'string', multiple: takes(name, []) }) as const;
  try {
    const options = Object.fromEntries(names.map((name) => [name, optionOf(name)]));
    return parseArgs({ args, options, strict: true }).values;
  } catch (error) {
    const allowed = names.map((name) => `--${name}`).join(', ') || 'none';
    throw new UsageError(`${(error as Error).message.split(/[.\n]/)[0]}; the options are: ${allowed}.`);
  }
}
