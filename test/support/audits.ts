import { type Audit, serverAudits } from 'graphql-http';

type Options = { url: string; fetchFn: typeof fetch };

/** The audits of GraphQL over HTTP, of a server that is reached like this. */
export const auditsOf = (url: string, fetchFn: (request: Request) => Response | Promise<Response>): Audit[] =>
  serverAudits({ url, fetchFn: async (input, init) => fetchFn(new Request(input, init)) } as Options);

/** Adds a bearer token to every request. */
export function withToken(token: string, request: Request): Request {
  const headers = new Headers(request.headers);
  headers.set('authorization', `Bearer ${token}`);
  return new Request(request, { headers });
}
