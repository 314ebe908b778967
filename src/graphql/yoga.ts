import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesPlugin } from '@escape.tech/graphql-armor-max-directives';
import {
  type DocumentNode,
  GraphQLError,
  getOperationAST,
  type ParseOptions,
  parse,
  type Source,
  TokenKind,
} from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
import { limits } from '../limits.ts';
import { schema } from '../schema/index.ts';
import type { KnownDocuments } from './known-documents.ts';
import { maskError } from './mask-error.ts';
import { useAuthentication } from './use-authentication.ts';
import { useCompiledExecution } from './use-compiled-execution.ts';
import { useMaskedErrors } from './use-masked-errors.ts';
import { type SubscriptionSetup, useSubscriptions } from './use-subscriptions.ts';
import { areTooDeep, excessOf } from './variable-bounds.ts';

export type Graphql = ReturnType<typeof createGraphql>;

/** The GraphQL face over HTTP, with all that its protocols ask for. */
export const createGraphql = ({ report, known, ...streams }: SubscriptionSetup & { known: KnownDocuments }) =>
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
    plugins: [
      useCompiledExecution(known),
      useAuthentication(),
      useMaskedErrors(report),
      useSubscriptions({ report, ...streams }),
      ...limitPlugins(),
    ],
  });

/** Refuses hostile documents before anything of them is executed. Complexity is weighed by the schema itself. */
function limitPlugins(): Plugin[] {
  return [
    {
      onParse: ({ setParseFn }) => {
        setParseFn(parseWithinLimits);
      },
    },
    {
      onParams: ({ params }) => {
        if (areTooDeep(params.variables)) throw tooDeep('The variables are');
      },
      onExecute: ({ args: { schema, document, operationName, variableValues }, setResultAndStopExecution }) => {
        const excess = excessOf(schema, getOperationAST(document, operationName), variableValues);
        if (excess) setResultAndStopExecution({ errors: [mistake(excess)] });
      },
    },
    maxDepthPlugin({ n: limits.documentDepth, ignoreIntrospection: true, flattenFragments: true }) as Plugin,
    maxAliasesPlugin({ n: limits.documentAliases, allowList: [] }) as Plugin,
    maxDirectivesPlugin({ n: limits.documentDirectives }) as Plugin,
  ];
}

function parseWithinLimits(source: string | Source, options?: ParseOptions): DocumentNode {
  const document = parseShallow(source, options);
  // A name that is too long to be one would be repeated in what is said of it.
  for (let token = document.loc?.startToken; token; token = token.next ?? undefined) {
    const isWord = token.kind === TokenKind.NAME || token.kind === TokenKind.INT || token.kind === TokenKind.FLOAT;
    if (isWord && token.end - token.start > limits.shortText) throw mistake('The document holds too long a word.', 400);
  }
  return document;
}

function parseShallow(source: string | Source, options?: ParseOptions): DocumentNode {
  try {
    return parse(source, { ...options, maxTokens: limits.documentTokens });
  } catch (error) {
    // Brackets within brackets use the stack up before they use the tokens up.
    throw error instanceof RangeError ? tooDeep('The document is') : error;
  }
}

const tooDeep = (what: string) => mistake(`${what} nested too deeply.`, 400);

const mistake = (message: string, status?: number) =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', ...(status && { http: { status } }) } });
