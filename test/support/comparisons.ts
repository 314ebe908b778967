import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/** How many bytes are compared in constant time while something is done, one figure for each comparison. */
export async function comparedWith(work: () => Promise<unknown>): Promise<number[]> {
  const compared: number[] = [];
  const original = crypto.timingSafeEqual;
  crypto.timingSafeEqual = (a, b) => {
    compared.push(a.byteLength);
    return original(a, b);
  };
  syncBuiltinESMExports();
  try {
    await work();
  } finally {
    crypto.timingSafeEqual = original;
    syncBuiltinESMExports();
  }
  return compared;
}
