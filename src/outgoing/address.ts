import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Public by the library's table, and yet not: Azure's platform, what protocols use among themselves, documentation. */
const exceptions = ['168.63.129.16/32', '2001::/23', '3fff::/20'].map((range) => ipaddr.parseCIDR(range));

const globalUnicast = ipaddr.parseCIDR('2000::/3');

/**
 * Whether an IP address belongs to the public internet. What is not known to be public is not: private, loopback,
 * link-local, shared, multicast, reserved and documentation ranges, and every IPv6 form that carries an IPv4 address.
 */
export function isPublicAddress(text: string): boolean {
  // The library alone would also read what programs of old did, such as 8.8 for 8.0.0.8.
  if (!isIP(text) || !ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast') return false;
  if (address.kind() === 'ipv6' && !address.match(globalUnicast)) return false;
  return !exceptions.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits));
}
