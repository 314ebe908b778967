import type { OutgoingResponse } from '../../outgoing/send.ts';
import { readAnswer } from './answer.ts';
import { outputName } from './contacts.ts';
import { type Exchanged, exchange, isSuccess, quoted, type Run, sameRequest } from './exchange.ts';
import { evaluateCondition, evaluateText } from './expression.ts';
import { type AnswerRecord, recordsOf } from './rules.ts';
import type { Scope } from './scope.ts';
import type { Scenario } from './template.ts';
import type { FailureTrace, Recorder, StepTrace } from './trace.ts';

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
  const step = (outcome: StepTrace['outcome'], records = 0) => {
    trace.steps.push({ scenario: scenario.id, outcome, records });
    return [];
  };
  if (evaluateCondition(scenario.request.skipIf, scope)) return step('skipped');
  const exchanged = await exchange(run, scenario, scope);
  if (!exchanged) return step('failed');
  const { request, response } = exchanged;
  if (!isSuccess(response)) return step(response.status === 404 ? 'empty' : 'failed');
  const answer = readAnswer(response.body, scenario.request.responseType);
  if (!answer && isNeeded(run, scenario)) {
    unreadable(trace, scenario, response);
    return step('failed');
  }
  const content = answer?.content ?? null;
  const records = recordsOf(scenario, content, scope);
  step(records.length > 0 ? 'found' : 'empty', records.length);
  if (records.length > 0) done(run, scenario, exchanged);
  else if (run.reports && request.method === 'POST' && !scenario.allowEmpty)
    trace.failures.push(denied(scenario, response));
  return records.map((record) => ({ record, content }));
}

/** What a report wrote is stored, though nobody can read the answer; only rules could have told whether it was taken. */
const isNeeded = ({ reports }: Run, { rules, variables, request }: Scenario) =>
  reports && request.method === 'POST' ? rules.length > 0 : rules.length + variables.length > 0;

/** What was written is not written again when the rest of the chain is tried once more. */
function done(run: Run, scenario: Scenario, exchanged: NonNullable<Exchanged>): void {
  const writes = scenario.request.method === 'POST';
  if (writes) run.done?.set(sameRequest(exchanged.request), exchanged.response);
  if (writes || scenario.next === '') run.trace.told++;
}

function unreadable(trace: Recorder, { id, request }: Scenario, { status, body }: OutgoingResponse): void {
  const message = `The answer to "${id}" is not ${request.responseType.toUpperCase()}.`;
  trace.warnings.add(message);
  trace.failures.push({
    scenario: id,
    method: request.method,
    status,
    outcome: request.method === 'POST' ? 'unknown' : 'unavailable',
    message: message.replace(/\.$/, '') + quoted(body),
    retryAfterMs: null,
  });
}

/** An error in an answer that pretends success. */
const denied = ({ id, request }: Scenario, { status, body }: OutgoingResponse): FailureTrace => ({
  scenario: id,
  method: request.method,
  status,
  outcome: 'refused',
  message: `The answer to "${id}" does not say that it was taken${quoted(body)}`,
  retryAfterMs: null,
});
