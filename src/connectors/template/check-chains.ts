import { outputName } from './contacts.ts';
import type { CrmTemplate, Scenario, TemplateProblem } from './template.ts';

/** Tells of chains that end without what they are for: a contact that a phone system keeps, a login, a grant. */
export function checkChains(template: CrmTemplate): void {
  const { scenarios, authentication, parameters, problems } = template;
  const tell = (severity: TemplateProblem['severity'], { line }: Scenario, message: string) =>
    problems.push({ severity, element: 'Scenario', line, message });
  const named = (id: string) => scenarios.filter((scenario) => scenario.id.toLowerCase() === id.toLowerCase());
  for (const scenario of scenarios) {
    if (scenario.request.url === '')
      tell('error', scenario, `Scenario "${scenario.id}" has no Url, so its request is never sent.`);
    else if (!/^(https?:|\[)/i.test(scenario.request.url)) {
      tell(
        'error',
        scenario,
        `The Url of "${scenario.id}" is no address of the web: it begins with neither http nor a variable.`,
      );
    }
    if (leadsToItself(template, scenario))
      tell('error', scenario, `The chain of "${scenario.id}" leads back to itself.`);
  }
  for (const end of endsOf(
    template,
    scenarios.filter(({ id }) => /^(|lookupbyemail.*)$/i.test(id)),
  )) {
    const lacks = missingOutputs(end, template);
    if (lacks) tell('error', end, `Nothing that "${end.id}" finds is ever shown: it has no output ${lacks}.`);
  }
  if (authentication.type === 'Scenario') {
    for (const end of endsOf(template, named(authentication.value))) {
      const has = outputsOf(end);
      if (end.outputs.length === 0)
        tell('error', end, `The login "${end.id}" has no outputs, so nobody is ever logged in.`);
      else if (!has('Bearer') && !(has('HeaderName') && has('HeaderValue'))) {
        tell(
          'warning',
          end,
          `The login "${end.id}" gives neither a Bearer nor HeaderName and HeaderValue; only its variables are used.`,
        );
      }
    }
  }
  for (const { responseScenario } of parameters.filter(({ type }) => /^oauth$/i.test(type))) {
    for (const end of endsOf(template, named(responseScenario))) {
      if (!outputsOf(end)('Result'))
        tell('error', end, `"${end.id}" has no output Result, so no granted access is kept.`);
    }
  }
}

const outputsOf =
  ({ outputs }: Scenario) =>
  (name: string) =>
    outputs.some(({ type }) => outputName(type).toLowerCase() === name.toLowerCase());

/** What a phone system asks of a contact; a number only of one that was looked up by it. */
function missingOutputs(end: Scenario, template: CrmTemplate): string | null {
  const has = outputsOf(end);
  if (!has('ContactUrl')) return 'ContactUrl';
  if (!has('FirstName') && !has('LastName') && !has('CompanyName')) return 'FirstName, LastName or CompanyName';
  const byNumber = endsOf(
    template,
    template.scenarios.filter(({ id }) => id === ''),
  ).includes(end);
  return byNumber && !end.outputs.some(({ type }) => /^(phone|fax)/i.test(type)) ? 'for a phone number' : null;
}

/** The last scenarios of chains. */
function endsOf(template: CrmTemplate, starts: Scenario[]): Scenario[] {
  const seen = new Set(starts);
  // A set goes on to what is added while it is walked through.
  for (const scenario of seen) for (const next of followersOf(template, scenario)) seen.add(next);
  return [...seen].filter((scenario) => followersOf(template, scenario).length === 0);
}

export const followersOf = ({ scenarios }: CrmTemplate, { next }: Scenario): Scenario[] =>
  next === '' ? [] : scenarios.filter(({ id }) => id.toLowerCase() === next.toLowerCase());

function leadsToItself(template: CrmTemplate, scenario: Scenario): boolean {
  const seen = new Set(followersOf(template, scenario));
  for (const next of seen) for (const following of followersOf(template, next)) seen.add(following);
  return seen.has(scenario);
}
