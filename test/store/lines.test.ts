import { expect, test } from 'vitest';
import { withDeadline } from '../../src/store/deadline.ts';
import { asUnavailable } from '../../src/store/failure.ts';
import { openLines } from '../../src/store/lines.ts';

test('work of one name runs in its order, and that of another beside it', async () => {
  const inLine = openLines();
  const { promise: hanging, resolve: end } = Promise.withResolvers<void>();
  const began: string[] = [];
  const work = (name: string, until?: Promise<void>) => async () => {
    began.push(name);
    await until;
  };
  const all = [inLine('a', work('first', hanging)), inLine('a', work('second')), inLine('b', work('other'))];
  await all[2];
  expect(began).toEqual(['first', 'other']);
  end();
  await Promise.all(all);
  expect(began).toEqual(['first', 'other', 'second']);
});

test('whoever has no time left gives up waiting, and lets nobody before those who are in work', async () => {
  const inLine = openLines();
  const { promise: hanging, resolve: end } = Promise.withResolvers<void>();
  const began: string[] = [];
  const first = inLine('a', () => hanging);
  const hurried = withDeadline(20, () => inLine('a', async () => began.push('hurried')));
  const patient = inLine('a', async () => began.push('patient'));
  const error = await hurried.catch((error) => asUnavailable(error));
  expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  expect(began).toEqual([]);
  end();
  await Promise.all([first, patient]);
  expect(began).toEqual(['patient']);
});
