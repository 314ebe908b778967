import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  isSpecifiedScalarType,
  parse,
  validate,
} from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../src/schema/index.ts';
import { printedSchema } from '../../src/schema/print.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

/** Everything that a schema names, each by its path: what it is and what it says of itself. */
interface Part {
  is: string;
  description: string | null | undefined;
  /** Whether a document that leaves it out is refused. */
  required?: boolean;
}

function partsOf(whole: GraphQLSchema): Map<string, Part> {
  const types = Object.values(whole.getTypeMap()).filter(
    (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
  );
  return new Map(types.flatMap((type) => [...partsOfType(type)]));
}

function* partsOfType(type: GraphQLNamedType): Generator<[string, Part]> {
  yield [type.name, { is: type.constructor.name, description: type.description }];
  if (isEnumType(type)) {
    for (const { name, description } of type.getValues()) yield [`${type.name}.${name}`, { is: 'value', description }];
  }
  if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) {
      yield [`${type.name}.${field.name}`, { ...input(field), required: isRequiredInputField(field) }];
    }
  }
  if (!isObjectType(type)) return;
  for (const { name, type: is, description, args } of Object.values(type.getFields())) {
    yield [`${type.name}.${name}`, { is: String(is), description }];
    for (const arg of args) {
      yield [`${type.name}.${name}(${arg.name})`, { ...input(arg), required: isRequiredArgument(arg) }];
    }
  }
}

const input = ({ type, defaultValue, description }: GraphQLArgument | GraphQLInputField) => ({
  is: defaultValue === undefined ? String(type) : `${type} = ${JSON.stringify(defaultValue)}`,
  description,
});

const parts = partsOf(schema);
const contract = partsOf(buildSchema(read('contract.graphql')));

test('the printed schema is the one that the code makes', () => {
  expect(read('../../src/schema/schema.graphql')).toBe(printedSchema());
});

test('every type, field, argument and enum value says what it is for', () => {
  const silent = [...parts].filter(([, { description }]) => !description?.trim()).map(([name]) => name);
  expect(silent).toEqual([]);
});

test('every mutation ends by saying whether it is safe to repeat', () => {
  const fields = Object.values(schema.getMutationType()?.getFields() ?? {});
  const silent = fields.filter(
    ({ description }) => !/(^|[.!] )(Safe to repeat\.|Not safe to repeat: [^.]+\.)$/.test(description ?? ''),
  );
  expect(fields).not.toEqual([]);
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test('everything that clients rely on is there with the same type', () => {
  const promised = Object.fromEntries([...contract].map(([name, { is }]) => [name, is]));
  const kept = Object.fromEntries([...contract].map(([name]) => [name, parts.get(name)?.is]));
  expect(kept).toEqual(promised);
});

test('nothing that was added must be sent', () => {
  const demanded = [...parts].filter(([name, { required }]) => required && !contract.has(name));
  const ofKnown = demanded.map(([name]) => name).filter((name) => contract.has(name.replace(/[.(]\w+\)?$/, '')));
  expect(ofKnown).toEqual([]);
});

test('the schema accepts every document that the REST face executes', () => {
  const document = parse(read('../../src/rest/lookup.graphql'));
  expect(validate(schema, document)).toEqual([]);
});

test('the schema accepts every query of the README', () => {
  const queries = [...read('../../README.md').matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, query = '']) => query);
  expect(queries).not.toEqual([]);
  expect(queries.flatMap((query) => validate(schema, parse(query)))).toEqual([]);
});
