/** A piece of work took longer than it was given. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/**
 * Gives a piece of work so many milliseconds. After that its signal aborts and `OutOfTime` is thrown, whether or not
 * the work listens to the signal.
 */
export async function within<Result>(limitMs: number, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const patience = new AbortController();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new OutOfTime(`No answer within ${limitMs / 1000} seconds.`));
    patience.abort();
  }, limitMs);
  try {
    return await Promise.race([work(patience.signal), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
