import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { besidesDeadline } from '../store/deadline.ts';

const derive = promisify(scrypt) as (
  password: string,
  salt: Buffer,
  length: number,
  options: object,
) => Promise<Buffer>;

const saltBytes = 16;
const keyBytes = 32;
/** OWASP's recommendation for scrypt (password storage cheat sheet): 2^17 blocks of 8 × 128 bytes, one lane. */
const cost = { N: 2 ** 17, r: 8, p: 1 };

export const shortestPassword = 12;
export const longestPassword = 200;

/** What is kept of a password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const key = await stretch(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join('$');
}

/** Whether the password is the one of the hash. Without a hash it takes as long, so that nobody learns who exists. */
export async function samePassword(password: string, hash: string | null): Promise<boolean> {
  const [, N, r, p, salt = '', key = ''] = (hash ?? '').split('$');
  if (!hash) {
    await stretch(password, Buffer.alloc(saltBytes), cost);
    return false;
  }
  const expected = Buffer.from(key, 'base64');
  const actual = await stretch(password, Buffer.from(salt, 'base64'), { N: Number(N), r: Number(r), p: Number(p) });
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** It is slow by intention, and slower on a busy machine; the database is not to blame for that. */
const stretch = (password: string, salt: Buffer, { N, r, p }: typeof cost) =>
  besidesDeadline(() => derive(password.normalize('NFKC'), salt, keyBytes, { N, r, p, maxmem: 256 * N * r }));
