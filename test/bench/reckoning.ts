/** The value in the middle; of an even number of values, the mean of the two in the middle. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] as number) + (sorted[Math.floor(half)] as number)) / 2;
}

/** How many times as much of a figure one server had as another: the median of their ratios round by round. */
export const ratioOf = <Figure extends string>(
  ours: Record<Figure, number>[],
  theirs: Record<Figure, number>[],
  figure: Figure,
): number => median(ours.map((round, index) => round[figure] / (theirs[index] as Record<Figure, number>)[figure]));
