import { type DocumentNode, type GraphQLSchema, Kind } from 'graphql';
import { columns } from '../export/columns.ts';
import { type Format, formats } from '../export/formats.ts';
import { exportPath } from '../export/router.ts';
import { ListPhoneCallsDocument } from '../rest/lookup.generated.ts';
import { type Route, routes } from '../rest/routes.ts';
import { describedAnswer, schemaOf } from './answer-schema.ts';
import { examples } from './examples.ts';
import { pageSchema } from './page-schema.ts';
import {
  fieldParameters,
  idempotencyKey,
  listingParameters,
  type Parameter,
  pageParameters,
  pathParameters,
} from './parameters.ts';
import { errorSchema, type RefusalKind, refusals } from './refusals.ts';
import { fieldSchemas, nothingSent } from './request-schema.ts';
import type { Schema } from './schema.ts';

/**
 * The REST face as OpenAPI 3.1. Paths and methods come from the router’s table, fields from the readers of its rows,
 * answers from their documents and the schema, refusals from the code that refuses; so it cannot say anything else
 * than the router does.
 */
export function openApiDocument(schema: GraphQLSchema, publicUrl: string): object {
  const paths: Record<string, object> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, schema) };
  }
  for (const format of formats) paths[exportPath(format)] = { get: exportOperation(format, schema) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'CRM Lookup, legacy REST face',
      version: '1',
      description:
        'Bodies are JSON or forms, and every value may be text, as phone systems send it. Empty text and variables that were never filled in (`[Number]`) count as absent; unknown keys are ignored. Every answer carries `X-Request-Id`. The same data and more is at `/graphql`.',
    },
    servers: [{ url: publicUrl }],
    security: [{ bearer: [] }],
    paths,
    components: {
      schemas: { Error: errorSchema },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A token with the scopes `client` and `crm`.' },
      },
    },
  };
}

/** One row of the router’s table. */
function operation(route: Route, schema: GraphQLSchema): object {
  const { name, description } = asGraphql(route.document, schema);
  const fields = fieldSchemas((recorder) => route.variables(recorder, nothingSent));
  const answer = describedAnswer(route.document, schema) as Record<string, { data?: unknown }>;
  const listed = answer.phoneCalls?.data;
  const reads = route.method === 'GET';
  const reports = /^Log/.test(name);
  const byPath = route.credential === 'path';
  const parameters = [
    ...pathParameters(route.path),
    ...(listed ? [...listingParameters, ...pageParameters] : reads ? fieldParameters(fields) : []),
    ...(reports ? [idempotencyKey] : []),
  ];
  const content = {
    schema: listed ? pageSchema(schemaOf(listed)) : schemaOf(route.body(answer, nothingSent)),
  };
  return {
    operationId: byPath ? `${name}ByPath` : name,
    summary: description.split('. ')[0],
    description,
    ...(byPath && { security: [] }),
    parameters: parameters.map((parameter) => withExample(parameter, examples[name])),
    ...(!reads && { requestBody: requestBody({ type: 'object', ...fields }, examples[name]) }),
    responses: {
      [route.status]: {
        description: 'Done.',
        ...(reports && { headers: { 'Idempotency-Replayed': { description: '`true` for a repeat.', schema: text } } }),
        ...(listed !== undefined && {
          headers: { 'X-Next-Cursor': { description: 'Of the next page; absent on the last.', schema: text } },
        }),
        content: { 'application/json': content },
      },
      ...refusals(...refusalsOf(byPath, reads, listed !== undefined, reports)),
    },
  };
}

const text: Schema = { type: 'string' };

function refusalsOf(byPath: boolean, reads: boolean, listed: boolean, reports: boolean): RefusalKind[] {
  return [
    ...(byPath ? (['unknownToken'] as const) : (['unauthenticated', 'missingScope'] as const)),
    listed ? 'badQuery' : 'badFields',
    ...(reads ? [] : (['tooLarge', 'wrongType'] as const)),
    ...(reports ? (['otherPayload'] as const) : []),
  ];
}

/** Both kinds of bodies have the same fields. */
const requestBody = (schema: Schema, example: unknown) => ({
  required: true,
  content: {
    'application/json': { schema, example },
    'application/x-www-form-urlencoded': { schema },
  },
});

function exportOperation(format: Format, schema: GraphQLSchema): object {
  const name = `Export${format.extension[0]?.toUpperCase()}${format.extension.slice(1)}`;
  const call = describedAnswer(ListPhoneCallsDocument, schema) as { phoneCalls: { data: [Record<string, unknown>] } };
  const [fields] = call.phoneCalls.data;
  const row = schemaOf(Object.fromEntries(columns.map((column) => [column, fields[column]])));
  return {
    operationId: name,
    summary: `The whole call history as ${format.extension.toUpperCase()}`,
    description: format.description,
    parameters: listingParameters.map((parameter) => withExample(parameter, examples[name])),
    responses: {
      200: {
        description: 'The file. A connection that breaks off means that it is not whole.',
        headers: { 'Content-Disposition': { schema: text } },
        content: { [format.mediaType.split(';')[0] ?? '']: { schema: format.extension === 'csv' ? text : row } },
      },
      ...refusals('unauthenticated', 'missingScope', 'badQuery'),
    },
  };
}

const withExample = (parameter: Parameter, example: Record<string, unknown> = {}): Parameter =>
  parameter.name in example ? { ...parameter, example: String(example[parameter.name]) } : parameter;

/** What the schema says of the field that a document asks for. */
function asGraphql(document: DocumentNode, schema: GraphQLSchema): { name: string; description: string } {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [selection] = operation?.selectionSet.selections ?? [];
  const field = selection?.kind === Kind.FIELD ? selection.name.value : '';
  const type = operation && schema.getRootType(operation.operation);
  return { name: operation?.name?.value ?? '', description: type?.getFields()[field]?.description ?? '' };
}
