import { type ExecutionArgs, type FragmentDefinitionNode, getOperationAST, Kind, type SelectionSetNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
import { DomainError } from '../errors.ts';
import { maskError } from './mask-error.ts';

/** Refuses a stranger before anything of the request is looked at, unless only the schema is asked for. */
export const useAuthentication = (): Plugin<Context> => ({
  onExecute: ({ args, setResultAndStopExecution }) => {
    const { principal, requestId } = args.contextValue;
    if (principal || asksOnlyForSchema(args)) return;
    const refusal = new DomainError('UNAUTHENTICATED', 'Unauthenticated.');
    setResultAndStopExecution({ errors: [maskError(refusal, requestId, () => {})] });
  },
});

function asksOnlyForSchema({ document, operationName }: Pick<ExecutionArgs, 'document' | 'operationName'>): boolean {
  const operation = getOperationAST(document, operationName);
  const fragments = new Map(
    document.definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment.selectionSet]),
  );
  const onlyMeta = (selections: SelectionSetNode | undefined): boolean =>
    selections?.selections.every((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value.startsWith('__');
      return onlyMeta(
        selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments.get(selection.name.value),
      );
    }) ?? true;
  return onlyMeta(operation?.selectionSet);
}
