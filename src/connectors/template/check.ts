import { attribute, child, childrenOf } from './element.ts';
import type { CrmTemplate, TemplateProblem } from './template.ts';
import type { Element } from './xml.ts';

const postValue = { attributes: 'Key If SkipIf Passes Type', children: 'Value Object Array' };

/** What the format knows; a phone system ignores anything else without a word. */
const format: Record<string, { attributes?: string; children?: string }> = {
  Crm: {
    attributes: 'Name Version Country SupportsEmojis SupportsTranscription ListPageSize',
    children: 'Number Connection Parameters Authentication Scenarios',
  },
  Number: { attributes: 'Prefix MaxLength' },
  Connection: { attributes: 'MaxConcurrentRequests' },
  Parameters: { children: 'Parameter' },
  Parameter: {
    attributes:
      'Name Type Parent Editor Title Validation Default ListValues RequestUrl RequestUrlParameters ResponseScenario',
  },
  Authentication: { attributes: 'Type', children: 'Value' },
  Scenarios: { children: 'Scenario' },
  Scenario: { attributes: 'Id Type EntityId EntityOrder', children: 'Request Rules Variables Outputs' },
  Request: {
    attributes: 'SkipIf Url RequestType RequestEncoding ResponseType Message MessagePasses RequestContentType',
    children: 'Headers PostValues',
  },
  Headers: { children: 'Value' },
  PostValues: postValue,
  Value: postValue,
  Object: postValue,
  Array: postValue,
  Rules: { children: 'Rule' },
  Rule: { attributes: 'Type Ethalon' },
  Variables: { children: 'Variable' },
  Variable: { attributes: 'Name Path LookupValue', children: 'Filter' },
  Filter: { children: 'Rule' },
  Outputs: { attributes: 'Next AllowEmpty', children: 'Output' },
  Output: { attributes: 'Type Passes Value' },
};

const known = new Map(
  Object.entries(format).map(([name, { attributes = '', children = '' }]) => [
    name.toLowerCase(),
    { attributes: lowerWords(attributes), children: lowerWords(children) },
  ]),
);

function lowerWords(text: string): string[] {
  return text.toLowerCase().split(' ');
}

/** Tells of every element and attribute that the format does not have; what is inside of one is not looked at. */
export function checkElements(element: Element, problems: TemplateProblem[]): void {
  const { attributes, children } = known.get(element.name.toLowerCase()) ?? { attributes: [], children: [] };
  const warn = (line: number, message: string) =>
    problems.push({ severity: 'warning', element: element.name, line, message });
  for (const [key, { name }] of element.attributes) {
    if (!attributes.includes(key) && !/^(xmlns|xsi|xml)\b/.test(key)) {
      warn(element.line, `The attribute ${name} is not part of the format and is ignored.`);
    }
  }
  for (const nested of element.children) {
    if (children.includes(nested.name.toLowerCase())) checkElements(nested, problems);
    else warn(nested.line, `The element ${nested.name} is not part of the format and is ignored.`);
  }
}

const entryPoint =
  /^(|ReportCall|ReportChat|CreateContactRecord|CreateContactRecordFromClient|(LookupByEmail|SearchContacts|LookupFromCFD_).*)$/i;

/** Tells what can never work: links to nowhere, scenarios that nobody runs, positions in paths. */
export function checkScenarios(template: CrmTemplate, root: Element): void {
  const { scenarios, authentication, parameters, problems } = template;
  const elements = childrenOf(root, 'Scenarios').flatMap((block) => childrenOf(block, 'Scenario'));
  const lineOf = (id: string) => elements.find((element) => attribute(element, 'Id').trim() === id)?.line ?? null;
  const tell = (severity: TemplateProblem['severity'], element: string, line: number | null, message: string) =>
    problems.push({ severity, element, line, message });
  const ids = new Set(scenarios.map(({ id }) => id.toLowerCase()));
  const named = new Set<string>();
  const refer = (id: string, element: string, line: number | null) => {
    named.add(id.toLowerCase());
    if (id && !ids.has(id.toLowerCase())) tell('error', element, line, `There is no scenario "${id}".`);
  };
  if (!child(root, 'Number')) tell('warning', 'Crm', root.line, 'There is no Number; numbers are sent as they are.');
  if (childrenOf(root, 'Scenarios').length > 1) {
    tell('warning', 'Crm', root.line, 'There are several Scenarios elements; they are read as one.');
  }
  for (const { id, next } of scenarios) if (next) refer(next, 'Outputs', lineOf(id));
  const authenticationLine = child(root, 'Authentication')?.line ?? null;
  if (authentication.type === 'Scenario') refer(authentication.value, 'Authentication', authenticationLine);
  for (const { responseScenario } of parameters) if (responseScenario) refer(responseScenario, 'Parameter', null);
  for (const id of new Set(scenarios.map((scenario) => scenario.id))) {
    if (entryPoint.test(id) || named.has(id.toLowerCase())) continue;
    tell(
      'warning',
      'Scenario',
      lineOf(id),
      `Nothing runs scenario "${id}": it is no entry point and no Next names it.`,
    );
  }
  for (const { id, variables, rules } of scenarios) {
    const paths = [...rules, ...variables, ...variables.flatMap(({ filter }) => filter)].map(({ path }) => path);
    for (const path of new Set(paths.filter((text) => /\[\d+\]|(^|\.)\d+(\.|$)/.test(text)))) {
      tell('warning', 'Scenario', lineOf(id), `The path ${path} counts positions, which finds nothing.`);
    }
  }
}
