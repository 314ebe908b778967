import { methodNamed } from './methods.ts';
import type { Scope } from './scope.ts';
import { bracketPairs, type Expression, parseExpression } from './syntax.ts';
import { dateOf, guard, longestText, numberOf, shield, textOf, unshield, type Value } from './value.ts';

/** More passes than any template needs; a parameter that names itself would otherwise never come to rest. */
const mostPasses = 10;

/** A value, and whether its text belongs to the template, so that a further pass may evaluate it. */
interface Result {
  value: Value;
  live: boolean;
}

/**
 * Fills the expressions of a text, and evaluates the result again as often as `passes` says. Only what the template
 * and its parameters say is ever evaluated again: brackets in a caller's name stay brackets. Never throws.
 */
export function evaluateText(text: string, scope: Scope, passes = 0): string {
  let current = guard(text);
  for (let pass = 0; pass <= Math.min(passes, mostPasses); pass++) {
    if (!/[[\]{}^]/.test(current)) break;
    current = fill(current, scope);
  }
  return unshield(current);
}

/** Whether a condition such as `[A]!=True||[B]==""` holds. Only the word `True` is true; nothing at all is false. */
export function evaluateCondition(text: string, scope: Scope): boolean {
  return isTrue(evaluate(parseExpression(guard(text)), scope).value);
}

/** One pass over a text: escapes are resolved, brackets that belong together are evaluated, all else is copied. */
function fill(text: string, scope: Scope): string {
  const partners = bracketPairs(text);
  let filled = '';
  let at = 0;
  while (at < text.length) {
    const end = partners.get(at);
    const two = text.slice(at, at + 2);
    if (two in escapes) {
      filled += escapes[two];
      at += 2;
    } else if (end !== undefined) {
      filled += emitted(evaluate(parseExpression(text.slice(at, end + 1)), scope));
      at = end + 1;
    } else filled += text[at++];
    if (filled.length > longestText) {
      scope.warn('A text grew too long and was cut.');
      return filled.slice(0, longestText);
    }
  }
  return filled;
}

const escapes: Record<string, string> = { '{{': shield('['), '}}': shield(']'), '^^': '"' };

const emitted = ({ value, live }: Result) => (live ? textOf(value) : shield(textOf(value)));

function evaluate(expression: Expression, scope: Scope): Result {
  switch (expression.kind) {
    case 'text':
      return { value: expression.quoted ? fill(expression.text, scope) : resolved(expression.text), live: true };
    case 'bracket':
      return evaluateBracket(expression, scope);
    case 'iif':
      return evaluate(isTrue(plain(expression.condition, scope)) ? expression.yes : expression.no, scope);
    case 'method':
      return evaluateMethod(expression, scope);
    case 'joined':
      return { value: joined(expression.parts, scope), live: true };
    case 'binary':
      return { value: combined(expression, scope), live: false };
  }
}

function joined(parts: Expression[], scope: Scope): string {
  let text = '';
  for (const part of parts) {
    if (text.length > longestText) break;
    text += emitted(evaluate(part, scope));
  }
  return text;
}

const resolved = (bareword: string) => bareword.replace(/\{\{|\}\}/g, (two) => escapes[two] as string);

/** `[Name]` is a variable, `[Page+1]` counts on from one; brackets around text that can be no name are just brackets. */
function evaluateBracket({ inner, source }: Expression & { kind: 'bracket' }, scope: Scope): Result {
  if (inner.kind === 'text' && !inner.quoted) {
    const name = inner.text;
    const found = scope.find(name);
    if (found) return found.live ? { value: guard(textOf(found.value)), live: true } : found;
    const [, variable = '', sign = '', operand] = /^([\p{L}_][\p{L}\d_:]*)\s*([-+*/])\s*(\d{1,9})$/u.exec(name) ?? [];
    const counted = scope.find(variable);
    if (counted) return { value: calculated(numberOf(counted.value) ?? 0, sign, Number(operand)), live: false };
    if (/^[\p{L}_][\p{L}\d_:. -]*$/u.test(name)) return scope.missing(unshield(source));
  }
  const evaluated = evaluate(inner, scope);
  const isText = inner.kind === 'joined' ? bareStart(inner.parts[0]) : inner.kind === 'text' && !inner.quoted;
  if (!isText && source !== '') return evaluated;
  return { value: `${shield('[')}${emitted(evaluated)}${shield(']')}`, live: true };
}

const bareStart = (part: Expression | undefined) => part?.kind === 'text' && !part.quoted;

function calculated(left: number, sign: string, right: number): number {
  if (sign === '+') return left + right;
  if (sign === '-') return left - right;
  return sign === '*' ? left * right : right === 0 ? 0 : left / right;
}

function evaluateMethod({ subject, name, args }: Expression & { kind: 'method' }, scope: Scope): Result {
  const { value, live } = evaluate(subject, scope);
  const method = methodNamed(name);
  if (!method) {
    scope.warn(`There is no method ${name}.`);
    return { value, live };
  }
  // A method must see what others wrote as it is, and then the whole text counts as theirs.
  const own = live && typeof value === 'string' ? unshield(value) : value;
  const values = args.map((argument) => plain(argument, scope));
  return { value: method(own, values), live: live && own === value };
}

/** A value as comparisons and methods see it. */
function plain(expression: Expression, scope: Scope): Value {
  const { value, live } = evaluate(expression, scope);
  return live && typeof value === 'string' ? unshield(value) : value;
}

const isTrue = (value: Value) => textOf(value).trim().toLowerCase() === 'true';

/** Walks down to the first operand and back up, because a chain may be longer than the stack is deep. */
function combined(expression: Expression & { kind: 'binary' }, scope: Scope): Value {
  const chain: (Expression & { kind: 'binary' })[] = [];
  let first: Expression = expression;
  for (; first.kind === 'binary'; first = first.left) chain.push(first);
  let value = plain(first, scope);
  for (const { operator, right } of chain.reverse()) value = applied(operator, value, right, scope);
  return value;
}

function applied(operator: string, first: Value, right: Expression, scope: Scope): boolean {
  if (operator === '||') return isTrue(first) || isTrue(plain(right, scope));
  if (operator === '&&') return isTrue(first) && isTrue(plain(right, scope));
  const second = plain(right, scope);
  if (operator === '==') return equal(first, second);
  if (operator === '!=') return !equal(first, second);
  const order = compared(first, second);
  if (operator === '>=') return order >= 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order < 0;
}

/** Values are text, so 0612 is not 612; only what was counted here is compared as a number. */
function equal(one: Value, other: Value): boolean {
  const counted = typeof one === 'number' || typeof other === 'number';
  return counted ? compared(one, other) === 0 : textOf(one) === textOf(other);
}

/** Numbers and times by size, everything else as text, sign by sign. */
function compared(one: Value, other: Value): number {
  const numbers = [numberOf(one), numberOf(other)] as const;
  if (numbers[0] !== null && numbers[1] !== null) return numbers[0] - numbers[1];
  const [first, second] = [dateOf(one), dateOf(other)];
  if (first && second) return first.getTime() - second.getTime();
  const texts = [textOf(one), textOf(other)] as const;
  return texts[0] === texts[1] ? 0 : texts[0] < texts[1] ? -1 : 1;
}
