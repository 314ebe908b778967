import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isInputObjectType,
  isInputType,
  isListType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';
import { limits } from '../limits.ts';
import { isDeeper } from '../storable.ts';

/** A context's value may be as deep as JSON may be, and stands this far down in the variables. */
const aboveContextValue = 4;

/** No body is meant to be nested like this; the rest of it is not worth being parsed. */
const hopelesslyDeep = 4 * limits.jsonDepth;

/** Whether JSON is nested so deeply that to parse it would cost far more than to send it; its brackets are only counted. */
export function isHopelesslyDeep(json: Uint8Array): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === quote) inText = !inText;
    else if (inText) at += byte === backslash ? 1 : 0;
    else if (byte === openList || byte === openObject) depth++;
    else if (byte === closeList || byte === closeObject) depth--;
    if (depth > hopelesslyDeep) return true;
  }
  return false;
}

const [quote, backslash, openList, closeList, openObject, closeObject] = Buffer.from('"\\[]{}');

export const areTooDeep = (variables: unknown): boolean => isDeeper(variables, limits.jsonDepth + aboveContextValue);

/**
 * What is too much about the variables of an operation, as a sentence, or null. They are only counted, as far as their
 * types say that there is something to count: to coerce them first, and to tell of each mistake in turn, would cost far
 * more than it costs to send them.
 */
export function excessOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode | null | undefined,
  variables: Record<string, unknown> | null | undefined,
): string | null {
  if (!variables) return null;
  let left: number = limits.variableValues;
  const tooMany = `The variables must not hold more than ${limits.variableValues} values.`;

  function excess(type: GraphQLInputType, value: unknown): string | null {
    const named = getNullableType(type);
    if (isListType(named) && Array.isArray(value)) {
      left -= value.length;
      return left < 0 ? tooMany : first(value, (item) => excess(named.ofType, item));
    }
    // One value alone stands for a list of one.
    const inner = isListType(named) ? getNullableType(named.ofType) : named;
    if (!isInputObjectType(inner) || typeof value !== 'object' || value === null) return null;
    const fields = inner.getFields();
    return first(Object.entries(value), ([name, field]) => {
      const known = fields[name];
      if (!known) return `Field "${name.slice(0, limits.shortText)}" is not defined by type "${inner.name}".`;
      return --left < 0 ? tooMany : excess(known.type, field);
    });
  }

  return first(operation?.variableDefinitions ?? [], ({ type: node, variable }) => {
    const type = typeFromAST(schema, node as never);
    return isInputType(type) ? excess(type, variables[variable.name.value]) : null;
  });
}

function first<Item>(items: Iterable<Item>, find: (item: Item) => string | null): string | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}
