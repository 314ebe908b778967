import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import { type Access, access, drop, openAccess } from './session.ts';

/** A document with the types of its variables and its answer. */
export type Document<Result, Variables> = DocumentTypeDecoration<Result, Variables> & { toString(): string };

export type TroubleKind = 'access' | 'away' | 'refused' | 'broken';

/** Why there is no answer; `away` passes by itself, so it is worth asking again. */
export interface Trouble {
  kind: TroubleKind;
  message: string;
  issues: { path: (string | number)[]; message: string }[];
}

export const isTrouble = (error: unknown): error is Trouble =>
  typeof error === 'object' && error !== null && 'kind' in error;

const trouble = (kind: TroubleKind, message: string, issues: Trouble['issues'] = []): Trouble => ({
  kind,
  message,
  issues,
});

interface GraphqlError {
  message: string;
  extensions?: { code?: string; requestId?: string; issues?: Trouble['issues'] };
}

const expired = 'Your access has ended. Sign in again, or paste another token.';
const asleep = 'The server cannot be reached.';

/** Executes a document for the customer of the token. Throws a `Trouble`; renews the token once if it has run out. */
export async function ask<Result, Variables>(
  document: Document<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const opened = access.value;
  if (!opened) throw trouble('access', expired);
  const answer = await send(document, variables, opened);
  if (answer !== null) return answer;
  const renewed = await renew(opened);
  const second = renewed ? await send(document, variables, renewed) : null;
  if (second !== null) return second;
  lose(renewed ?? opened);
  throw trouble('access', expired);
}

/** Gives up access that was refused. Another request may have renewed it meanwhile; then it stays. */
export function lose(refused: Access): void {
  if (access.value?.token === refused.token) drop(expired);
}

let renewing: Promise<boolean> | null = null;

/** Another token from the session of this browser, or null. Requests that run out together renew it together. */
export async function renew(opened: Access): Promise<Access | null> {
  if (access.value && access.value.token !== opened.token) return access.value;
  if (!opened.customerId) return null;
  renewing ??= openAccess(opened.customerId)
    .catch(() => false)
    .finally(() => {
      renewing = null;
    });
  return (await renewing) ? access.value : null;
}

/** The answer, or null when the token is not good. */
async function send<Result, Variables>(
  document: Document<Result, Variables>,
  variables: Variables,
  { token }: Access,
): Promise<Result | null> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: document.toString(), variables }),
    cache: 'no-store',
  }).catch(() => {
    throw trouble('away', asleep);
  });
  const { data, errors } = await readBody<Result>(response);
  const [error] = errors ?? [];
  if (!error) return data as Result;
  throwUnlessExpired(error);
  return null;
}

async function readBody<Result>(response: Response): Promise<{ data?: Result; errors?: GraphqlError[] }> {
  try {
    return await response.json();
  } catch {
    throw trouble('away', asleep);
  }
}

function throwUnlessExpired({ message, extensions = {} }: GraphqlError): void {
  switch (extensions.code) {
    case 'UNAUTHENTICATED':
      return;
    case 'FORBIDDEN':
      throw trouble('access', 'This token may not read the history: it needs the scopes client and crm.');
    case 'SERVICE_UNAVAILABLE':
    case 'TOO_MANY_REQUESTS':
      throw trouble('away', message);
    case 'INTERNAL_SERVER_ERROR':
    case undefined:
      throw trouble('broken', extensions.requestId ? `${message} (request ${extensions.requestId})` : message);
    default:
      throw trouble('refused', message, extensions.issues);
  }
}
