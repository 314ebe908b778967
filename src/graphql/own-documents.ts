import type { DocumentNode, ExecutionResult } from 'graphql';
import type { Context } from '../context.ts';
import { type Compiled, compile, type Spelling } from './compiled.ts';
import { maskErrors, type ReportBug } from './mask-error.ts';

/**
 * Executes documents of the server's own, such as those behind the REST face: they are valid and within every limit,
 * so they are compiled at their first use, and nothing of them is looked at again. Values are written in the spelling of
 * that face, and errors masked.
 */
export function createOwnDocuments(report: ReportBug, spelling: Spelling) {
  const compiled = new WeakMap<DocumentNode, Compiled>();
  return async (
    document: DocumentNode,
    variables: Record<string, unknown>,
    context: Context,
  ): Promise<ExecutionResult> => {
    const execute = compiled.get(document) ?? compile(document, null, spelling);
    compiled.set(document, execute);
    return maskErrors(await execute(context, variables), context.requestId, report);
  };
}
