import { followersOf } from './check-chains.ts';
import { attribute } from './element.ts';
import { methodNamed } from './methods.ts';
import { bracketPairs, type Expression, parseExpression } from './syntax.ts';
import type { CrmTemplate, Scenario } from './template.ts';
import type { Element } from './xml.ts';

/** What a phone system knows itself, at one time or another. */
const ownNames = lowerWords(`Number Name FirstName LastName CompanyName Email SearchText EntityId EntityType Agent
  AgentFirstName AgentLastName AgentEmail QueueExtension CallType CallDirection Duration DurationTimespan DateTime
  CallStartTimeUTC CallEndTimeUTC CallEstablishedTimeUTC CallStartTimeLocal CallEndTimeLocal CallEstablishedTimeLocal
  RecordingUrl RecordingHyperLink Transcription Summary Sentiment ChatMessages ChatStartTimeUTC ChatEndTimeUTC
  ChatStartTimeLocal ChatEndTimeLocal code state RedirectUri Query Page PageSize LineBreak MaxLength FoundRecordCount
  CreateContactName CreateOnCallDirection`);

function lowerWords(text: string): string[] {
  return text.toLowerCase().split(/\s+/);
}

/** Where expressions stand: attributes that are texts with holes, or conditions; and elements whose content is one. */
const places: Record<string, { texts?: string; conditions?: string; content?: true }> = {
  number: { texts: 'MaxLength' },
  parameter: { texts: 'Default RequestUrl RequestUrlParameters' },
  request: { texts: 'Url Message RequestContentType', conditions: 'SkipIf' },
  value: { conditions: 'If SkipIf', content: true },
  object: { conditions: 'If SkipIf' },
  array: { conditions: 'If SkipIf' },
  rule: { texts: 'Ethalon' },
  output: { texts: 'Value', content: true },
};

type Tell = (severity: 'error' | 'warning', message: string) => void;

/** Reads every expression of a template, and tells of what can only be a mistake in it. */
export function checkExpressions(template: CrmTemplate, root: Element): void {
  const everywhere = new Set([
    ...ownNames,
    ...template.parameters.map(({ name }) => name.toLowerCase()),
    ...published(template),
  ]);
  const names = namesByPlace(template, everywhere);
  const visit = (element: Element, known: ReadonlySet<string>) => {
    const told = new Set<string>();
    const tell: Tell = (severity, message) => {
      if (!told.has(message)) template.problems.push({ severity, element: element.name, line: element.line, message });
      told.add(message);
    };
    const { texts = '', conditions = '', content } = places[element.name.toLowerCase()] ?? {};
    for (const name of texts.split(' ')) checkText(attribute(element, name), known, tell);
    for (const name of conditions.split(' ')) checkOne(attribute(element, name), known, tell);
    if (content) checkText(element.text, known, tell);
    for (const nested of element.children) {
      const place = placeOf(nested.line, attribute(nested, 'Id').trim());
      visit(nested, (nested.name.toLowerCase() === 'scenario' && names.get(place)) || known);
    }
  };
  visit(root, everywhere);
}

/** The variables and outputs of the login, which every other scenario can use. */
function published(template: CrmTemplate): string[] {
  const { authentication, scenarios } = template;
  const login = scenarios.filter(({ id }) => id.toLowerCase() === authentication.value.toLowerCase());
  const all = new Set(authentication.type === 'Scenario' ? login : []);
  for (const scenario of all) for (const next of followersOf(template, scenario)) all.add(next);
  return [...all].flatMap((scenario) => [
    ...variablesOf(scenario),
    ...scenario.outputs.map(({ type }) => type.toLowerCase()),
  ]);
}

const variablesOf = ({ variables }: Scenario) => variables.map(({ name }) => name.toLowerCase());

/** Several scenarios may begin on one line, as where a file has only one. */
const placeOf = (line: number, id: string) => `${line} ${id.toLowerCase()}`;

