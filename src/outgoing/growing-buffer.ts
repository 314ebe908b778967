/** Bytes that arrive in pieces. Held in one place, so that a server that sends byte by byte costs no more than another. */
export function growingBuffer(maxBytes: number) {
  let held = Buffer.alloc(0);
  let length = 0;
  return {
    /** Answers false, and keeps nothing of it, if there would be too many. */
    add(chunk: Uint8Array): boolean {
      const needed = length + chunk.length;
      if (needed > maxBytes) return false;
      if (needed > held.length)
        held = Buffer.concat([held.subarray(0, length)], Math.max(needed, held.length * 2, 1024));
      held.set(chunk, length);
      length = needed;
      return true;
    },
    bytes: () => held.subarray(0, length),
  };
}
