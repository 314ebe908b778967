import { SettingError } from './env.ts';
import { DomainError } from './errors.ts';
import { FolderInUse } from './store/embedded.ts';
import { asUnavailable } from './store/failure.ts';
import { MigrationError } from './store/migrate.ts';

/**
 * Why a process ends, for whoever started it: one sentence for what its surroundings do (settings, folder, port,
 * database), and the whole stack only for what must be a bug.
 */
export function explain(error: unknown): string {
  const told = asUnavailable(error);
  if (!(told instanceof Error)) return String(told);
  if (told instanceof DomainError) return [told.message, reason(told.cause)].filter(Boolean).join(' ');
  const known = told instanceof SettingError || told instanceof FolderInUse || told instanceof MigrationError;
  return known || 'syscall' in told || 'severity' in told ? told.message : (told.stack ?? told.message);
}

/** A host with several addresses fails with one error for each, and no message of its own. */
const reason = (cause: unknown): string | undefined =>
  cause instanceof AggregateError ? reason(cause.errors[0]) : cause instanceof Error ? cause.message : undefined;
