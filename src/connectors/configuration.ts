import { z } from 'zod';
import { badInput } from '../errors.ts';
import type { ConnectorKind, GivenConfiguration } from './connector.ts';

/** Nothing may be given. */
export const noConfiguration = z.strictObject({
  file: z.null('This kind of CRM takes no file.'),
  parameters: z.strictObject({}, 'This kind of CRM takes no parameters.'),
});

/** Reads a configuration as its kind wants it. Throws `BAD_USER_INPUT`, with a sentence for each mistake. */
export function readConfiguration<Configuration>(
  kind: ConnectorKind<Configuration>,
  given: GivenConfiguration,
): Configuration {
  const read = kind.configuration.safeParse(given);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw badInput(['configuration', ...((issue?.path ?? []) as string[])], issue?.message ?? 'It cannot be used.');
}
