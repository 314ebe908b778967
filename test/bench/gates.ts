/** Something that was promised, and what was found. */
export interface Gate {
  what: string;
  goal: number;
  /** Whether the goal is the least or the most that was promised. */
  bound: 'least' | 'most';
  found: number;
  unit: string;
}

export interface Judged extends Gate {
  met: boolean;
}

export const judge = (gate: Gate): Judged => ({
  ...gate,
  met: gate.bound === 'least' ? gate.found >= gate.goal : gate.found <= gate.goal,
});

/** How far above the logarithm a latency may lie before it counts as growing faster: what a shared machine adds by chance. */
export const growthTolerance = 0.15;

/**
 * How often the latency at the smallest size may be taken at another: the ratio of the logarithms of the two sizes, as the depth
 * of a search tree grows, and the tolerance.
 */
export const allowedGrowth = (smallest: number, size: number): number =>
  (Math.log(size) / Math.log(smallest)) * (1 + growthTolerance);
