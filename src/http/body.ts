/**
 * The whole body of a request. Throws what `tooLarge` makes past so many bytes, and what Node throws when the client
 * goes away before its end.
 */
export async function readBytes(request: Request, maximumBytes: number, tooLarge: () => Error): Promise<Uint8Array> {
  const told = request.headers.get('content-length');
  if (Number(told ?? 0) > maximumBytes) throw tooLarge();
  // Of known length it is read in one go, which costs a fraction of a stream.
  const bytes = told === null ? await readStream(request, maximumBytes) : new Uint8Array(await request.arrayBuffer());
  if (!bytes || bytes.length > maximumBytes) throw tooLarge();
  return bytes;
}

/** Null as soon as there is too much. */
async function readStream(request: Request, maximumBytes: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > maximumBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
