/** How long pieces of work take, in milliseconds: the median of many rounds in which they take turns. */
export async function measure<Name extends string>(
  works: Record<Name, () => Promise<unknown>>,
  rounds: number,
): Promise<Record<Name, number>> {
  const names = Object.keys(works) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = -2; round < rounds; round++) {
    for (const name of names) {
      const began = performance.now();
      await works[name]();
      // The first rounds only warm up.
      if (round >= 0) times[name].push(performance.now() - began);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<Name, number>;
}

/**
 * Milliseconds that this thread's processor spends until a piece of work is done: what it costs on a machine that has
 * other things to do as well.
 */
export async function processorMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

export const median = (times: number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] as number;
