import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import proxyAddress from 'proxy-addr';

/** Whom a request comes from, as limits count them: an IPv4 address, or a network of IPv6. */
export type CallerAddress = (incoming: IncomingMessage) => string;

/**
 * Goes by the address that connects; where that is a trusted proxy's, by the last one in `X-Forwarded-For` that is none
 * of those. Proxies are addresses, networks, `loopback`, `linklocal` or `uniquelocal`; throws `TypeError` for another.
 */
export function callerAddress(trustedProxies: string[]): CallerAddress {
  if (trustedProxies.length === 0) return connected;
  const isTrusted = proxyAddress.compile(trustedProxies);
  return (incoming) => {
    const told = proxyAddress(incoming, isTrusted);
    return isIP(told) ? counted(told) : connected(incoming);
  };
}

const connected: CallerAddress = ({ socket }) => counted(socket.remoteAddress ?? '');

/** Whoever has one address of IPv6 mostly has the 2^64 beside it, so that all of them count as one. */
function counted(text: string): string {
  if (!text.includes(':')) return text;
  const address = ipaddr.process(text);
  if (!(address instanceof ipaddr.IPv6)) return address.toString();
  return `${new ipaddr.IPv6([...address.parts.slice(0, 4), 0, 0, 0, 0])}/64`;
}
