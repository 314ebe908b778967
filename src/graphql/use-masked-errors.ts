import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
import { maskError, type ReportBug } from './mask-error.ts';

/** Decides, after a document was executed, what its caller may see of its errors. */
export const useMaskedErrors = (report: ReportBug): Plugin<Context> => ({
  onExecute: ({ args }) => ({
    onExecuteDone: ({ result, setResult }) => {
      if (isAsyncIterable(result) || !result.errors) return;
      const { requestId } = args.contextValue;
      setResult({ ...result, errors: result.errors.map((error) => maskError(error, requestId, report)) });
    },
  }),
});
