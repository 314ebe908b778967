import type { MiddlewareHandler } from 'hono';
import { pagePolicy } from './page.ts';

/**
 * What browsers are told with every answer: never to guess a type, never to tell another site where somebody came
 * from, and to keep nothing that does not say otherwise. Pages cannot be framed, and load only what their policy
 * names; one that needs more than the plain pages sets its own.
 */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  const { headers } = c.res;
  const preset = (name: string, value: string) => headers.has(name) || headers.set(name, value);
  preset('X-Content-Type-Options', 'nosniff');
  preset('Referrer-Policy', 'no-referrer');
  preset('Cache-Control', 'no-store');
  if (!headers.get('content-type')?.startsWith('text/html')) return;
  preset('X-Frame-Options', 'DENY');
  preset('Content-Security-Policy', pagePolicy());
};
