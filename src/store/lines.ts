/** Runs pieces of work of one name after each other, first come first served; those of other names do not wait. */
export type Lines = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

export function openLines(): Lines {
  const last = new Map<string, Promise<void>>();
  return async (name, work) => {
    const before = last.get(name);
    const { promise, resolve } = Promise.withResolvers<void>();
    last.set(name, promise);
    try {
      await before;
      return await work();
    } finally {
      if (last.get(name) === promise) last.delete(name);
      resolve();
    }
  };
}
