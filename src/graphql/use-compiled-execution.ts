import { complexityFromQuery } from '@pothos/plugin-complexity';
import { type DocumentNode, getOperationAST, Kind, print } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
import { limits } from '../limits.ts';
import { schema } from '../schema/index.ts';
import { compile, isPlain } from './compiled.ts';
import type { KnownDocument, KnownDocuments } from './known-documents.ts';

/** A document that came once may never come again, and compiling it costs more than many executions. */
const interpretedTimes = 2;

interface Counted {
  executions: number;
  plain?: boolean;
  /** By the name of the operation. */
  compiled: Map<string | null | undefined, KnownDocument>;
}

/** Executes documents that come again and again as code that was made of them, where that is safe, and makes them known. */
export function useCompiledExecution(known: KnownDocuments): Plugin<Context> {
  const documents = new WeakMap<DocumentNode, Counted>();
  return {
    onExecute: ({ args: { document, operationName, variableValues }, setExecuteFn }) => {
      const counted: Counted = documents.get(document) ?? { executions: 0, compiled: new Map() };
      documents.set(document, counted);
      if (counted.executions++ < interpretedTimes) return;
      counted.plain ??= isPlain(document);
      if (!counted.plain) return;
      const compiled = counted.compiled.get(operationName) ?? {
        execute: compile(document, operationName),
        operation: getOperationAST(document, operationName),
        light: isLight(document, variableValues),
      };
      counted.compiled.set(operationName, compiled);
      if (document.loc) known.remember(document.loc.source.body, operationName, compiled);
      setExecuteFn(({ contextValue, variableValues }) => compiled.execute(contextValue, variableValues));
    },
  };
}

/**
 * Whether a document stays within the limit of complexity whatever its variables are. Its weight is that of the rows it
 * asks for, and nothing but a number can ask for more of them.
 */
function isLight(document: DocumentNode, variables: Record<string, unknown> | null | undefined): boolean {
  const [operation, ...others] = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0) return false;
  if (operation.variableDefinitions?.some(({ type }) => /\bInt\b/.test(print(type)))) return false;
  try {
    const { complexity } = complexityFromQuery(document, { schema, ctx: {}, variables: variables ?? {} });
    return complexity <= limits.documentComplexity;
  } catch {
    return false;
  }
}