/** What each scenario can use: what is known everywhere, its own variables, and those of the chain that leads to it. */
function namesByPlace(template: CrmTemplate, everywhere: ReadonlySet<string>): Map<string, ReadonlySet<string>> {
  const names = new Map(template.scenarios.map((scenario) => [scenario, new Set(variablesOf(scenario))]));
  for (const start of template.scenarios) {
    const reached = new Set(followersOf(template, start));
    for (const next of reached) for (const following of followersOf(template, next)) reached.add(following);
    for (const later of reached) for (const name of variablesOf(start)) names.get(later)?.add(name);
  }
  const places = new Map<string, Set<string>>();
  for (const [{ line, id }, own] of names) {
    const place = placeOf(line, id);
    places.set(place, new Set([...(places.get(place) ?? everywhere), ...own]));
  }
  return places;
}

function checkText(text: string, known: ReadonlySet<string>, tell: Tell): void {
  if (!/[[\]]/.test(text)) return;
  const partners = bracketPairs(text);
  for (let at = 0; at < text.length; at++) {
    const end = partners.get(at);
    if (end === undefined) {
      if (text[at] === '[') tell('error', `A [ is never closed: ${excerpt(text.slice(at))}`);
      continue;
    }
    checkOne(text.slice(at, end + 1), known, tell);
    at = end;
  }
}

function checkOne(text: string, known: ReadonlySet<string>, tell: Tell): void {
  if (text.trim() === '') return;
  const bare = text.replace(/"[^"]*"|\^\^.*?\^\^/gs, '');
  if (bare.includes('"')) tell('error', `A quotation mark is never closed: ${excerpt(text)}`);
  else if (/\bIIf\s*\(|\]\s*\.\w+\s*\(/i.test(bare) && count(bare, '(') !== count(bare, ')')) {
    tell('error', `The parentheses do not close each other: ${excerpt(text)}`);
  }
  if (count(bare, '[') !== count(bare, ']')) tell('error', `The brackets do not close each other: ${excerpt(text)}`);
  checkExpression(parseExpression(text), known, tell);
}

const count = (text: string, sign: string) => text.split(sign).length - 1;
const excerpt = (text: string) => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

function checkExpression(expression: Expression, known: ReadonlySet<string>, tell: Tell): void {
  if (expression.kind === 'text' && expression.quoted) checkText(expression.text, known, tell);
  if (expression.kind === 'bracket') checkName(expression.source, known, tell);
  if (expression.kind === 'iif' && expression.given !== 3) {
    tell('error', `IIf takes a condition and two values, not ${expression.given} in all.`);
  }
  if (expression.kind === 'method' && !methodNamed(expression.name)) {
    tell('error', `There is no method ${expression.name}.`);
  }
  for (const part of partsOf(expression)) checkExpression(part, known, tell);
}

function partsOf(expression: Expression): Expression[] {
  switch (expression.kind) {
    case 'text':
      return [];
    case 'bracket':
      return [expression.inner];
    case 'iif':
      return [expression.condition, expression.yes, expression.no];
    case 'method':
      return [expression.subject, ...expression.args];
    case 'joined':
      return expression.parts;
    case 'binary':
      return operandsOf(expression);
  }
}

/** A chain of comparisons may be longer than the stack is deep. */
function operandsOf(expression: Expression & { kind: 'binary' }): Expression[] {
  const operands: Expression[] = [];
  let first: Expression = expression;
  for (; first.kind === 'binary'; first = first.left) operands.push(first.right);
  return [first, ...operands];
}

function checkName(source: string, known: ReadonlySet<string>, tell: Tell): void {
  const [, method] = /^\s*([\p{L}_]\w*)\.\w+\s*\(/u.exec(source) ?? [];
  if (method) tell('error', `A method is called on the variable's brackets: [[${method}]…], not [${method}…].`);
  const [, name = ''] = /^\s*([\p{L}_][\p{L}\d_]*)\s*(?:[-+*/]\s*\d+\s*)?$/u.exec(source) ?? [];
  const key = name.toLowerCase();
  if (name === '' || known.has(key) || (key.startsWith('escaped') && known.has(key.slice('escaped'.length)))) return;
  tell('warning', `Nothing is known as [${name}] here; it is sent as it is written.`);
}
