import {
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { legacySpelling } from '../rest/legacy.ts';
import type { Schema } from './schema.ts';

/** Stands in an answer where a value would. */
class Leaf {
  readonly schema: Schema;
  constructor(schema: Schema) {
    this.schema = schema;
  }
}

/** A field that only some requests ask for. */
class Optional {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

const scalars: Record<string, Schema> = {
  ID: { type: 'string' },
  String: { type: 'string' },
  Int: { type: 'integer' },
  Boolean: { type: 'boolean' },
  DateTime: { type: 'string', format: 'date-time' },
};

/**
 * What a document answers, with a description of each value in its place; so whatever is made of the answer can be
 * made of this too, and describes itself.
 */
export function describedAnswer(document: DocumentNode, schema: GraphQLSchema): Record<string, unknown> {
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  ) as OperationDefinitionNode;
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition.selectionSet] as const] : [],
    ),
  );
  return objectOf(operation.selectionSet, schema.getRootType(operation.operation) as GraphQLObjectType);

  function objectOf(selections: SelectionSetNode, type: GraphQLObjectType): Record<string, unknown> {
    return Object.assign(
      {},
      ...selections.selections.map((selection) => {
        if (selection.kind === Kind.FRAGMENT_SPREAD)
          return objectOf(fragments.get(selection.name.value) as SelectionSetNode, type);
        if (selection.kind === Kind.INLINE_FRAGMENT) return objectOf(selection.selectionSet, type);
        const name = selection.alias?.value ?? selection.name.value;
        const field = type.getFields()[selection.name.value];
        if (!field) return {};
        const value = described(name, field.type, selection.selectionSet, field.description ?? '');
        return { [name]: selection.directives?.length ? new Optional(value) : value };
      }),
    );
  }

  function described(
    name: string,
    type: GraphQLOutputType,
    inner: SelectionSetNode | undefined,
    description: string,
  ): unknown {
    const bare = getNullableType(type);
    if (isListType(bare)) return [described(name, bare.ofType, inner, description)];
    if (isObjectType(bare) && inner) return objectOf(inner, bare);
    return new Leaf({ ...leafSchema(bare, !isNonNullType(type)), description });
  }
}

function leafSchema(type: GraphQLOutputType, nullable: boolean): Schema {
  const named = getNamedType(type);
  if (isEnumType(named)) {
    const spell = legacySpelling[named.name] ?? String;
    const words = named.getValues().map(({ value }) => spell(value as never));
    return { type: nullable ? ['string', 'null'] : 'string', enum: nullable ? [...words, null] : words };
  }
  const { type: plain, ...schema } = scalars[named.name] ?? { type: 'object' };
  return { type: nullable ? [String(plain), 'null'] : String(plain), ...schema };
}

/** The schema of a described answer, after whatever was made of it. */
export function schemaOf(value: unknown): Schema {
  if (value instanceof Leaf) return value.schema;
  if (value instanceof Optional) return schemaOf(value.value);
  if (Array.isArray(value)) return { type: 'array', items: schemaOf(value[0]) };
  if (typeof value === 'string') return { type: 'string', const: value };
  const fields = Object.entries(value as object);
  return {
    type: 'object',
    required: fields.filter(([, inner]) => !(inner instanceof Optional)).map(([name]) => name),
    properties: Object.fromEntries(fields.map(([name, inner]) => [name, schemaOf(inner)])),
  };
}
