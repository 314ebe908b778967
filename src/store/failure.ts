import { DomainError } from '../errors.ts';

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
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const passing =
    passingCodes.has(code) ||
    prismaConnection.test(code) ||
    (/^[0-9A-Z]{5}$/.test(code) ? passingStates.test(code) : passingMessages.test(error.message));
  return passing ? new DomainError('SERVICE_UNAVAILABLE', 'The database cannot be reached.', { cause: error }) : error;
}
