import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { callerAddress } from '../src/http/caller-address.ts';

const from = (remoteAddress: string | undefined, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  }) as unknown as IncomingMessage;

describe('without a proxy, a caller is whoever connects', () => {
  const address = callerAddress([]);
  test.each([
    ['203.0.113.7', undefined, '203.0.113.7'],
    ['203.0.113.7', '198.51.100.1', '203.0.113.7'],
    ['::ffff:203.0.113.7', undefined, '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
    ['2001:db8:1:2::1', undefined, '2001:db8:1:2::/64'],
    ['2001:db8:1:3::1', undefined, '2001:db8:1:3::/64'],
    ['fe80::1%eth0', undefined, 'fe80::/64'],
    ['::1', undefined, '::/64'],
    [undefined, '198.51.100.1', ''],
  ])('%s, told %s', (remote, told, expected) => expect(address(from(remote, told))).toBe(expected));
});

describe('behind proxies that are trusted, it is the last one that is none of them', () => {
  const address = callerAddress(['loopback', '10.0.0.0/8', '2001:db8:ffff::/48']);
  test.each([
    ['127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['127.0.0.1', '2001:db8:1:2:3::4', '2001:db8:1:2::/64'],
    ['127.0.0.1', '1.1.1.1, 198.51.100.1', '198.51.100.1'],
    ['127.0.0.1', '1.1.1.1, 198.51.100.1, 10.1.2.3, 2001:db8:ffff::9', '198.51.100.1'],
    ['203.0.113.7', '198.51.100.1', '203.0.113.7'],
    ['127.0.0.1', undefined, '127.0.0.1'],
    ['127.0.0.1', '198.51.100.1, unknown', '127.0.0.1'],
    ['127.0.0.1', 'x'.repeat(5000), '127.0.0.1'],
  ])('%s, told %s', (remote, told, expected) => expect(address(from(remote, told))).toBe(expected));
});
