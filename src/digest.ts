import { createHash } from 'node:crypto';

/** SHA-256 over the values' JSON, so that no two different lists run together. */
export const digest = (...values: unknown[]): Buffer => createHash('sha256').update(JSON.stringify(values)).digest();
