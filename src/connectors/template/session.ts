import type { OutgoingRequest, OutgoingResponse, Send } from '../../outgoing/send.ts';
import { openLogin } from './authentication.ts';
import type { Run } from './exchange.ts';
import { type Delivery, runScenarios } from './scenario.ts';
import { openScope, type Scope, type UnknownVariables } from './scope.ts';
import type { CrmTemplate, Scenario, TemplateParameter } from './template.ts';
import { type Recorder, startTrace, type Trace } from './trace.ts';
import type { Value } from './value.ts';

export interface TemplateSetup {
  /** Values of the template's parameters, and of what the phone system itself sets, such as `MaxLength`. */
  parameters: Record<string, string | number | boolean>;
  send: Send;
  now: () => Date;
  /** What a phone system does with a name that it does not know. */
  unknownVariables: UnknownVariables;
  /** Its own time, as an IANA name; UTC if absent. */
  timeZone?: string;
}

export interface WorkOptions {
  /** Gets what the last scenario of each chain delivered. */
  deliver?: (deliveries: Delivery[], trace: Recorder, scope: Scope) => void;
  /** Given where the work tells the CRM something: what earlier attempts have written, to be gone on from. */
  done?: Map<string, OutgoingResponse>;
  /** Aborts when nobody waits any longer. */
  signal?: AbortSignal | undefined;
}

type Work = (
  scenarios: Scenario[],
  variables: (scope: Scope) => Record<string, Value>,
  options?: WorkOptions,
) => Promise<Trace>;

/** A template at work: its parameters, its login and its secrets. */
export interface Session {
  template: CrmTemplate;
  /** Runs scenarios with these variables, and hands on what the last of each chain delivered. */
  run: Work;
  /** The same before anybody has logged in. */
  runOpenly: Work;
  /** Opens a scope that knows the parameters only. */
  scope(trace?: Recorder): Scope;
  setParameter(name: string, value: string): void;
  /** Masks a text in traces from now on. */
  conceal(secret: string): void;
}

const mostRequests = 100;

export function openSession(template: CrmTemplate, setup: TemplateSetup): Session {
  const parameters = parameterValues(template, setup.parameters);
  const published = new Map<string, string>();
  const secrets = new Set(secretsOf(template, parameters));
  const send = atMost(template.maxConcurrentRequests, setup.send);
  const publish = (variables: Record<string, string>, tokens: string[]) => {
    for (const [name, value] of Object.entries(variables)) published.set(name.toLowerCase(), value);
    for (const token of tokens) secrets.add(token);
    for (const [name, value] of Object.entries(variables)) if (secretName.test(name)) secrets.add(value);
  };
  const logins = openLogin({ template, now: setup.now, publish });
  const scope = (trace?: Recorder) => {
    const warn = (message: string) => void trace?.warnings.add(message);
    return openScope({ parameters, published, unknownVariables: setup.unknownVariables, warn });
  };
  return {
    template,
    scope,
    run: (...work) => perform(true, ...work),
    runOpenly: (...work) => perform(false, ...work),
    setParameter: (name, value) => {
      parameters.set(name.toLowerCase(), value);
      secrets.add(value);
      logins.forget();
    },
    conceal: (secret) => void secrets.add(secret),
  };

  async function perform(loggedIn: boolean, ...[scenarios, variables, options = {}]: Parameters<Work>): Promise<Trace> {
    const { deliver, done = null, signal } = options;
    const trace = startTrace(secrets);
    const base = scope(trace);
    const work = { template, trace, now: setup.now, requestsLeft: mostRequests };
    // Others may wait for the same login, so it goes on when this work is given up.
    const login = { ...work, send: (request: OutgoingRequest) => send(request) };
    const authorize = once(async (refused) => (loggedIn ? logins.headers(login, base, refused) : (refused ?? {})));
    const inner = base.with(variables(base));
    const run: Run = { ...work, authorize, reports: done !== null, done, send: (request) => send(request, signal) };
    const deliveries = await runScenarios(run, scenarios, inner);
    deliver?.(deliveries, trace, inner);
    return trace.finish();
  }
}

/** A login that failed is not tried again in the same run. */
function once(authorize: Run['authorize']): Run['authorize'] {
  let failed = false;
  return async (refused) => {
    const headers = failed ? null : await authorize(refused);
    failed ||= headers === null;
    return headers;
  };
}

/** Every declared parameter has a value, booleans are the words `True` and `False`, and others may come with them. */
function parameterValues({ parameters }: CrmTemplate, given: TemplateSetup['parameters']): Map<string, string> {
  const text = (value: string | number | boolean) => {
    const word = String(value);
    return typeof value === 'boolean' ? word.charAt(0).toUpperCase() + word.slice(1) : word;
  };
  const values = new Map(parameters.map((parameter) => [parameter.name.toLowerCase(), parameter.default]));
  for (const [name, value] of Object.entries(given)) values.set(name.toLowerCase(), text(value));
  for (const { name, type } of parameters) {
    const value = values.get(name.toLowerCase()) ?? '';
    if (/^boolean$/i.test(type)) values.set(name.toLowerCase(), /^\s*(true|1)\s*$/i.test(value) ? 'True' : 'False');
  }
  return values;
}

const secretName = /pass|secret|token|key$|credential/i;

/** Whether a parameter's value is shown to nobody: by its type, or because its name says so. */
export const isSecret = ({ type, name }: TemplateParameter): boolean =>
  /^(password|oauth)$/i.test(type) || (/^string$/i.test(type) && secretName.test(name));

function secretsOf({ parameters }: CrmTemplate, values: ReadonlyMap<string, string>): string[] {
  return parameters.filter(isSecret).map(({ name }) => values.get(name.toLowerCase()) ?? '');
}

type SendOne = (request: OutgoingRequest, signal?: AbortSignal) => Promise<OutgoingResponse>;

/** Holds requests back while as many as allowed are under way. */
function atMost(count: number, send: Send): SendOne {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (request, signal) => {
    if (free === 0) await new Promise<void>((resume) => waiting.push(resume));
    else free--;
    try {
      return await (signal ? send(request, { signal }) : send(request));
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
