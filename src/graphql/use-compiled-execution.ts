import { type DocumentNode, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
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
    onExecute: ({ args: { document, operationName }, setExecuteFn }) => {
      const counted: Counted = documents.get(document) ?? { executions: 0, compiled: new Map() };
      documents.set(document, counted);
      if (counted.executions++ < interpretedTimes) return;
      counted.plain ??= isPlain(document);
      if (!counted.plain) return;
      const compiled = counted.compiled.get(operationName) ?? {
        execute: compile(document, operationName),
        operation: getOperationAST(document, operationName),
      };
      counted.compiled.set(operationName, compiled);
      if (document.loc) known.remember(document.loc.source.body, operationName, compiled);
      setExecuteFn(({ contextValue, variableValues }) => compiled.execute(contextValue, variableValues));
    },
  };
}
