/** Whether a text can be stored and given back unchanged: it is well-formed Unicode without NUL. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/** Whether every text of a value can be stored, keys included. Calls itself, so ask `isDeeper` first. */
export function holdsOnlyStorable(value: unknown): boolean {
  if (typeof value === 'string') return isStorable(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => isStorable(key) && holdsOnlyStorable(inner));
}

/** Whether lists and objects stand more than so many levels within each other; goes level by level, so it takes any depth. */
export function isDeeper(value: unknown, maximum: number): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > maximum) return true;
    level = level.flatMap((container) => Object.values(container)).filter(isContainer);
  }
  return false;
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;
