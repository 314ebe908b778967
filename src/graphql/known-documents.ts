import type { ExecutionResult, GraphQLError, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { jsonAnswer } from '../http/answer.ts';
import type { Compiled } from './compiled.ts';

/** How many documents are kept as code, and the longest that is. */
const kept = 1000;
const longest = 16 * 1024;

export interface KnownDocument {
  execute: Compiled;
  operation: OperationDefinitionNode | null | undefined;
}

/** Documents that were found to be within all limits, and came often enough to be made code of, by their text. */
export interface KnownDocuments {
  remember(text: string, operationName: string | null | undefined, document: KnownDocument): void;
  find(text: string, operationName: string | null | undefined): KnownDocument | undefined;
}

export function createKnownDocuments(): KnownDocuments {
  const documents = new LRUCache<string, KnownDocument>({ max: kept });
  const key = (text: string, operationName: string | null | undefined) => `${operationName ?? ''} ${text}`;
  return {
    remember: (text, operationName, document) => {
      if (text.length <= longest) documents.set(key(text, operationName), document);
    },
    find: (text, operationName) => documents.get(key(text, operationName)),
  };
}

interface HttpExtension {
  status?: number;
  headers?: Record<string, string>;
}

/** An executed document as `application/json` tells it: with 200, unless one of its errors says otherwise. */
export function respond({ data, errors }: ExecutionResult, requestId: string): Response {
  if (!errors) return jsonAnswer({ data }, requestId, { headers: inUtf8 });
  const told = errors.map(({ extensions }) => (extensions.http ?? {}) as HttpExtension);
  const status = Math.max(...told.map(({ status }) => status ?? 0)) || 200;
  const headers = Object.assign({}, ...told.map(({ headers }) => headers), inUtf8);
  return jsonAnswer({ errors: errors.map(shown), data }, requestId, { status, headers });
}

/** As Yoga says it. */
const inUtf8 = { 'Content-Type': 'application/json; charset=utf-8' };

function shown(error: GraphQLError) {
  const { extensions, ...told } = error.toJSON();
  const { http: _, ...kept } = extensions ?? {};
  return { ...told, ...(Object.keys(kept).length > 0 && { extensions: kept }) };
}
