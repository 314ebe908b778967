import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { limits } from '../limits.ts';
import type { Fields } from './fields.ts';
import type { RawInput } from './input.ts';
import {
  CreateContactDocument,
  ListPhoneCallsDocument,
  LogChatDocument,
  LogPhoneCallDocument,
  SaveCallContextDocument,
  type SaveCallContextMutation,
  SearchContactsDocument,
} from './lookup.generated.ts';
import { phoneCallPage } from './phone-call-page.ts';
import { listPhoneCalls } from './phone-call-query.ts';
import { createContact, logChat, logPhoneCall, saveCallContext, searchContacts } from './variables.ts';

/** A request as the rows of the table see it. */
export interface RestRequest {
  query: RawInput;
  body: RawInput;
  idempotencyKey: string | undefined;
  /** Whether this customer's chats may come with a number alone. */
  chatsWithoutEmail: boolean;
  /** The absolute address of the route, without its query. */
  path: string;
  /** Its query, as it is written there. */
  search: string;
}

// biome-ignore lint/suspicious/noExplicitAny: a table holds rows of different documents.
export interface Route<Result = any, Variables = any> {
  method: 'GET' | 'POST';
  path: string;
  /** Who may come: a bearer token, or the pair of secrets in the path, which must never be repeated anywhere. */
  credential: 'token' | 'path';
  maximumBytes: number;
  document: TypedDocumentNode<Result, Variables>;
  /** Reads the fields of the body, or of the query where there is none. */
  variables(fields: Fields, request: RestRequest): Variables;
  status: 200 | 201;
  body(result: Result, request: RestRequest): object;
  headers?(result: Result): Record<string, string>;
}

const route = <Result, Variables>(
  row: Omit<Route<Result, Variables>, 'maximumBytes' | 'credential'> & Partial<Route<Result, Variables>>,
) => ({ credential: 'token', maximumBytes: limits.bodyBytes, ...row }) satisfies Route<Result, Variables>;

const saveContext = {
  method: 'POST',
  document: SaveCallContextDocument,
  variables: saveCallContext,
  status: 201,
  body: ({ upsertCallContext: { callContext } }: SaveCallContextMutation) => ({
    response: 'success',
    message: 'Call context saved successfully.',
    ...callContext,
  }),
} as const;

const repeated = { 'Idempotency-Replayed': 'true' };

/** The legacy face, one row a path. */
export const routes: Route[] = [
  route({
    method: 'GET',
    path: '/api/crm/lookup/contacts/search',
    document: SearchContactsDocument,
    variables: searchContacts,
    status: 200,
    body: ({ contactSearch }) => contactSearch,
  }),
  route({
    method: 'POST',
    path: '/api/crm/lookup/contacts',
    document: CreateContactDocument,
    variables: createContact,
    status: 201,
    body: ({ createContact: { contact } }) => ({ response: 'ok', contact }),
  }),
  route({
    method: 'GET',
    path: '/api/crm/lookup/phone-calls',
    document: ListPhoneCallsDocument,
    variables: (_, { query }) => listPhoneCalls(query),
    status: 200,
    body: ({ phoneCalls }, request) => phoneCallPage(phoneCalls, request),
    headers: ({ phoneCalls: { pageInfo } }) => ({
      ...(pageInfo.hasNextPage && pageInfo.endCursor && { 'X-Next-Cursor': pageInfo.endCursor }),
    }),
  }),
  route({
    method: 'POST',
    path: '/api/crm/lookup/phone-calls',
    document: LogPhoneCallDocument,
    variables: (fields, { idempotencyKey }) => logPhoneCall(fields, idempotencyKey),
    status: 201,
    body: ({ logPhoneCall: { call } }) => ({ response: 'success', message: 'Call saved successfully.', call }),
    headers: ({ logPhoneCall: { replayed } }) => (replayed ? repeated : {}),
  }),
  route({ ...saveContext, path: '/api/crm/lookup/phone-calls/context' }),
  route({ ...saveContext, path: '/api/crm/phone-calls-context/:token/:tokenSecret', credential: 'path' }),
  route({
    method: 'POST',
    path: '/api/crm/lookup/chats',
    maximumBytes: limits.chatBodyBytes,
    document: LogChatDocument,
    variables: (fields, { idempotencyKey, chatsWithoutEmail }) => logChat(fields, idempotencyKey, chatsWithoutEmail),
    status: 201,
    body: ({ logChat: { chat } }) => ({ response: 'success', message: 'Chat saved successfully.', chat }),
    headers: ({ logChat: { replayed } }) => (replayed ? repeated : {}),
  }),
];
