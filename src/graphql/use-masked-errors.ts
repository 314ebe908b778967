import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
import { maskErrors, type ReportBug } from './mask-error.ts';

/** Decides, after a document was executed, what its caller may see of its errors. */
export const useMaskedErrors = (report: ReportBug): Plugin<Context> => ({
  onExecute: ({ args }) => ({
    onExecuteDone: ({ result, setResult }) => {
      if (isAsyncIterable(result) || !result.errors) return;
      setResult(maskErrors(result, args.contextValue.requestId, report));
    },
  }),
});
