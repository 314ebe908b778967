/** Work that was begun. */
export interface Underway {
  claimed: number;
  /** Resolves when each piece has ended in one way or the other. */
  done: Promise<void>;
}

/**
 * Begins to work claims off, those of one target together. A target is `busy` until its part has ended, so that one
 * that hangs holds up nobody but itself.
 */
export function startParts<Claim>(
  claims: Claim[],
  targetOf: (claim: Claim) => string,
  busy: Set<string>,
  work: (part: Claim[]) => Promise<void>,
): Underway {
  const byTarget = Map.groupBy(claims, targetOf);
  for (const target of byTarget.keys()) busy.add(target);
  const parts = [...byTarget].map(([target, part]) => work(part).finally(() => busy.delete(target)));
  return { claimed: claims.length, done: Promise.all(parts).then(() => {}) };
}
