import { inTimeLeft } from './deadline.ts';

/**
 * Runs pieces of work of one name after each other, first come first served; those of other names do not wait. Throws
 * when the time that is left is over before it is their turn; then nothing of the work was begun.
 */
export type Lines = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

export function openLines(): Lines {
  const last = new Map<string, Promise<void>>();
  return async (name, work) => {
    const before = last.get(name);
    const { promise, resolve } = Promise.withResolvers<void>();
    last.set(name, promise);
    try {
      if (before) await inTimeLeft(before);
      return await work();
    } finally {
      // Whoever gives up must not let the next one begin beside the one before.
      Promise.resolve(before).then(() => {
        if (last.get(name) === promise) last.delete(name);
        resolve();
      });
    }
  };
}
