import type { IncomingMessage } from 'node:http';

/**
 * Why a request must not be answered, or null. What is refused are the ways of writing a request that two servers in a
 * row may read differently (RFC 9112, sections 3.2 and 6.1), and those that nobody here has a use for; whatever else is
 * wrong with its bytes, Node's own parser has refused before.
 */
export function refusalOf({ httpVersion, method, url, headers, rawHeaders }: IncomingMessage): string | null {
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return 'The protocol must be HTTP/1.1 or HTTP/1.0.';
  if (method === 'TRACE') return 'The method TRACE is not supported.';
  if (!url?.startsWith('/')) return 'The request target must be a path.';
  if (hostsIn(rawHeaders) > 1) return 'Only one Host header may be sent.';
  const encoding = headers['transfer-encoding'];
  if (encoding === undefined) return null;
  if (httpVersion === '1.0') return 'HTTP/1.0 knows no Transfer-Encoding.';
  return encoding.toLowerCase() === 'chunked' ? null : 'The only Transfer-Encoding is chunked.';
}

/** Node keeps the first of several and forgets the others. */
function hostsIn(rawHeaders: string[]): number {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts++;
  }
  return hosts;
}
