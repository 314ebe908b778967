import { fits, type Leaf, leafText, leavesOf } from './answer.ts';
import { evaluateText } from './expression.ts';
import { sameNumber } from './number.ts';
import type { Scope } from './scope.ts';
import type { Rule, Scenario, Variable } from './template.ts';

/** One record of an answer: the variables that were read for it. */
export type AnswerRecord = Record<string, string>;

/** Which element of each array is meant. */
type Place = Leaf['indexes'];
type Finder = (path: string) => Leaf[];

/**
 * Finds the records of an answer: one for each element of the deepest array on a rule's path, if all rules hold for it.
 * Without rules the answer as a whole is one record.
 */
export function recordsOf(scenario: Scenario, content: unknown, scope: Scope): AnswerRecord[] {
  const find = finderIn(content);
  const ruled = scenario.rules.map((rule) => ({ rule, leaves: find(rule.path) }));
  if (ruled.some(({ leaves }) => leaves.length === 0)) return [];
  const byDepth = ruled.map(({ leaves }) => leaves).toSorted((one, other) => depthOf(one) - depthOf(other));
  const places = distinct(byDepth.at(-1) ?? [{ value: content, indexes: new Map() }]).filter((place) =>
    ruled.every(({ rule, leaves }) => leaves.some((leaf) => fits(leaf.indexes, place) && holds(rule, leaf, scope))),
  );
  const shallow = new Set(byDepth[0]?.flatMap(({ indexes }) => [...indexes.keys()]));
  const records = places.map((place) => {
    // A rule may look deeper into a contact, at one of its numbers; a filter still chooses among all of them.
    const whole = new Map([...place].filter(([array]) => shallow.has(array)));
    const values = scenario.variables.map((variable) => [variable.name, read(variable, find, place, whole, scope)]);
    return { whole, values: Object.fromEntries(values) as AnswerRecord };
  });
  const once = new Map(records.map(({ whole, values }) => [JSON.stringify([[...whole], values]), values]));
  return [...once.values()];
}

function finderIn(content: unknown): Finder {
  const found = new Map<string, Leaf[]>();
  return (path) => {
    const leaves = found.get(path) ?? leavesOf(content, path);
    found.set(path, leaves);
    return leaves;
  };
}

const depthOf = (leaves: Leaf[]) => leaves.reduce((depth, { indexes }) => Math.max(depth, indexes.size), 0);

function distinct(leaves: Leaf[]): Place[] {
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
function read({ name, path, filter }: Variable, find: Finder, place: Place, whole: Place, scope: Scope): string {
  if (path === '') return '';
  if (filter.length > 0)
    return leafText((chosen(path, filter, find, place, scope) ?? chosen(path, filter, find, whole, scope))?.value);
  const leaves = find(path).filter(({ indexes }) => fits(indexes, place));
  if (leaves.length > 1) scope.warn(`The path ${path} of ${name} leads to several values; a filter must choose one.`);
  return leaves.length === 1 ? leafText(leaves[0]?.value) : '';
}

function chosen(path: string, filter: Rule[], find: Finder, place: Place, scope: Scope): Leaf | undefined {
  const near = (leaf: Leaf, ...others: Place[]) => others.every((other) => fits(leaf.indexes, other));
  return find(path).find(
    (value) =>
      near(value, place) &&
      filter.every((rule) =>
        find(rule.path).some((leaf) => near(leaf, place, value.indexes) && holds(rule, leaf, scope)),
      ),
  );
}
