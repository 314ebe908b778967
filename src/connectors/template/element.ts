import type { TemplateProblem } from './template.ts';
import type { Element } from './xml.ts';

/** An attribute's value, however its name is capitalised; empty where it is missing. */
export const attribute = (element: Element | undefined, name: string): string =>
  element?.attributes.get(name.toLowerCase())?.value ?? '';

/** The children of these names, in the order in which they stand. */
export function childrenOf(element: Element | undefined, ...names: string[]): Element[] {
  const wanted = names.map((name) => name.toLowerCase());
  return element?.children.filter(({ name }) => wanted.includes(name.toLowerCase())) ?? [];
}

export const child = (element: Element | undefined, name: string): Element | undefined => childrenOf(element, name)[0];

export const flag = (element: Element | undefined, name: string): boolean =>
  /^\s*(true|1)\s*$/i.test(attribute(element, name));

/** The choice that an attribute names; the first where it names none, and a problem where it names another. */
export function oneOf<Choice extends string>(
  element: Element | undefined,
  name: string,
  choices: readonly [Choice, ...Choice[]],
  problems: TemplateProblem[],
): Choice {
  const value = attribute(element, name).trim();
  const found = choices.find((choice) => choice.toLowerCase() === value.toLowerCase());
  if (!found && value && element) {
    const message = `${name} must be one of ${choices.join(', ')}, not "${value}"; ${choices[0]} is taken.`;
    problems.push({ severity: 'warning', element: element.name, line: element.line, message });
  }
  return found ?? choices[0];
}

export function wholeNumber(
  element: Element | undefined,
  name: string,
  missing: number,
  problems: TemplateProblem[],
): number {
  const value = attribute(element, name).trim();
  if (!value || !element) return missing;
  if (/^\d{1,6}$/.test(value)) return Number(value);
  const message = `${name} must be a whole number, not "${value}"; ${missing} is taken.`;
  problems.push({ severity: 'warning', element: element.name, line: element.line, message });
  return missing;
}
