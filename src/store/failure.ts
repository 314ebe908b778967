import { DomainError } from '../errors.ts';

/** PostgreSQL's code for a change asked of a standby, or of a database that is set so. */
const readOnly = '25006';

/** PostgreSQL classes: connection, insufficient resources, operator intervention; and a read-only or full database. */
const passingStates = /^(08|53|57|25006|58)/;
const passingCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
]);
const passingMessages = /timeout|Connection terminated|connection error|not queryable|Client was closed/i;
const prismaConnection = /^P(1001|1002|1008|1017|2024)$/;

/**
 * Turns the failures that pass by themselves (database away, overloaded, read-only) into one coded error, so that
 * the caller is told to come back; everything else is a bug and stays what it is.
 */
export function asUnavailable(error: unknown): unknown {
  if (error instanceof DomainError || !(error instanceof Error)) return error;
  const codes = codesOf(error);
  const passing = codes.some(isPassing) || (!codes.some(isState) && passingMessages.test(error.message));
  const message = codes.includes(readOnly) ? 'The database takes no changes.' : 'The database cannot be reached.';
  return passing ? new DomainError('SERVICE_UNAVAILABLE', message, { cause: error }) : error;
}

/** For whoever waits for the database: `.catch(throwUnavailable)`. */
export function throwUnavailable(error: unknown): never {
  throw asUnavailable(error);
}

export const isUnavailable = (error: unknown): error is DomainError =>
  error instanceof DomainError && error.code === 'SERVICE_UNAVAILABLE';

/** Its code, and PostgreSQL's own where Prisma has wrapped that. */
function codesOf(error: Error & { code?: unknown; meta?: unknown }): string[] {
  const { driverAdapterError: wrapped } = (error.meta ?? {}) as {
    driverAdapterError?: { cause?: { originalCode?: unknown } };
  };
  return [error.code, wrapped?.cause?.originalCode].filter((code) => typeof code === 'string');
}

const isState = (code: string) => /^[0-9A-Z]{5}$/.test(code);

const isPassing = (code: string) =>
  passingCodes.has(code) || prismaConnection.test(code) || (isState(code) && passingStates.test(code));
