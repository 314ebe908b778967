import { everyAnswer } from './http/answer.ts';
import { pagePolicy } from './page.ts';

/**
 * Gives an answer what browsers are to be told, where it does not say otherwise. Pages cannot be framed, and load only
 * what their policy names; one that needs more than the plain pages sets its own.
 */
export function secure(headers: Headers): void {
  const preset = (name: string, value: string) => headers.has(name) || headers.set(name, value);
  for (const [name, value] of Object.entries(everyAnswer)) preset(name, value);
  if (!headers.get('content-type')?.startsWith('text/html')) return;
  preset('X-Frame-Options', 'DENY');
  preset('Content-Security-Policy', pagePolicy());
}
