import type { OutgoingResponse, Send } from '../../outgoing/send.ts';
import { leafText, readAnswer } from './answer.ts';
import { outputName } from './contacts.ts';
import { evaluateCondition, evaluateText } from './expression.ts';
import { buildRequest } from './request.ts';
import { type AnswerRecord, recordsOf } from './rules.ts';
import type { Scope } from './scope.ts';
import type { CrmTemplate, Scenario } from './template.ts';
import type { Recorder } from './trace.ts';

/** One piece of work: what its scenarios share. */
export interface Run {
  template: CrmTemplate;
  send: Send;
  trace: Recorder;
  /** Headers that prove who asks; null where logging in failed. Told the headers that were refused, it logs in anew. */
  authorize(refused?: Record<string, string>): Promise<Record<string, string> | null>;
  /** How many more requests it may send. */
  requestsLeft: number;
}

/** What the last scenario of a chain gave for one record. */
export interface Delivery {
  scenario: string;
  outputs: Record<string, string>;
  /** Every variable of the record, inherited ones too. */
  variables: AnswerRecord;
  /** False where the chain only went on because it may do so without a record. */
  found: boolean;
  /** The last answer that was read, for those who want more than its outputs. */
  content: unknown;
}

type Link = Pick<Delivery, 'variables' | 'found' | 'content'>;

const start: Link = { variables: {}, found: false, content: null };
const longestChain = 20;

/** Runs scenarios of one kind in order. Each can see in `[FoundRecordCount]` how many records those before it found. */
export async function runScenarios(run: Run, scenarios: Scenario[], scope: Scope): Promise<Delivery[]> {
  const deliveries: Delivery[] = [];
  for (const scenario of inEntityOrder(scenarios, scope)) {
    const count = deliveries.filter(({ found }) => found).length;
    deliveries.push(...(await runChain(run, scenario, scope.with({ FoundRecordCount: count }), start, 0)));
  }
  return deliveries;
}

/** Scenarios of one id in the order of their entities that the user chose, such as `Leads/Contacts`; others are left out. */
function inEntityOrder(scenarios: Scenario[], scope: Scope): Scenario[] {
  const named = scenarios.find(({ entityOrder }) => entityOrder)?.entityOrder ?? '';
  const text = named.includes('[') ? evaluateText(named, scope, 1) : String(scope.find(named)?.value ?? named);
  const order = text
    .split('/')
    .map((entity) => entity.trim().toLowerCase())
    .filter(Boolean);
  const place = ({ entityId }: Scenario) => (entityId ? order.indexOf(entityId.toLowerCase()) : order.length);
  if (!scenarios.some((scenario) => scenario.entityId && place(scenario) >= 0)) return scenarios;
  return scenarios.filter((scenario) => place(scenario) >= 0).toSorted((one, other) => place(one) - place(other));
}

async function runChain(run: Run, scenario: Scenario, scope: Scope, link: Link, depth: number): Promise<Delivery[]> {
  const answered = await ask(run, scenario, scope);
  const links = answered.map(({ record, content }) => ({
    variables: { ...link.variables, ...record },
    found: true,
    content,
  }));
  if (links.length === 0 && scenario.allowEmpty) {
    links.push({ ...link, variables: { ...link.variables, ...unset(scenario, scope) } });
  }
  const following = run.template.scenarios.filter(({ id }) => scenario.next && sameId(id, scenario.next));
  if (following.length > 0 && depth >= longestChain) {
    run.trace.warnings.add(`The chain is too long; it ends at "${scenario.id}".`);
    return [];
  }
  const deliveries: Delivery[] = [];
  for (const next of links) {
    const inner = scope.with(next.variables);
    if (following.length === 0)
      deliveries.push({ ...next, scenario: scenario.id, outputs: outputsOf(scenario, inner) });
    for (const follower of following) deliveries.push(...(await runChain(run, follower, inner, next, depth + 1)));
  }
  return deliveries;
}

export const sameId = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Without a record a scenario's variables are empty, unless the chain already knows them. */
const unset = ({ variables }: Scenario, scope: Scope): AnswerRecord =>
  Object.fromEntries(variables.filter(({ name }) => !scope.find(name)).map(({ name }) => [name, '']));

const outputsOf = ({ outputs }: Scenario, scope: Scope): Record<string, string> =>
  Object.fromEntries(outputs.map(({ type, passes, value }) => [outputName(type), evaluateText(value, scope, passes)]));

/** The records of one scenario; none if it is skipped, or fails, or finds nothing. */
async function ask(run: Run, scenario: Scenario, scope: Scope): Promise<{ record: AnswerRecord; content: unknown }[]> {
  const { trace } = run;
  const step = (outcome: 'skipped' | 'found' | 'empty' | 'failed', records = 0) => {
    trace.steps.push({ scenario: scenario.id, outcome, records });
    return [];
  };
  if (evaluateCondition(scenario.request.skipIf, scope)) return step('skipped');
  const response = await exchange(run, scenario, scope);
  if (!response || (response.status !== 404 && !isSuccess(response))) return step('failed');
  const answer = isSuccess(response) ? readAnswer(response.body, scenario.request.responseType) : { content: null };
  if (!answer && scenario.rules.length + scenario.variables.length > 0) {
    trace.warnings.add(`The answer to "${scenario.id}" is not ${scenario.request.responseType.toUpperCase()}.`);
    return step('failed');
  }
  const content = answer?.content ?? null;
  const records = isSuccess(response) ? recordsOf(scenario, content, scope) : [];
  step(records.length > 0 ? 'found' : 'empty', records.length);
  return records.map((record) => ({ record, content }));
}

const isSuccess = ({ status }: OutgoingResponse) => status >= 200 && status < 300;

/** Sends a scenario's request; where its login is refused, logs in once more and repeats it. */
async function exchange(run: Run, scenario: Scenario, scope: Scope): Promise<OutgoingResponse | null> {
  const headers = await run.authorize();
  if (!headers) return null;
  const response = await sendOnce(run, scenario, scope, headers);
  if (response?.status !== 401) return told(run, scenario, response);
  const renewed = await run.authorize(headers);
  if (!renewed || renewed === headers) return told(run, scenario, response);
  return told(run, scenario, await sendOnce(run, scenario, scope, renewed));
}

async function sendOnce(
  run: Run,
  scenario: Scenario,
  scope: Scope,
  headers: Record<string, string>,
): Promise<OutgoingResponse | null> {
  if (run.requestsLeft-- <= 0) {
    run.trace.warnings.add('This needs too many requests; the rest were not sent.');
    return null;
  }
  const built = buildRequest(scenario.request, scope);
  const request = { ...built, headers: { ...headers, ...built.headers } };
  try {
    const response = await run.send(request);
    run.trace.exchange(scenario.id, request, response);
    return response;
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(leafText(error));
    run.trace.exchange(scenario.id, request, failure);
    run.trace.warnings.add(`The request of "${scenario.id}" was not answered: ${failure.message}`);
    return null;
  }
}

function told(run: Run, scenario: Scenario, response: OutgoingResponse | null): OutgoingResponse | null {
  if (response && !isSuccess(response) && response.status !== 404) {
    run.trace.warnings.add(`The request of "${scenario.id}" was answered with ${response.status}.`);
  }
  return response;
}
