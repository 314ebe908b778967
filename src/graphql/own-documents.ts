import type { DocumentNode, ExecutionResult } from 'graphql';
import type { Context } from '../context.ts';
import { type Compiled, compile } from './compiled.ts';
import { maskError, type ReportBug } from './mask-error.ts';

/**
 * Executes documents of the server's own, such as those behind the REST face: they are valid and within every limit,
 * so they are compiled at their first use, and nothing of them is looked at again. Errors are masked.
 */
export function createOwnDocuments(report: ReportBug) {
  const compiled = new WeakMap<DocumentNode, Compiled>();
  return (document: DocumentNode, variables: Record<string, unknown>, context: Context): Promise<ExecutionResult> => {
    const execute = compiled.get(document) ?? compile(document);
    compiled.set(document, execute);
    return executeMasked(execute, variables, context, report);
  };
}

/** Executes a document, and decides what its caller may see of its errors. */
export async function executeMasked(
  execute: Compiled,
  variables: Record<string, unknown> | null | undefined,
  context: Context,
  report: ReportBug,
): Promise<ExecutionResult> {
  const { data, errors } = await execute(context, variables);
  if (!errors) return { data: data ?? null };
  return { data: data ?? null, errors: errors.map((error) => maskError(error, context.requestId, report)) };
}
