import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Store } from '../store/open.ts';

/** The words cannot be understood; the message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface Command {
  options: z.ZodObject;
  // biome-ignore lint/suspicious/noExplicitAny: a table holds commands of different options.
  run(store: Store, input: any, now: Date): Promise<object>;
}

/** A command, by its options and what it does with them. */
export const command = <Options extends z.ZodRawShape>(
  options: Options,
  run: (store: Store, input: z.output<z.ZodObject<Options>>, now: Date) => Promise<object>,
): Command => ({ options: z.object(options), run });

/** Reads `--name value` pairs. Throws `UsageError` for one that is unknown, missing or wrong. */
export function parseCommand({ options }: Command, words: string[]): unknown {
  const names = Object.keys(options.shape);
  const input = options.safeParse(readWords(names, words));
  if (input.success) return input.data;
  const [issue] = input.error.issues;
  const name = String(issue?.path[0]);
  const missing = !words.some((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  throw new UsageError(missing ? `--${name} is needed.` : `--${name} ${issue?.message}.`);
}

function readWords(names: string[], args: string[]): Record<string, unknown> {
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
    return parseArgs({ args, options, strict: true }).values;
  } catch (error) {
    const allowed = names.map((name) => `--${name}`).join(', ') || 'none';
    throw new UsageError(`${(error as Error).message.split(/[.\n]/)[0]}; the options are: ${allowed}.`);
  }
}
