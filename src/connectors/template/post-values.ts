import { evaluateCondition, evaluateText } from './expression.ts';
import type { Scope } from './scope.ts';
import type { PostValue } from './template.ts';

/** One filled value of a body: a text with its type, named members, or a list. */
type Filled =
  | { kind: 'text'; text: string; type: string }
  | { kind: 'members'; members: Map<string, Filled> }
  | { kind: 'list'; items: Filled[] };

/** Fills a body and writes it as JSON. Numbers keep the digits they have; a later value of one name replaces an earlier. */
export const jsonBody = (root: PostValue, scope: Scope): string => asJson(fillRoot(root, scope), scope);

/** Fills a body and writes it as a form. Lists repeat their name; members of members are named `outer[inner]`. */
export function formBody(root: PostValue, scope: Scope): string {
  return new URLSearchParams(pairs('', fillRoot(root, scope))).toString();
}

/** Whether a value takes part: its `If` holds or is missing, and its `SkipIf` does not hold. */
export const isWanted = (value: PostValue, scope: Scope): boolean =>
  (value.if.trim() === '' || evaluateCondition(value.if, scope)) && !evaluateCondition(value.skipIf, scope);

/** What stands at the top without a name is the body itself, be it an object or a list. */
function fillRoot(root: PostValue, scope: Scope): Filled {
  if (!isWanted(root, scope)) return { kind: 'members', members: new Map() };
  const [only, ...others] = root.children;
  const bare = only?.key === '' && others.length === 0 && root.key === '' && isWanted(only, scope);
  if (bare && only) return fill(only, scope);
  const filled = fill(root, scope);
  return root.key ? { kind: 'members', members: new Map([[root.key, filled]]) } : filled;
}

function fill(value: PostValue, scope: Scope): Filled {
  if (value.kind === 'Value') {
    return { kind: 'text', text: evaluateText(value.text, scope, value.passes), type: value.type };
  }
  const wanted = value.children.filter((nested) => isWanted(nested, scope));
  if (value.kind === 'Array') return { kind: 'list', items: wanted.map((nested) => fill(nested, scope)) };
  const members = wanted.flatMap((nested): [string, Filled][] => {
    const filled = fill(nested, scope);
    return nested.key === '' && filled.kind === 'members' ? [...filled.members] : [[nested.key, filled]];
  });
  return { kind: 'members', members: new Map(members) };
}

function asJson(filled: Filled, scope: Scope): string {
  if (filled.kind === 'list') return `[${filled.items.map((item) => asJson(item, scope)).join(',')}]`;
  if (filled.kind === 'text') return scalar(filled.text, filled.type, scope);
  const members = [...filled.members].map(([key, member]) => `${JSON.stringify(key)}:${asJson(member, scope)}`);
  return `{${members.join(',')}}`;
}

const whole = /^-?(0|[1-9]\d*)$/;
const decimal = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function scalar(text: string, type: string, scope: Scope): string {
  const bare = text.trim();
  const isNumber = type === 'integer' ? whole : /^(double|number|decimal|float)$/.test(type) ? decimal : null;
  if (isNumber) {
    if (bare === '') return 'null';
    if (isNumber.test(bare)) return bare;
    scope.warn(`"${bare}" is no ${type}; it is sent as text.`);
  }
  if (type === 'boolean') {
    if (/^(true|false)$/i.test(bare)) return bare.toLowerCase();
    if (bare === '') return 'null';
    scope.warn(`"${bare}" is no boolean; it is sent as text.`);
  }
  return JSON.stringify(text.toWellFormed());
}

function pairs(name: string, filled: Filled): [string, string][] {
  if (filled.kind === 'text') return [[name, filled.text]];
  if (filled.kind === 'list') return filled.items.flatMap((item) => pairs(name, item));
  return [...filled.members].flatMap(([key, member]) => pairs(name ? `${name}[${key}]` : key, member));
}
