import { expect, test } from 'vitest';
import { asUnavailable } from '../../src/store/failure.ts';
import { store } from '../support/world.ts';

/** What Prisma makes of a failure that the database tells under this code. */
const failing = (code: string) =>
  store.operator
    .$executeRawUnsafe(`DO $$ BEGIN RAISE 'told by the database' USING ERRCODE = '${code}'; END $$`)
    .catch((error: unknown) => error);

test.each([
  ['08P01', 'The database cannot be reached.'],
  ['53300', 'The database cannot be reached.'],
  ['57P01', 'The database cannot be reached.'],
  ['25006', 'The database takes no changes.'],
])('a failure that passes by itself is one in Prisma’s wrapping too: %s', async (code, message) => {
  expect(asUnavailable(await failing(code))).toMatchObject({ code: 'SERVICE_UNAVAILABLE', message });
});

test('a failure that is a bug stays what it is', async () => {
  const bug = await failing('22012');
  expect(bug).toBeInstanceOf(Error);
  expect(asUnavailable(bug)).toBe(bug);
});
