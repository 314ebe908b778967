import { mergeConfig } from 'vitest/config';
import ordinary from './vitest.ts';

/** What the server must survive: one row of the table a file, one after the other, because they load the machine. */
const rows = mergeConfig(ordinary, {
  test: {
    globalSetup: ['test/support/database.ts', 'test/hard/table.ts'],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    maxWorkers: 1,
  },
});

export default { ...rows, test: { ...rows.test, include: ['test/hard/*.hard.ts'] } };
