/** What browsers are told with every answer: never to guess a type, never to tell another site where somebody came from, and to keep nothing. */
export const everyAnswer = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

const complete = new WeakSet<Response>();

/** Whether an answer needs nothing more; its headers are better left alone, as to look at them makes them slow to send. */
export const isComplete = (answer: Response): boolean => complete.has(answer);

/** An answer in JSON with every header from its beginning, as most requests get. */
export function jsonAnswer(
  body: object,
  requestId: string,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> | undefined } = {},
): Response {
  const answer = new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', ...everyAnswer, 'X-Request-Id': requestId, ...headers },
  });
  complete.add(answer);
  return answer;
}
