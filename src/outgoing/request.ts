import type { Dispatcher } from 'undici';
import { OutgoingError } from './outgoing-error.ts';
import type { OutgoingRequest } from './send.ts';

export interface CheckedRequest extends Dispatcher.DispatchOptions {
  origin: string;
  /** What messages may say of the target. */
  host: string;
}

/** Headers that belong to the connection; a request that was written for another client may hold them. */
const ownHeaders = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Makes a request ready to be sent. Throws an `OutgoingError` for one that never will be. */
export function checkedRequest({ method, url, headers, body }: OutgoingRequest): CheckedRequest {
  const target = URL.canParse(url) ? new URL(url) : null;
  if (!target || !/^https?:$/.test(target.protocol)) throw refused('The target is no http or https address.');
  if (target.username || target.password) throw refused(`The address of ${target.host} holds a user or a password.`);
  return {
    origin: target.origin,
    host: target.host,
    path: target.pathname + target.search,
    method,
    headers: { 'user-agent': 'CRM-Lookup', ...sendable(headers, target.host), 'accept-encoding': 'identity' },
    body,
  };
}

function sendable(headers: Record<string, string>, host: string): Record<string, string> {
  const kept = Object.entries(headers)
    .map(([name, value]) => [name.trim().toLowerCase(), value] as const)
    .filter(([name]) => !ownHeaders.has(name));
  const broken = kept.find(
    ([name, value]) => !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || /[^\t\x20-\x7e\x80-\xff]/.test(value),
  );
  if (broken) throw refused(`A header for ${host} holds a character that no header can have.`);
  return Object.fromEntries(kept);
}

const refused = (message: string) => new OutgoingError('FORBIDDEN', message, false);
