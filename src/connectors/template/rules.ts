import { fits, type Leaf, leafText, leavesOf } from './answer.ts';
import { evaluateText } from './expression.ts';
import { sameNumber } from './number.ts';
import type { Scope } from './scope.ts';
import type { Rule, Scenario, Variable } from './template.ts';

/** One record of an answer: the variables that were read for it. */
export type AnswerRecord = Record<string, string>;

/**
 * Finds the records of an answer: one for each element of the deepest array on a rule's path, if all rules hold for it.
 * Without rules the answer as a whole is one record.
 */
export function recordsOf(scenario: Scenario, content: unknown, scope: Scope): AnswerRecord[] {
  const ruled = scenario.rules.map((rule) => ({ rule, leaves: leavesOf(content, rule.path) }));
  if (ruled.some(({ leaves }) => leaves.length === 0)) return [];
  const [deepest] = ruled.toSorted((one, other) => depthOf(other.leaves) - depthOf(one.leaves));
  const places = deepest ? distinct(deepest.leaves) : [new Map<string, number>()];
  return places
    .filter((place) =>
      ruled.every(({ rule, leaves }) => leaves.some((leaf) => fits(leaf.indexes, place) && holds(rule, leaf, scope))),
    )
    .map((place) =>
      Object.fromEntries(scenario.variables.map((variable) => [variable.name, read(variable, content, place, scope)])),
    );
}

const depthOf = (leaves: Leaf[]) => leaves.reduce((depth, { indexes }) => Math.max(depth, indexes.size), 0);

function distinct(leaves: Leaf[]): ReadonlyMap<string, number>[] {
  return [...new Map(leaves.map(({ indexes }) => [JSON.stringify([...indexes]), indexes])).values()];
}

function holds(rule: Rule, leaf: Leaf, scope: Scope): boolean {
  const found = leafText(leaf.value);
  if (rule.type === 'Any') return found !== '';
  const ethalon = evaluateText(rule.ethalon, scope);
  if (rule.type === 'Equals') return found === ethalon;
  return sameNumber(found, ethalon || evaluateText('[Number]', scope));
}

/** The first value that passes the filter. Several values without a filter are nothing: none of them is meant. */
function read(variable: Variable, content: unknown, place: ReadonlyMap<string, number>, scope: Scope): string {
  const { name, path, filter } = variable;
  if (path === '') return '';
  const leaves = leavesOf(content, path).filter(({ indexes }) => fits(indexes, place));
  if (filter.length === 0) {
    if (leaves.length > 1) scope.warn(`The path ${path} of ${name} leads to several values; a filter must choose one.`);
    return leaves.length === 1 ? leafText(leaves[0]?.value) : '';
  }
  const rules = filter.map((rule) => ({ rule, candidates: leavesOf(content, rule.path) }));
  const chosen = leaves.find(({ indexes }) =>
    rules.every(({ rule, candidates }) =>
      candidates.some((leaf) => fits(leaf.indexes, place) && fits(leaf.indexes, indexes) && holds(rule, leaf, scope)),
    ),
  );
  return leafText(chosen?.value);
}
