import { readText } from '../../support/sources.ts';
import { type Sabotage, sabotages } from './sabotages.ts';

/** What has changed under the sabotages: bugs that no longer fit into their file, and tests that are not there. */
export const stale = (): string[] => sabotages.flatMap((sabotage) => [...misfits(sabotage), ...missing(sabotage)]);

function misfits({ name, file, find }: Sabotage): string[] {
  const times = readText(file).split(find).length - 1;
  return times === 1 ? [] : [`${name}: ${file} has ${times} places for it instead of one.`];
}

function missing({ name, test: { file, title, writtenIn = file } }: Sabotage): string[] {
  return readText(writtenIn).includes(title) ? [] : [`${name}: ${writtenIn} has no test "${title}".`];
}
