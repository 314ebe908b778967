import type { MiddlewareHandler } from 'hono';

/** As nginx calls it: the client was gone, or was cut off, before it had sent its whole request. */
const clientClosedRequest = 499;

/** Keeps clients that go away in the middle of a request out of the figures of our own failures. */
export const clientClosed: MiddlewareHandler = async (c, next) => {
  await next();
  const { incoming } = (c.env ?? {}) as { incoming?: { readableAborted: boolean } };
  if (incoming?.readableAborted) c.res = new Response(null, { status: clientClosedRequest });
};

/** Whether it is what Node throws at whoever reads the body of such a request. */
export const isClientClosed = (error: unknown): boolean =>
  error instanceof Error && error.message === 'aborted' && 'code' in error && error.code === 'ECONNRESET';
