import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import { DomainError } from '../../errors.ts';
import { limits } from '../../limits.ts';
import { isStorable } from '../../storable.ts';
import type { GivenConfiguration } from '../connector.ts';
import { isPattern } from '../template/check-parameters.ts';
import { parseTemplate } from '../template/parse.ts';
import type { CrmTemplate, TemplateParameter } from '../template/template.ts';

export interface TemplateConfiguration {
  template: CrmTemplate;
  parameters: Record<string, string>;
}

/** A template that can be used, with values that its parameters may have. */
export const templateConfiguration: z.ZodType<TemplateConfiguration, GivenConfiguration> = z
  .strictObject({
    file: z.string('A 3CX template is needed, as the XML file that a phone system takes.'),
    parameters: z.record(z.string(), z.string()),
  })
  .transform(({ file, parameters }, context) => {
    const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    const template = readTemplate(file);
    if (typeof template === 'string') refuse(['file'], template);
    else for (const { name, message } of valueProblems(template, parameters)) refuse(['parameters', name], message);
    return typeof template === 'string' ? z.NEVER : { template, parameters };
  });

/** The template, or in one sentence why it cannot be used at all. */
export function readTemplate(file: string): CrmTemplate | string {
  try {
    const template = parseTemplate(file);
    return reasonToRefuse(template) ?? template;
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
}

/** Everything else that is wrong with a template is told, and it runs as far as it goes. */
function reasonToRefuse({ scenarios, authentication, problems }: CrmTemplate): string | null {
  const broken = problems.find(({ fatal }) => fatal);
  if (broken) return `This is not well-formed XML: ${broken.message} (line ${broken.line}).`;
  const ids = new Set(scenarios.map(({ id }) => id.toLowerCase()));
  if (![...ids].some((id) => usable.test(id))) {
    return 'This template can do nothing: it has no scenario that looks up, creates a contact, or reports a call or chat.';
  }
  if (authentication.type === 'Scenario' && !ids.has(authentication.value.toLowerCase())) {
    return `Nobody can log in with this template: there is no scenario "${authentication.value}".`;
  }
  return null;
}

const usable = /^(|lookupbyemail.*|createcontactrecord(fromclient)?|reportcall|reportchat)$/;

interface ValueProblem {
  name: string;
  message: string;
}

/** What is wrong with the values that were given for a template's parameters. */
export function valueProblems(template: CrmTemplate, given: Record<string, string>): ValueProblem[] {
  const known = askedFor(template);
  const find = (name: string) => known.find((parameter) => sameName(parameter.name, name));
  const wrong = Object.entries(given).flatMap(([name, value]) => {
    const parameter = find(name);
    const message = parameter ? reasonToRefuseValue(parameter, value) : unknownName(name, known);
    return message ? [{ name, message }] : [];
  });
  const missing = hostParameters(template)
    .map(find)
    .filter((parameter) => parameter !== undefined)
    .filter(({ name, default: preset }) => !(givenFor(given, name) ?? preset).trim())
    .map(({ name }) => ({ name, message: `${name} is needed: it is part of the CRM's address.` }));
  return [...wrong, ...missing];
}

/** The parameters of a template, and what it takes from the phone system that only the operator can know. */
export function askedFor({ parameters, number }: CrmTemplate): TemplateParameter[] {
  const isOwn = parameters.some(({ name }) => sameName(name, 'MaxLength'));
  return isOwn || !/\[MaxLength\]/i.test(number.maxLength) ? parameters : [...parameters, maxLength];
}

const maxLength: TemplateParameter = {
  name: 'MaxLength',
  line: 0,
  type: 'Integer',
  parent: '',
  editor: 'String',
  title: 'How many digits at the end of a number are looked up; all of them if empty',
  validation: '',
  default: '',
  listValues: [],
  requestUrl: '',
  requestUrlParameters: '',
  responseScenario: '',
};

const sameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

const givenFor = (given: Record<string, string>, name: string) =>
  Object.entries(given).find(([key]) => sameName(key, name))?.[1];

function unknownName(name: string, known: TemplateParameter[]): string {
  const names = known.map((parameter) => parameter.name).join(', ');
  return `There is no parameter ${name}. ${names ? `This template has ${names}.` : 'This template has none.'}`;
}

/** An empty value stands for none; what a template needs of it is the CRM's to say. */
function reasonToRefuseValue(parameter: TemplateParameter, value: string): string | null {
  const { name, listValues, validation } = parameter;
  if (value.length > limits.longText) return `${name} may have at most ${limits.longText} characters.`;
  if (!isStorable(value)) return `${name} holds characters that cannot be stored.`;
  if (value === '') return null;
  const type = parameter.type.toLowerCase();
  if (type === 'list' && listValues.length > 0 && !listValues.includes(value.trim())) {
    return `${name} must be one of ${listValues.join(', ')}.`;
  }
  const [pattern, kind] = forms[type] ?? [];
  if (pattern && !pattern.test(value.trim())) return `${name} must be ${kind}.`;
  return validation && !fits(validation, value) ? `${name} must have the form ${validation}.` : null;
}

const forms: Record<string, [RegExp, string]> = {
  integer: [/^[+-]?\d{1,15}$/, 'a whole number'],
  double: [/^[+-]?\d{1,15}(\.\d{1,15})?$/, 'a number, such as 1.5'],
  boolean: [/^(true|false|1|0)$/i, 'True or False'],
  datetime: [
    /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/,
    'a date or time, such as 2026-01-31T09:30',
  ],
};

/** Whether a value has a form that a template's author wrote as a regular expression, tried for a moment at most. */
function fits(pattern: string, value: string): boolean {
  if (!isPattern(pattern)) return true;
  try {
    return runInNewContext('new RegExp(pattern).test(value)', { pattern, value }, { timeout: 100 });
  } catch {
    return true;
  }
}

/** The names that stand in the host of a request's address; without them nothing can be reached. */
function hostParameters({ scenarios }: CrmTemplate): string[] {
  const hosts = scenarios.map(({ request }) => /^(?:\w+:\/\/)?[^/?#]*/.exec(request.url.trim())?.[0] ?? '');
  const names = hosts.flatMap((host) => [...host.matchAll(/\[([^[\]]+)\]/g)].map(([, name = '']) => name));
  return [...new Set(names.map((name) => name.trim().toLowerCase()))];
}
