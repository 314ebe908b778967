import type { Run } from './exchange.ts';
import { evaluateText } from './expression.ts';
import { headerText } from './request.ts';
import { runScenarios, sameId } from './scenario.ts';
import type { Scope } from './scope.ts';
import type { CrmTemplate } from './template.ts';

type Headers = Record<string, string>;

/** Logs in as a template wants it. */
export interface Login {
  /** Headers for a request; null where logging in failed. Headers that were refused are forgotten first. */
  headers(run: LoginRun, scope: Scope, refused?: Headers): Promise<Headers | null>;
  /** The next request logs in anew, because a parameter changed. */
  forget(): void;
}

export type LoginRun = Omit<Run, 'authorize' | 'reports' | 'done'>;

export interface LoginSetup {
  template: CrmTemplate;
  now: () => Date;
  /** Told what the login found out, for every scenario to use; and what of it is secret. */
  publish: (variables: Record<string, string>, secrets: string[]) => void;
}

interface Token {
  headers: Headers;
  expiresAt: number;
}

/** A token is used until it expires or is refused. Requests that need one at the same time wait for the same login. */
export function openLogin(setup: LoginSetup): Login {
  let token: Token | null = null;
  let pending: Promise<Token | null> | null = null;
  const { type, value } = setup.template.authentication;
  const renew = async (run: LoginRun, scope: Scope) => {
    pending ??= logIn(setup, run, scope).finally(() => {
      pending = null;
    });
    token = await pending;
    return token?.headers ?? null;
  };
  return {
    headers: async (run, scope, refused) => {
      if (type === 'No') return refused ?? {};
      if (type === 'Basic') return refused ?? basic(evaluateText(value, scope));
      const valid = token && token.expiresAt > setup.now().getTime() && token.headers !== refused;
      return valid ? (token?.headers ?? null) : renew(run, scope);
    },
    forget: () => {
      token = null;
    },
  };
}

const basic = (credentials: string): Headers => ({
  authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
});

async function logIn(setup: LoginSetup, run: LoginRun, scope: Scope): Promise<Token | null> {
  const { template, now, publish } = setup;
  const scenarios = template.scenarios.filter(({ id }) => sameId(id, template.authentication.value));
  const [delivery] = await runScenarios(
    { ...run, authorize: async () => ({}), reports: false, done: null },
    scenarios.slice(0, 1),
    scope,
  );
  const output = (name: string) =>
    Object.entries(delivery?.outputs ?? {})
      .find(([type]) => sameId(type, name))?.[1]
      .trim() ?? '';
  const [bearer, headerName, headerValue] = ['Bearer', 'HeaderName', 'HeaderValue'].map(output) as [
    string,
    string,
    string,
  ];
  if (!delivery || Object.values(delivery.outputs).every((output) => output.trim() === '')) {
    run.trace.warnings.add('Logging in gave neither a Bearer nor a header.');
    return null;
  }
  publish({ ...delivery.variables, ...delivery.outputs }, [bearer, headerValue]);
  const headers: Headers = bearer ? { authorization: `Bearer ${headerText(bearer)}` } : {};
  if (headerName && headerValue) headers[headerName.toLowerCase()] = headerText(headerValue);
  return { headers, expiresAt: now().getTime() + minutes(output('BearerExpiration'), run) * 60_000 };
}

/** Without a time a token lives until it is refused. */
function minutes(text: string, run: LoginRun): number {
  if (text === '') return Number.POSITIVE_INFINITY;
  const number = Number(text);
  if (Number.isFinite(number)) return number;
  run.trace.warnings.add(`BearerExpiration must be minutes, not "${text}".`);
  return Number.POSITIVE_INFINITY;
}
