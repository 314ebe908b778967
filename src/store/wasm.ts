import { setFlagsFromString } from 'node:v8';

/**
 * Leaves WebAssembly, of which PGlite and Prisma's query compiler are made, as V8's first compiler makes it. The second
 * one takes 600 MB for PostgreSQL's interpreter of expressions alone, early in every start, and hundreds for Prisma, which
 * is no faster by it; PGlite's statements are faster by a fifth.
 */
export function keepWasmSmall(): void {
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
}
