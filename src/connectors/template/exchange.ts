import { OutgoingError } from '../../outgoing/outgoing-error.ts';
import type { OutgoingRequest, OutgoingResponse } from '../../outgoing/send.ts';
import type { FailureOutcome } from '../failure.ts';
import { leafText } from './answer.ts';
import { buildRequest } from './request.ts';
import type { Scope } from './scope.ts';
import type { CrmTemplate, Scenario } from './template.ts';
import type { Recorder } from './trace.ts';

/** One piece of work: what its scenarios share. */
export interface Run {
  template: CrmTemplate;
  send: (request: OutgoingRequest) => Promise<OutgoingResponse>;
  now: () => Date;
  trace: Recorder;
  /** Headers that prove who asks; null where logging in failed. Told the headers that were refused, it logs in anew. */
  authorize(refused?: Record<string, string>): Promise<Record<string, string> | null>;
  /** How many more requests it may send. */
  requestsLeft: number;
  /** Whether it tells the CRM something, so that a request without a record was refused. */
  reports: boolean;
  /** What an earlier attempt at the same work has written, with its answers. */
  done: Map<string, OutgoingResponse> | null;
}

/** A request that was answered, as it was built; null where its failure has been put down. */
export type Exchanged = { request: OutgoingRequest; response: OutgoingResponse } | null;

type Headers = Record<string, string>;

const mostRedirects = 5;

/** Sends a scenario's request; where its login is refused, logs in once more and repeats it. Puts down what fails. */
export async function exchange(run: Run, scenario: Scenario, scope: Scope): Promise<Exchanged> {
  const headers = await run.authorize();
  if (!headers) return loggedOut(run, scenario);
  const first = await sendOnce(run, scenario, scope, headers);
  if (first?.response.status !== 401) return told(run, scenario, first);
  const renewed = await run.authorize(headers);
  if (!renewed || renewed === headers) return told(run, scenario, first);
  return told(run, scenario, await sendOnce(run, scenario, scope, renewed));
}

export const isSuccess = ({ status }: OutgoingResponse): boolean => status >= 200 && status < 300;

/** What makes two requests the same one, whoever is logged in. */
export const sameRequest = ({ method, url, body }: OutgoingRequest): string => `${method} ${url}\n${body ?? ''}`;

async function sendOnce(run: Run, scenario: Scenario, scope: Scope, headers: Headers): Promise<Exchanged> {
  const built = buildRequest(scenario.request, scope);
  const request = { ...built, headers: { ...headers, ...built.headers } };
  const done = run.done?.get(sameRequest(request));
  if (done) return { request, response: done };
  let [current, redirects]: [OutgoingRequest, number] = [request, 0];
  for (;;) {
    const response = await sendNow(run, scenario, request, current);
    const next = response && redirects++ < mostRedirects ? redirected(current, response) : null;
    if (!next) return response && { request, response };
    current = next;
  }
}

async function sendNow(run: Run, { id }: Scenario, first: OutgoingRequest, request: OutgoingRequest) {
  const { trace } = run;
  const failed = (outcome: FailureOutcome, message: string) =>
    trace.failures.push({ scenario: id, method: first.method, status: null, outcome, message, retryAfterMs: null });
  if (run.requestsLeft-- <= 0) {
    const message = 'This needs too many requests; the rest were not sent.';
    failed('refused', message);
    trace.warnings.add(message);
    return null;
  }
  try {
    const response = await run.send(request);
    trace.exchange(id, request, response);
    return response;
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(leafText(error));
    trace.exchange(id, request, failure);
    const message = `The request of "${id}" was not answered: ${failure.message}`;
    failed(outcomeOf(failure, first), message);
    trace.warnings.add(message);
    return null;
  }
}

/** A request that writes and got no whole answer may have had its effect; one that reads can be sent again. */
function outcomeOf(error: Error, { method }: OutgoingRequest): FailureOutcome {
  if (error instanceof OutgoingError && error.code === 'FORBIDDEN') return 'refused';
  const maybeApplied = error instanceof OutgoingError ? error.maybeApplied : true;
  return method === 'POST' && maybeApplied ? 'unknown' : 'unavailable';
}

/** Where an answer sends its request on to, if that is the same host. A POST goes on as a GET, as browsers have it. */
function redirected(request: OutgoingRequest, { status, headers }: OutgoingResponse): OutgoingRequest | null {
  const { location } = headers;
  if (![301, 302, 303, 307, 308].includes(status) || !location || !URL.canParse(location, request.url)) return null;
  const [from, to] = [new URL(request.url), new URL(location, request.url)];
  const safe = to.origin === from.origin || (to.hostname === from.hostname && to.protocol === 'https:' && !to.port);
  if (!safe) return null;
  if (status === 307 || status === 308 || request.method === 'GET') return { ...request, url: to.href };
  const { 'content-type': _, ...kept } = request.headers;
  return { method: 'GET', url: to.href, headers: kept, body: null };
}

function loggedOut({ trace }: Run, { id }: Scenario): null {
  const message = `Logging in failed, so the request of "${id}" was not sent.`;
  trace.failures.push({
    scenario: id,
    method: 'GET',
    status: null,
    outcome: 'unavailable',
    message,
    retryAfterMs: null,
  });
  return null;
}

function told(run: Run, { id }: Scenario, exchanged: Exchanged): Exchanged {
  if (!exchanged || isSuccess(exchanged.response)) return exchanged;
  const { request, response } = exchanged;
  const { status } = response;
  if (status !== 404) run.trace.warnings.add(`The request of "${id}" was answered with ${status}.`);
  run.trace.failures.push({
    scenario: id,
    method: request.method,
    status,
    outcome:
      status === 401 || status === 408 || status === 425 || status === 429 || status >= 500 ? 'unavailable' : 'refused',
    message: `The request of "${id}" was answered with ${status}${quoted(response.body)}`,
    retryAfterMs: retryAfterMs(response.headers['retry-after'], run.now()),
  });
  return exchanged;
}

/** The beginning of what a CRM says, on one line, for people to read. */
export function quoted(body: string): string {
  const line = body.slice(0, 1000).replace(/\s+/g, ' ').trim();
  return line === '' ? '.' : `: ${line.slice(0, 200)}`;
}

/** Reads `Retry-After`, be it seconds or a date (RFC 9110, section 10.2.3). */
function retryAfterMs(text: string | undefined, now: Date): number | null {
  if (!text) return null;
  if (/^\s*\d{1,7}\s*$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
