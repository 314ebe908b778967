import { RequestCache } from '@pothos/plugin-scope-auth';
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  getOperationAST,
  getVariableValues,
  Kind,
  print,
  type TypeNode,
  visit,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { Context } from '../context.ts';
import { schema } from '../schema/index.ts';

/** A document as code; a root value is not needed, as every field of the roots has a resolver. */
export type Compiled = (
  context: Context,
  variables: Record<string, unknown> | null | undefined,
) => Promise<ExecutionResult> | ExecutionResult;

/** Writes the values of a type in another way than the schema does, by its name. */
// biome-ignore lint/suspicious/noExplicitAny: as the compiler has it; only the schema knows what a type holds.
export type Spelling = Record<string, (value: any) => unknown>;

/** Makes code of one operation of a valid document. Throws when it cannot be compiled. */
export function compile(document: DocumentNode, operationName?: string | null, spelling: Spelling = {}): Compiled {
  const operation = getOperationAST(document, operationName);
  const variables = operation?.variableDefinitions ?? [];
  const compiled = compileQuery(schema, withCoercedVariables(document), operationName ?? undefined, {
    customSerializers: spelling,
  });
  if (!isCompiledQuery(compiled)) throw new AggregateError(compiled.errors ?? [], 'The document cannot be compiled.');
  return async (context, values) => {
    const { coerced, errors } = getVariableValues(schema, variables, values ?? {}, { maxErrors });
    if (errors) return { errors: errors.map(asRefused) };
    const result = await compiled.query(undefined, context, coerced);
    // It is kept by its context, weakly; but only a full collection sees that nobody else holds it.
    RequestCache.clearForContext(context as never);
    return result.errors ? { ...result, errors: result.errors.map((error) => withPositions(error, document)) } : result;
  };
}

/** As many as graphql-js tells of a document that it interprets. */
const maxErrors = 50;

/** Variables that do not fit are a mistake of the request, as GraphQL over HTTP says. */
const asRefused = ({ message, nodes, originalError, extensions }: GraphQLError) =>
  new GraphQLError(message, { nodes, originalError, extensions: { ...extensions, http: { status: 400 } } });

/** The compiler's errors know lines and columns; everybody else counts characters, and works the lines out again. */
function withPositions(error: GraphQLError, { loc }: DocumentNode): GraphQLError {
  const { message, path, locations, originalError } = error;
  const lines = loc?.source.body.split(/(?<=\r\n|[\n\r](?!\n))/) ?? [];
  const before = (line: number) => lines.slice(0, line - 1).join('').length;
  const positions = locations?.map(({ line, column }) => before(line) + column - 1);
  return new GraphQLError(message, { path, originalError, ...(loc && { source: loc.source, positions }) });
}

/**
 * The document as it runs with variables that are coerced already: the compiler makes code for every type of input,
 * and never ends with one that contains itself, such as a filter.
 */
const withCoercedVariables = (document: DocumentNode): DocumentNode =>
  visit(document, {
    [Kind.VARIABLE_DEFINITION]: ({ defaultValue: _, ...definition }) =>
      isBoolean(definition.type) ? definition : { ...definition, type: anything },
  });

/** Which alone decide what is included; coerced again, they stay what they are. */
const isBoolean = (type: TypeNode): boolean => /^Boolean!?$/.test(print(type));

const anything: TypeNode = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'JSON' } };

/**
 * Whether nothing that a caller wrote can become code: the compiler writes the texts of a document into what it
 * makes, so one that has any, instead of giving them as variables, must be interpreted. Names are letters and
 * digits; with others, two fields could be taken for one another.
 */
export function isPlain(document: DocumentNode): boolean {
  let plain = true;
  const refuse = () => {
    plain = false;
  };
  visit(document, {
    [Kind.STRING]: refuse,
    [Kind.FLOAT]: refuse,
    [Kind.NAME]: ({ value }) => {
      if (!/^(__typename|[a-z][a-z0-9]*)$/i.test(value)) refuse();
    },
  });
  return plain;
}
