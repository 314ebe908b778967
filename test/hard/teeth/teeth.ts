import { parseArgs } from 'node:util';
import { table } from '../../bench/table.ts';
import { type Ended, runTests } from './run-tests.ts';
import { type Sabotage, sabotages } from './sabotages.ts';
import { stale } from './stale.ts';
import { copyTree, type Tree } from './tree.ts';
import { type Verdict, verdict } from './verdict.ts';

// Plants one bug after another in a copy of the sources and runs the test that must notice it. Ends with 1 if one does
// not. With --smoke two are planted, and of the others it is only looked whether they could be; with words, those whose
// names hold one of them.

const { values: flags, positionals: words } = parseArgs({
  options: { smoke: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const onPostgres = Boolean(process.env.TEST_DATABASE_URL);

/** Only on a terminal, where it is written over. */
const progress = (text: string) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`);

async function withoutBugs(tree: Tree, tried: Sabotage[]): Promise<Ended[]> {
  progress('the tests without a bug');
  const ended: Ended[] = [];
  for (const on of [undefined, 'PostgreSQL'] as const) {
    const those = tried.filter(({ database }) => database === on);
    if (those.length > 0) ended.push(...(await runTests(tree, those)));
  }
  return ended;
}

async function bite(tried: Sabotage[]): Promise<[Sabotage, Verdict][]> {
  const tree = copyTree();
  const ends = () => process.exit(1);
  process.once('SIGINT', ends).once('exit', tree.remove);
  const without = await withoutBugs(tree, tried);
  const verdicts: [Sabotage, Verdict][] = [];
  for (const [index, sabotage] of tried.entries()) {
    progress(`${index + 1}/${tried.length} ${sabotage.name}`);
    const withBug = await tree.withBug(sabotage, () => runTests(tree, [sabotage]));
    const found = verdict(sabotage, without, withBug);
    if ('missed' in found) progress(`NOBODY: ${sabotage.name}: ${found.missed}\n`);
    verdicts.push([sabotage, found]);
  }
  progress('');
  return verdicts;
}

const tellRow = ([{ name, test }, found]: [Sabotage, Verdict]) =>
  'caught' in found ? [name, test.file, found.caught] : [name, test.file, `NOBODY: ${found.missed}`];

const began = performance.now();
const problems = stale();
const wanted = sabotages
  .filter(({ smoke }) => smoke || !flags.smoke)
  .filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
const tried = wanted.filter(({ database }) => !database || onPostgres);
const verdicts = problems.length === 0 ? await bite(tried) : [];
const missed = verdicts.filter(([, found]) => 'missed' in found).length;
const left = wanted.length - tried.length;

for (const problem of problems) process.stdout.write(`${problem}\n`);
if (verdicts.length > 0) {
  process.stdout.write(`${table(['bug', 'caught in', 'by the test'], verdicts.map(tellRow))}\n\n`);
  process.stdout.write(
    `${verdicts.length - missed} of ${verdicts.length} bugs caught in ${Math.round((performance.now() - began) / 1000)} s` +
      `${left > 0 ? `; ${left} need TEST_DATABASE_URL` : ''}.\n`,
  );
}
process.exitCode = problems.length + missed > 0 ? 1 : 0;
