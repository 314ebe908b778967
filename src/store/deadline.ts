import { AsyncLocalStorage } from 'node:async_hooks';

const deadlines = new AsyncLocalStorage<{ at: number }>();

/**
 * Lets the work wait for the database until so many milliseconds from now, however many statements it makes; what goes
 * on after the work has resolved, such as a stream, is not held to it.
 */
export async function withDeadline<Result>(limitMs: number, work: () => Promise<Result>): Promise<Result> {
  const deadline = { at: performance.now() + limitMs };
  try {
    return await deadlines.run(deadline, work);
  } finally {
    deadline.at = Number.POSITIVE_INFINITY;
  }
}

/** Does not count the time that the work takes, as it is others who are waited for. */
export async function besidesDeadline<Result>(work: () => Promise<Result>): Promise<Result> {
  const began = performance.now();
  try {
    return await work();
  } finally {
    const deadline = deadlines.getStore();
    if (deadline) deadline.at += performance.now() - began;
  }
}

/** How many milliseconds whoever asks may still wait for the database; endless for work that nobody waits for. Throws when none are left. */
export function timeLeft(): number {
  const left = (deadlines.getStore()?.at ?? Number.POSITIVE_INFINITY) - performance.now();
  if (left <= 0) throw new Error('The timeout of the request was exceeded.');
  return left;
}

/** Waits for it no longer than the time that is left, and throws then; what comes too late is handed to `late`. */
export async function inTimeLeft<Result>(
  coming: Promise<Result>,
  late: (result: Result) => void = () => {},
): Promise<Result> {
  const expired = Promise.withResolvers<never>();
  let timer: NodeJS.Timeout | undefined;
  try {
    const left = timeLeft();
    if (left === Number.POSITIVE_INFINITY) return await coming;
    timer = setTimeout(() => expired.reject(new Error('timeout of the request exceeded')), left);
    return await Promise.race([coming, expired.promise]);
  } catch (error) {
    coming.then(late, () => {});
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
