import { badInput } from '../../errors.ts';
import { evaluateText } from './expression.ts';
import { legalUrl } from './request.ts';
import { sameId } from './scenario.ts';
import { escaped } from './scope.ts';
import type { Session } from './session.ts';
import type { TemplateParameter } from './template.ts';
import type { Trace } from './trace.ts';
import { textOf } from './value.ts';

export interface Authorized extends Trace {
  /** The parameter that now holds the refresh token, and its value, to be kept; null where nothing was granted. */
  granted: { parameter: string; value: string } | null;
}

/** Lets a person grant access: first the page to show, then what to do with the code that comes back. */
export interface Authorization {
  authorizeUrl(redirectUri: string, state: string): string;
  completeAuthorization(code: string, state: string, redirectUri?: string): Promise<Authorized>;
}

export function openAuthorization(session: Session): Authorization {
  let shown = { redirectUri: '', state: '' };
  return {
    authorizeUrl: (redirectUri, state) => {
      shown = { redirectUri, state };
      return authorizeUrl(session, oauthParameter(session), redirectUri, state);
    },
    completeAuthorization: async (code, state, redirectUri = shown.redirectUri) => {
      const parameter = oauthParameter(session);
      const { scenarios } = session.template;
      const responding = scenarios.filter(({ id }) => sameId(id, parameter.responseScenario)).slice(0, 1);
      session.conceal(code);
      let granted: Authorized['granted'] = null;
      const trace = await session.runOpenly(responding, () => ({ code, state, RedirectUri: redirectUri }), {
        deliver: ([delivery], { warnings }) => {
          const value = delivery?.outputs.Result?.trim() ?? '';
          if (value) granted = { parameter: parameter.name, value };
          else warnings.add('The authorization gave no Result.');
          if (shown.state && shown.state !== state) warnings.add('The state is not the one that was sent.');
        },
      });
      if (granted) session.setParameter(parameter.name, (granted as { value: string }).value);
      return { ...trace, granted };
    },
  };
}

function oauthParameter({ template }: Session): TemplateParameter {
  const parameter = template.parameters.find(({ type }) => /^oauth$/i.test(type));
  if (!parameter) throw badInput(['template'], 'This template has no parameter of type OAuth.');
  return parameter;
}

/** The values go into a query, so they are encoded there even if the template does not ask for it. */
function authorizeUrl(session: Session, parameter: TemplateParameter, redirectUri: string, state: string): string {
  const scope = session.scope().with({ RedirectUri: redirectUri, State: state });
  const encoding = {
    ...scope,
    find: (name: string) => {
      const found = scope.find(name);
      if (!found || /^escaped/i.test(name)) return found;
      return { value: escaped(textOf(found.value)), live: false };
    },
  };
  const url = evaluateText(parameter.requestUrl, scope, 1);
  const query = evaluateText(parameter.requestUrlParameters.trim().replace(/^[?&]/, ''), encoding);
  const glue = query === '' ? '' : url.includes('?') ? '&' : '?';
  return legalUrl(url + glue + query);
}
