import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  type SelectionNode,
} from 'graphql';

/**
 * The names of the fields that a document selects below the field being resolved, at the end of a path of objects;
 * null when the path itself is not selected. Fragments count, and what is skipped does not.
 */
export function selectedFields(info: GraphQLResolveInfo, ...path: string[]): Set<string> | null {
  let fields = info.fieldNodes as FieldNode[];
  for (const name of path) fields = below(fields, info).filter((field) => field.name.value === name);
  return fields.length > 0 ? new Set(below(fields, info).map((field) => field.name.value)) : null;
}

const below = (fields: FieldNode[], info: GraphQLResolveInfo): FieldNode[] =>
  fields.flatMap(({ selectionSet }) => flattened(selectionSet?.selections ?? [], info));

const flattened = (selections: readonly SelectionNode[], info: GraphQLResolveInfo): FieldNode[] =>
  selections
    .filter((selection) => isIncluded(selection, info))
    .flatMap((selection) => {
      if (selection.kind === 'Field') return [selection];
      const fragment = selection.kind === 'InlineFragment' ? selection : info.fragments[selection.name.value];
      return flattened(fragment?.selectionSet.selections ?? [], info);
    });

const isIncluded = (selection: SelectionNode, { variableValues }: GraphQLResolveInfo): boolean =>
  getDirectiveValues(GraphQLSkipDirective, selection, variableValues)?.if !== true &&
  getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)?.if !== false;
