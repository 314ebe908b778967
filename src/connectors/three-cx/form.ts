import { DomainError } from '../../errors.ts';
import type { ConfigurationForm, ConnectorParameter, GivenConfiguration } from '../connector.ts';
import { lintTemplate } from '../template/lint.ts';
import { parseTemplate } from '../template/parse.ts';
import { isSecret } from '../template/session.ts';
import type { TemplateParameter } from '../template/template.ts';
import { askedFor, readTemplate, valueProblems } from './configuration.ts';

/** The questions that a template asks, and what its operator should know about it and about the values given. */
export function templateForm({ file, parameters }: GivenConfiguration): ConfigurationForm {
  if (file === null) return unusable('A 3CX template is needed, as the XML file that a phone system takes.');
  try {
    const template = parseTemplate(file);
    const refused = readTemplate(file);
    const problems = lintTemplate(file).map(({ severity, element, line, message }) => ({
      severity,
      element,
      line,
      message,
    }));
    const values = valueProblems(template, parameters).map(({ name, message }) => ({
      severity: 'error' as const,
      element: name,
      line: null,
      message,
    }));
    return {
      parameters: askedFor(template).map(asked),
      problems: [...(typeof refused === 'string' ? unusable(refused).problems : []), ...problems, ...values],
    };
  } catch (error) {
    if (error instanceof DomainError) return unusable(error.message);
    throw error;
  }
}

const unusable = (message: string): ConfigurationForm => ({
  parameters: [],
  problems: [{ severity: 'error', element: 'Crm', line: null, message }],
});

const asked = (parameter: TemplateParameter): ConnectorParameter => ({
  name: parameter.name,
  title: parameter.title || parameter.name,
  type: types[parameter.type.toLowerCase()] ?? 'STRING',
  default: parameter.default,
  choices: parameter.listValues,
  secret: isSecret(parameter),
});

const types: Record<string, ConnectorParameter['type']> = {
  integer: 'INTEGER',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  datetime: 'DATE_TIME',
  password: 'PASSWORD',
  oauth: 'OAUTH',
  list: 'LIST',
};
