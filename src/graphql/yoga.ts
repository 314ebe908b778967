import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesPlugin } from '@escape.tech/graphql-armor-max-directives';
import { parse } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
import { limits } from '../limits.ts';
import { schema } from '../schema/index.ts';
import type { ReportBug } from './mask-error.ts';
import { maskError } from './mask-error.ts';
import { useAuthentication } from './use-authentication.ts';
import { useMaskedErrors } from './use-masked-errors.ts';

export type Graphql = ReturnType<typeof createGraphql>;

/** The GraphQL face: one schema, executed for HTTP and, through `getEnveloped`, for the REST face. */
export const createGraphql = (report: ReportBug) =>
  createYoga<Context>({
    schema,
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    logging: false,
    cors: false,
    maskedErrors: { maskError: (error) => maskError(error, '', report) },
    parserAndValidationCache: true,
    plugins: [useAuthentication(), useMaskedErrors(report), ...limitPlugins()],
  });

/** Refuses hostile documents before anything of them is executed. Complexity is weighed by the schema itself. */
function limitPlugins(): Plugin[] {
  return [
    {
      onParse: ({ setParseFn }) => {
        setParseFn((source, options) => parse(source, { ...options, maxTokens: limits.documentTokens }));
      },
    },
    maxDepthPlugin({ n: limits.documentDepth, ignoreIntrospection: true, flattenFragments: true }) as Plugin,
    maxAliasesPlugin({ n: limits.documentAliases, allowList: [] }) as Plugin,
    maxDirectivesPlugin({ n: limits.documentDirectives }) as Plugin,
  ];
}
