import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Each kind of secret says what it is, so that one is never taken for another. */
export const accessTokenPrefix = 'crm_';
export const contextSecretPrefix = 'crmctx_';
export const authorizationCodePrefix = 'crmcode_';
export const refreshTokenPrefix = 'crmrefresh_';

const customerBytes = 16;
const randomPart = 32;
const checksumBytes = 4;

/**
 * A secret on the wire is its prefix and, in base64url: the customer's id (so that it is found by a key that begins
 * with the customer), 256 random bits, and a CRC-32 that tells a mistyped secret from an unknown one without asking
 * the database.
 */
export function mintSecret(prefix: string, customerId: string): string {
  const content = Buffer.concat([Buffer.from(customerId.replaceAll('-', ''), 'hex'), randomBytes(randomPart)]);
  return prefix + Buffer.concat([content, checksum(prefix, content)]).toString('base64url');
}

/** The customer that a well-formed secret names, or null; says nothing of whether the secret is good. */
export function customerOfSecret(prefix: string, secret: string): string | null {
  if (!secret.startsWith(prefix)) return null;
  const text = secret.slice(prefix.length);
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== customerBytes + randomPart + checksumBytes || bytes.toString('base64url') !== text) return null;
  const content = bytes.subarray(0, customerBytes + randomPart);
  if (!timingSafeEqual(checksum(prefix, content), bytes.subarray(content.length))) return null;
  return content
    .subarray(0, customerBytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** What is kept of a secret. */
export const hashSecret = (secret: string): Buffer<ArrayBuffer> =>
  Buffer.from(createHash('sha256').update(secret).digest());

export const sameHash = (a: Uint8Array, b: Uint8Array) => a.length === b.length && timingSafeEqual(a, b);

function checksum(prefix: string, content: Buffer): Buffer {
  const bytes = Buffer.alloc(checksumBytes);
  bytes.writeUInt32BE(crc32(Buffer.concat([Buffer.from(prefix), content])));
  return bytes;
}
