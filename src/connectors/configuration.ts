import { z } from 'zod';
import { DomainError, type InputIssue } from '../errors.ts';
import type { ConnectorKind, ConnectorKinds, GivenConfiguration } from './connector.ts';

/** Nothing may be given. */
export const noConfiguration = z.strictObject({
  file: z.null('This kind of CRM takes no file.'),
  parameters: z.strictObject({}, 'This kind of CRM takes no parameters.'),
});

/** Finds a kind of CRM by its word. */
export const kindOf = (kinds: ConnectorKinds, connector: string) =>
  Object.hasOwn(kinds, connector) ? kinds[connector] : undefined;

/** Reads a configuration as its kind wants it. Throws `BAD_USER_INPUT`, with a sentence for each mistake. */
export function readConfiguration<Configuration>(
  kind: ConnectorKind<Configuration>,
  given: GivenConfiguration,
): Configuration {
  const read = kind.configuration.safeParse(given);
  if (read.success) return read.data;
  const issues = read.error.issues.map(({ path, message }) => issueOf(path as InputIssue['path'], message));
  throw new DomainError('BAD_USER_INPUT', issues.map(({ message }) => message).join(' '), { issues });
}

/** A parameter's sentence begins with the parameter's name, so that it can be understood wherever it is shown. */
function issueOf(path: InputIssue['path'], message: string): InputIssue {
  const name = path[0] === 'parameters' ? path[1]?.toString() : undefined;
  return {
    path: ['input', ...path],
    message: name === undefined || message.includes(name) ? message : `${name}: ${message}`,
  };
}
