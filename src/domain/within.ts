/** A piece of work took longer than it was given, or was given up. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/**
 * Gives a piece of work so many milliseconds, or until it is given up. Then its signal aborts and `OutOfTime` is thrown,
 * whether or not the work listens to the signal.
 */
export async function within<Result>(
  limitMs: number,
  work: (signal: AbortSignal) => Promise<Result>,
  givingUp?: AbortSignal,
): Promise<Result> {
  const patience = new AbortController();
  const late = Promise.withResolvers<never>();
  const end = (message: string) => {
    late.reject(new OutOfTime(message));
    patience.abort();
  };
  const timer = setTimeout(end, limitMs, `No answer within ${limitMs / 1000} seconds.`);
  const giveUp = () => end('No answer before the server was stopped.');
  givingUp?.addEventListener('abort', giveUp);
  try {
    return await Promise.race([work(patience.signal), late.promise]);
  } finally {
    clearTimeout(timer);
    givingUp?.removeEventListener('abort', giveUp);
  }
}
