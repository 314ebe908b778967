import type { Judged } from './gates.ts';

/** A table in Markdown; what is undefined stays empty. Numbers stand at the right. */
export function table(head: string[], rows: (string | number | undefined)[][]): string {
  const right = head.map((_, column) => rows.some((row) => typeof row[column] === 'number'));
  const rule = right.map((atRight) => (atRight ? '---:' : '---'));
  return [head, rule, ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');
}

const cell = (value: string | number | undefined) =>
  typeof value === 'number' ? figure(value) : (value ?? '').replaceAll('|', '\\|');

/** Three figures that count, and no more; nothing behind the point where there are a hundred or more. */
export function figure(value: number): string {
  const places = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(places);
}

export const gatesTable = (gates: Judged[]): string =>
  table(
    ['gate', 'goal', 'found', ''],
    gates.map(({ what, goal, bound, found, unit, met }) => [
      what,
      `${bound === 'least' ? '≥' : '≤'} ${figure(goal)}${unit && ` ${unit}`}`,
      `${figure(found)}${unit && ` ${unit}`}`,
      met ? 'met' : '**missed**',
    ]),
  );
