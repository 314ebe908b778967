import { checkChains } from './check-chains.ts';
import { checkExpressions } from './check-expressions.ts';
import { checkParameters } from './check-parameters.ts';
import { parseTemplate } from './parse.ts';
import type { TemplateProblem } from './template.ts';
import { readXml } from './xml.ts';

/** More than any CRM needs; chains of more are not followed. */
const mostScenarios = 500;

/** Everything that an author should know of a template, by line. Throws `BAD_USER_INPUT` where it is none. */
export function lintTemplate(xml: string): TemplateProblem[] {
  const template = parseTemplate(xml);
  const { root } = readXml(xml);
  checkParameters(template);
  if (root && template.scenarios.length <= mostScenarios) {
    checkChains(template);
    checkExpressions(template, root);
  }
  return template.problems.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0));
}
