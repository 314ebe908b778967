/** Chances that fall the same way every time: the demo looks alike wherever it is started. */
export function createChance(seed: number) {
  let state = seed;
  /** From 0 up to, and without, 1 (mulberry32). */
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    happens: (probability: number) => next() < probability,
    between: (least: number, most: number) => least + Math.floor(next() * (most - least + 1)),
    oneOf: <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item,
    /** An index, each as likely as its weight says. */
    weighted: (weights: readonly number[]) => {
      let rest = next() * weights.reduce((sum, weight) => sum + weight, 0);
      return weights.findIndex((weight) => {
        rest -= weight;
        return rest < 0;
      });
    },
  };
}

export type Chance = ReturnType<typeof createChance>;
