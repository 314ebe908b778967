import type { Context } from 'hono';

/** As nginx calls it: the client was gone, or was cut off, before it had sent its whole request. */
const clientClosedRequest = 499;

interface Bindings {
  incoming?: { readableAborted: boolean };
}

/** Takes the answer of a client that went away in the middle of its request out of the figures of our own failures. */
export function markClientClosed(c: Context): void {
  if ((c.env as Bindings | undefined)?.incoming?.readableAborted) {
    c.res = new Response(null, { status: clientClosedRequest });
  }
}

/** Whether it is what Node throws at whoever reads the body of such a request. */
export const isClientClosed = (error: unknown): boolean =>
  error instanceof Error && error.message === 'aborted' && 'code' in error && error.code === 'ECONNRESET';
