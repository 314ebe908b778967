import ipaddr from 'ipaddr.js';

/** Public by their numbers, and yet answered inside a cloud: Azure's platform, 2001::/23 of RFC 6890, RFC 9637. */
const exceptions = ['168.63.129.16/32', '2001::/23', '3fff::/20'].map((range) => ipaddr.parseCIDR(range));

const globalUnicast = ipaddr.parseCIDR('2000::/3');

/**
 * Whether an IP address belongs to the public internet. What is not known to be public is not: private, loopback,
 * link-local, shared, multicast, reserved and documentation ranges, and every IPv6 form that carries an IPv4 address.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast') return false;
  if (address.kind() === 'ipv6' && !address.match(globalUnicast)) return false;
  return !exceptions.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits));
}
