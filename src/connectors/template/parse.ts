import { badInput } from '../../errors.ts';
import { checkElements, checkScenarios } from './check.ts';
import { attribute, child, childrenOf, flag, oneOf, wholeNumber } from './element.ts';
import type { CrmTemplate, PostValue, Rule, Scenario, TemplateParameter, TemplateProblem } from './template.ts';
import { type Element, readXml } from './xml.ts';

/**
 * Reads a CRM template. What is unusual, unknown or broken is told in `problems`, and the rest is read; a text
 * without a `Crm` element is no template and throws `BAD_USER_INPUT`.
 */
export function parseTemplate(xml: string): CrmTemplate {
  const { root, mistake } = readXml(xml);
  if (root?.name.toLowerCase() !== 'crm') {
    throw badInput(['template'], `This is not a CRM template: ${mistake?.message ?? 'it has no Crm element.'}`);
  }
  const problems: TemplateProblem[] = [];
  checkElements(root, problems);
  const scenarios = childrenOf(root, 'Scenarios').flatMap((block) => childrenOf(block, 'Scenario'));
  const template: CrmTemplate = {
    name: attribute(root, 'Name'),
    version: attribute(root, 'Version'),
    country: attribute(root, 'Country'),
    supportsEmojis: flag(root, 'SupportsEmojis'),
    supportsTranscription: flag(root, 'SupportsTranscription'),
    listPageSize: attribute(root, 'ListPageSize'),
    number: numberOf(child(root, 'Number'), problems),
    maxConcurrentRequests: wholeNumber(child(root, 'Connection'), 'MaxConcurrentRequests', 2, problems) || 1,
    parameters: childrenOf(child(root, 'Parameters'), 'Parameter').map(parameterOf),
    authentication: authenticationOf(child(root, 'Authentication'), problems),
    scenarios: scenarios.flatMap((element) => scenarioOf(element, problems)),
    problems,
  };
  checkScenarios(template, root);
  problems.sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
  if (mistake) problems.unshift({ severity: 'error', element: 'Crm', ...mistake });
  return template;
}

function numberOf(element: Element | undefined, problems: TemplateProblem[]): CrmTemplate['number'] {
  return {
    prefix: oneOf(element, 'Prefix', ['AsIs', 'Off', 'Plus', 'Zeros'], problems),
    maxLength: attribute(element, 'MaxLength'),
  };
}

function parameterOf(element: Element): TemplateParameter {
  return {
    name: attribute(element, 'Name').trim(),
    line: element.line,
    type: attribute(element, 'Type') || 'String',
    parent: attribute(element, 'Parent'),
    editor: attribute(element, 'Editor'),
    title: attribute(element, 'Title'),
    validation: attribute(element, 'Validation'),
    default: attribute(element, 'Default'),
    listValues: attribute(element, 'ListValues')
      .split(',')
      .map((value) => value.trim())
      .filter(Boolean),
    requestUrl: attribute(element, 'RequestUrl'),
    requestUrlParameters: attribute(element, 'RequestUrlParameters'),
    responseScenario: attribute(element, 'ResponseScenario').trim(),
  };
}

function authenticationOf(element: Element | undefined, problems: TemplateProblem[]): CrmTemplate['authentication'] {
  const type = oneOf(element, 'Type', ['No', 'Basic', 'Scenario'], problems);
  const value = child(element, 'Value')?.text ?? element?.text ?? '';
  return { type, value: value.trim() };
}

function scenarioOf(element: Element, problems: TemplateProblem[]): Scenario[] {
  const request = child(element, 'Request');
  const id = attribute(element, 'Id').trim();
  const refuse = (message: string) =>
    problems.push({ severity: 'error', element: 'Scenario', line: element.line, message });
  const type = attribute(element, 'Type') || 'REST';
  if (type.toUpperCase() !== 'REST') {
    refuse(`Scenario "${id}" is of type ${type}; only REST is supported, so it never runs.`);
    return [];
  }
  if (!request) {
    refuse(`Scenario "${id}" has no Request, so it never runs.`);
    return [];
  }
  const outputs = child(element, 'Outputs');
  return [
    {
      id,
      line: element.line,
      entityId: attribute(element, 'EntityId').trim(),
      entityOrder: attribute(element, 'EntityOrder').trim(),
      request: requestOf(request, problems),
      rules: rulesOf(child(element, 'Rules'), problems),
      variables: childrenOf(child(element, 'Variables'), 'Variable').map((variable) => ({
        name: attribute(variable, 'Name').trim(),
        path: attribute(variable, 'Path').trim() || variable.text.trim(),
        filter: rulesOf(child(variable, 'Filter'), problems),
      })),
      outputs: childrenOf(outputs, 'Output').map((output) => ({
        type: attribute(output, 'Type').trim(),
        passes: wholeNumber(output, 'Passes', 0, problems),
        value: attribute(output, 'Value') || output.text.trim(),
      })),
      next: attribute(outputs, 'Next').trim(),
      allowEmpty: flag(outputs, 'AllowEmpty'),
    },
  ];
}

function requestOf(element: Element, problems: TemplateProblem[]): Scenario['request'] {
  const values = child(element, 'PostValues');
  const message = attribute(element, 'Message');
  const method = oneOf(element, 'RequestType', values || message ? ['Post', 'Get'] : ['Get', 'Post'], problems);
  return {
    skipIf: attribute(element, 'SkipIf'),
    url: attribute(element, 'Url').trim(),
    method: method === 'Get' ? 'GET' : 'POST',
    encoding: oneOf(element, 'RequestEncoding', ['UrlEncoded', 'Json'], problems),
    responseType: oneOf(element, 'ResponseType', ['Json', 'Xml'], problems),
    message,
    messagePasses: wholeNumber(element, 'MessagePasses', 0, problems),
    contentType: attribute(element, 'RequestContentType').trim(),
    headers: childrenOf(child(element, 'Headers'), 'Value').map((value) => postValueOf(value, problems)),
    postValues: values ? postValueOf(values, problems) : null,
  };
}

function postValueOf(element: Element, problems: TemplateProblem[]): PostValue {
  const kind = { value: 'Value', array: 'Array' }[element.name.toLowerCase()] ?? 'Object';
  return {
    kind: kind as PostValue['kind'],
    key: attribute(element, 'Key'),
    if: attribute(element, 'If'),
    skipIf: attribute(element, 'SkipIf'),
    passes: wholeNumber(element, 'Passes', 0, problems),
    type: attribute(element, 'Type').trim().toLowerCase() || 'string',
    text: element.text,
    children: childrenOf(element, 'Value', 'Object', 'Array').map((nested) => postValueOf(nested, problems)),
  };
}

function rulesOf(element: Element | undefined, problems: TemplateProblem[]): Rule[] {
  return childrenOf(element, 'Rule').map((rule) => ({
    type: oneOf(rule, 'Type', ['Any', 'Equals', 'Number'], problems),
    ethalon: attribute(rule, 'Ethalon'),
    path: rule.text.trim() || attribute(rule, 'Path').trim(),
  }));
}
