import type { CrmTemplate, TemplateParameter, TemplateProblem } from './template.ts';

const types = ['String', 'Integer', 'Double', 'Boolean', 'DateTime', 'Password', 'OAuth', 'List'];

/** Tells what is wrong with the questions that a template asks. */
export function checkParameters({ parameters, problems }: CrmTemplate): void {
  const seen = new Set<string>();
  for (const parameter of parameters) {
    const { name, line } = parameter;
    const tell = (severity: TemplateProblem['severity'], message: string) =>
      problems.push({ severity, element: 'Parameter', line, message });
    if (name === '') tell('error', 'A parameter has no Name; nothing can use it.');
    else if (seen.has(name.toLowerCase()))
      tell('warning', `There are several parameters ${name}; the last one counts.`);
    seen.add(name.toLowerCase());
    for (const message of faultsOf(parameter)) tell('warning', message);
    if (/^oauth$/i.test(parameter.type)) for (const message of grantFaults(parameter)) tell('error', message);
  }
}

function faultsOf({ name, type, default: preset, listValues, validation }: TemplateParameter): string[] {
  const known = types.find((one) => one.toLowerCase() === type.toLowerCase());
  const faults: string[] = [];
  if (!known)
    faults.push(`${name} is of type ${type}, which is none of ${types.join(', ')}; it is taken for a String.`);
  if (known === 'List' && listValues.length === 0) faults.push(`${name} is a List without ListValues.`);
  if (known === 'List' && preset && listValues.length > 0 && !listValues.includes(preset.trim())) {
    faults.push(`The Default of ${name} is none of its ListValues.`);
  }
  if (known === 'Integer' && preset && !/^\s*[+-]?\d+\s*$/.test(preset))
    faults.push(`The Default of ${name} is no whole number.`);
  if (known === 'Boolean' && preset && !/^\s*(true|false|0|1)\s*$/i.test(preset)) {
    faults.push(`The Default of ${name} is neither True nor False; it is taken for False.`);
  }
  if (validation && !isPattern(validation))
    faults.push(`The Validation of ${name} is no regular expression; it is not applied.`);
  return faults;
}

function grantFaults({ name, requestUrl, responseScenario }: TemplateParameter): string[] {
  return [
    ...(requestUrl ? [] : [`${name} has no RequestUrl, so nobody can grant access.`]),
    ...(responseScenario ? [] : [`${name} has no ResponseScenario, so no granted access is kept.`]),
  ];
}

/** Whether a parameter's `Validation` is a regular expression that can be used. */
export function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}
