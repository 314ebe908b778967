import type { Outcome } from './credential-states.ts';
import { operations } from './operations.ts';
import { paths, report } from './rest.ts';

/**
 * Who may use each route, as it is meant to be, and not as the server has it. `lookup`: a token with the scopes `client`
 * and `crm`. `graphql`: by its root fields. `pair`: the two secrets of the path. `person`: a session. `client`: a client's
 * own secret. `scraper`: the token of the metrics. `form`: a form of a page that was given to the same browser. `open`:
 * anybody. `part`: no place of its own, but what stands before others or behind them.
 */
export type Guard = 'lookup' | 'graphql' | 'pair' | 'person' | 'client' | 'scraper' | 'form' | 'open' | 'part';

export const guards: Record<string, Guard> = {
  'GET /metrics': 'scraper',
  'GET /': 'open',
  'GET /health': 'open',
  'GET /ready': 'open',
  'GET /.well-known/oauth-authorization-server': 'open',
  'GET /sign-in': 'open',
  'GET /set-up': 'open',
  'GET /dashboard': 'open',
  'GET /contacts/:id': 'open',
  'GET /dashboard/assets/:version/*': 'open',
  'GET /integrations/authorize/return': 'open',
  'GET /3cx': 'open',
  'GET /3cx/template.xml': 'open',
  'GET /api/openapi.json': 'open',
  'POST /sign-in': 'form',
  'POST /sign-out': 'form',
  'POST /set-up': 'form',
  'POST /oauth/authorize': 'form',
  'POST /dashboard/access': 'form',
  'POST /dashboard/access/end': 'form',
  'GET /oauth/authorize': 'person',
  'GET /dashboard/access': 'person',
  'GET /3cx/check': 'person',
  'POST /oauth/token': 'client',
  'POST /oauth/revoke': 'client',
  'ALL /graphql': 'graphql',
  'ALL /api/crm/lookup/contacts/search': 'lookup',
  'ALL /api/crm/lookup/contacts': 'lookup',
  'ALL /api/crm/lookup/phone-calls': 'lookup',
  'ALL /api/crm/lookup/phone-calls/context': 'lookup',
  'ALL /api/crm/lookup/chats': 'lookup',
  'GET /export/phone-calls.csv': 'lookup',
  'GET /export/phone-calls.ndjson': 'lookup',
  'ALL /api/crm/phone-calls-context/:token/:tokenSecret': 'pair',
  'ALL /api/crm/phone-calls-context/*': 'part',
  'HEAD /export/phone-calls.csv': 'part',
  'ALL /export/phone-calls.csv': 'part',
  'HEAD /export/phone-calls.ndjson': 'part',
  'ALL /export/phone-calls.ndjson': 'part',
  'ALL /*': 'part',
  'ALL /oauth/*': 'part',
  'ALL /sign-in': 'part',
  'ALL /sign-out': 'part',
  'ALL /set-up': 'part',
  'ALL /dashboard/access/*': 'part',
};

export const context = { direction: 'inbound', number_from: '0612345678' };

/** A right request for each route of lookup operations. */
export const lookupRequests: Record<string, { method: string; path: string; body?: object }[]> = {
  'ALL /api/crm/lookup/contacts/search': [{ method: 'GET', path: `${paths.search}?phone=0612345678` }],
  'ALL /api/crm/lookup/contacts': [{ method: 'POST', path: paths.contacts, body: { last_name: 'Durand' } }],
  'ALL /api/crm/lookup/phone-calls': [
    { method: 'GET', path: paths.calls },
    { method: 'POST', path: paths.calls, body: report },
  ],
  'ALL /api/crm/lookup/phone-calls/context': [{ method: 'POST', path: paths.context, body: context }],
  'ALL /api/crm/lookup/chats': [{ method: 'POST', path: paths.chats, body: { email: 'anne@example.com' } }],
  'GET /export/phone-calls.csv': [{ method: 'GET', path: '/export/phone-calls.csv' }],
  'GET /export/phone-calls.ndjson': [{ method: 'GET', path: '/export/phone-calls.ndjson' }],
};

/** A right request for each route whose answer no token may change. */
export const tokenless: Record<string, string> = {
  'GET /dashboard/assets/:version/*': '/dashboard/assets/x/packages/preact.js',
  'GET /contacts/:id': '/contacts/x',
  'GET /3cx/check': '/3cx/check?phone=0612345678',
};

/** A right document for each root field, and who may execute it; those that stream are told apart. */
export const rootFields: Record<string, { document: string; variables: object; operator: boolean; streams?: true }> = {
  ...Object.fromEntries(
    Object.entries(operations).map(([name, { document, right, scopes }]) => [
      name,
      { document, variables: right, operator: scopes.includes('admin') },
    ]),
  ),
  ...Object.fromEntries(
    ['phoneCallLogged', 'phoneCallUpdated', 'callContextUpserted', 'chatLogged'].map((name) => [
      name,
      { document: `subscription { ${name} { id } }`, variables: {}, operator: false, streams: true as const },
    ]),
  ),
};

/** How the legacy face, and what stands beside it, tells an outcome. */
export function legacyOutcome(answer: { status: number; headers: Headers; text: string }): Outcome | string {
  const { status, headers, text } = answer;
  const challenge = headers.get('www-authenticate');
  if (status === 200 || status === 201) return 'open';
  if (status === 401 && challenge === 'Bearer realm="crm"') return 'none';
  if (status === 401 && challenge === 'Bearer realm="crm", error="invalid_token"') return 'bad';
  if (status === 403 && text.includes('"missing_scope"')) return 'scope';
  if (status === 400 && text.includes('"invalid_request"')) return 'several';
  return `${status} ${text.slice(0, 100)}`;
}

/** How GraphQL tells an outcome; it does not tell whether a token was sent. */
export function graphqlOutcome(answer: { status: number; headers: Headers; text: string }): Outcome | string {
  const { status, headers, text } = answer;
  if (status === 200 && headers.get('content-type')?.startsWith('text/event-stream')) {
    return text.includes('UNAUTHENTICATED') ? 'none' : text.includes('FORBIDDEN') ? 'scope' : 'open';
  }
  const { data = null, errors = [] } = JSON.parse(text);
  const code = errors[0]?.extensions?.code;
  const nothing = data === null || Object.values(data).every((value) => value === null);
  if (status === 401 && code === 'UNAUTHENTICATED' && nothing) return 'none';
  if (code === 'FORBIDDEN' && nothing) return 'scope';
  if (status === 400 && errors[0]?.extensions?.reason === 'SEVERAL_CREDENTIALS' && nothing) return 'several';
  if (status === 200 && (errors.length === 0 || code === 'NOT_FOUND')) return 'open';
  return `${status} ${text.slice(0, 100)}`;
}
