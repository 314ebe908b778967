import { evaluateText } from './expression.ts';
import type { Scope } from './scope.ts';
import type { CrmTemplate } from './template.ts';

/** The number as the template wants it sent: its prefix first, then at most the last digits. */
export function numberToSend(template: CrmTemplate, number: string, scope: Scope): string {
  const prefixed = withPrefix(template.number.prefix, number.trim());
  const longest = longestNumber(template, scope);
  const digits = prefixed.replace(/\D/g, '');
  return longest !== null && digits.length > longest ? digits.slice(-longest) : prefixed;
}

/** How many digits a number may keep; null for all, also where the template's answer is no number. */
export function longestNumber(template: CrmTemplate, scope: Scope): number | null {
  const { maxLength } = template.number;
  const text = maxLength && evaluateText(maxLength, scope).trim();
  return /^[1-9]\d{0,2}$/.test(text) ? Number(text) : null;
}

/** A number that does not begin with `+` or `00` has no prefix to change. */
function withPrefix(prefix: CrmTemplate['number']['prefix'], number: string): string {
  const international = /^(?:\+|00)(?=\d)/;
  if (prefix === 'Off') return number.replace(international, '');
  if (prefix === 'Plus') return number.replace(international, '+');
  if (prefix === 'Zeros') return number.replace(international, '00');
  return number;
}

/** The shortest number that may stand for the end of a longer one. */
const shortestEnd = 6;

/**
 * Whether two numbers are the same, as a phone system sees it: all digits, or all of the shorter one at the end of the
 * longer. Leading zeros are trunk or exit codes and do not count; short numbers must be equal.
 */
export function sameNumber(one: string, other: string, longest: number | null = null): boolean {
  const [first, second] = [one, other].map((number) => significant(number, longest));
  if (!first || !second) return false;
  if (first === second) return true;
  const [short, long] = first.length < second.length ? [first, second] : [second, first];
  return short.length >= shortestEnd && long.endsWith(short);
}

function significant(number: string, longest: number | null): string {
  const digits = number.replace(/\(0\)/, '').replace(/\D/g, '');
  const tail = longest !== null && longest >= shortestEnd ? digits.slice(-longest) : digits;
  return tail.replace(/^0+(?=\d)/, '');
}
