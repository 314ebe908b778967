import type { Ended } from './run-tests.ts';
import type { Sabotage } from './sabotages.ts';

/** Which test noticed the bug; or else why none did. */
export type Verdict = { caught: string } | { missed: string };

/**
 * A bug is caught by a test of its file and title that passes without it, and that says what it expected. One that could
 * not be loaded, or ran out of time, has noticed nothing.
 */
export function verdict({ test }: Sabotage, without: Ended[], withBug: Ended[]): Verdict {
  const named = ({ file, name }: Ended) => file === test.file && name.includes(test.title);
  const sound = new Set(without.filter((end) => named(end) && end.status === 'passed').map(({ name }) => name));
  if (sound.size === 0) return { missed: 'its test does not pass without the bug' };
  const failed = withBug.filter((end) => named(end) && end.status === 'failed' && sound.has(end.name));
  const bite = failed.find(({ messages }) => messages.some(saysWhat));
  if (bite) return { caught: bite.name };
  const broken = [...failed, ...withBug.filter(({ status }) => status === 'broken')][0]?.messages[0];
  return { missed: broken ? `its test broke: ${broken.split('\n')[0]?.slice(0, 200)}` : 'its test did not notice' };
}

/** fast-check tells of an expectation that did not hold in words of its own. */
const saysWhat = (message: string) =>
  /AssertionError|Property failed after/.test(message) && !/\btimed out in \d+ ?ms/.test(message);
